import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { docker } from '../../support/docker'

const SOME_ID = '<id>'

/** What docker itself makes of a line, as a shell gives it to docker; the container's id. */
export async function madeByDocker(verb: 'create' | 'run', flags: string, image: string, command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `docker ${verb} ${flags} ${image} ${command}`])
  return stdout.trim()
}

/** `docker inspect` of a container: everything that was asked for, without what no two containers share. */
export async function askedFor(id: string): Promise<object> {
  const [found] = JSON.parse(await docker('inspect', id))
  const { Config, HostConfig, NetworkSettings, Mounts } = found
  const text = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(id, SOME_ID).replaceAll(id.slice(0, 12), SOME_ID))
  return {
    Config: text(inAnyOrder(Config, ['Env'])),
    HostConfig: inAnyOrder(HostConfig, ['Binds']),
    Networks: Object.fromEntries(Object.entries<Record<string, unknown>>(NetworkSettings.Networks).map(([name, { IPAMConfig, Links, Aliases, DriverOpts }]) => [name, text({ IPAMConfig, Links, Aliases, DriverOpts })])),
    Mounts: Mounts.map((mount: { Name?: string }) => JSON.stringify(mount).replaceAll(/[0-9a-f]{64}/g, SOME_ID)).sort(),
  }
}

/** The docker client keeps these in a map, whose order is another one each time. */
const inAnyOrder = (of: Record<string, unknown>, lists: readonly string[]): object =>
  ({ ...of, ...Object.fromEntries(lists.map(name => [name, Array.isArray(of[name]) ? [...of[name]].sort() : of[name]])) })
