import { docker } from './docker'

const LISTS = { containers: ['ps', '--all', '--no-trunc'], images: ['images', '--all', '--no-trunc'], volumes: ['volume', 'ls'], networks: ['network', 'ls', '--no-trunc'] }

/** All that an engine has, by docker's own lists. Sorted: docker lists images of the same second in any order. */
export const inventory = async (): Promise<Record<string, string[]>> =>
  Object.fromEntries(await Promise.all(Object.entries(LISTS).map(async ([name, list]) => [name, (await docker(...list, '--quiet')).split('\n').sort()] as const)))
