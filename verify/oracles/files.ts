import type { Machine } from '../machine'
import type { FoundMount } from './mounts'
import { itemsOf } from './run'

/** Names in `/` as find(1) sees them through `/proc/<pid>/root`, sorted by their bytes, each with find's letter for its kind. */
export const rootNames = async (machine: Machine, root: string): Promise<string[]> =>
  (await itemsOf(machine, 'find', root, '-mindepth', '1', '-maxdepth', '1', '-printf', '%f %y\\0')).sort()

/** What another mount covers is not of the root's own files: find's `-xdev` does not see it where that lies on the same device. */
const mountPoints = (root: string, mounts: readonly FoundMount[]): string[] =>
  ['(', ...mounts.filter(({ destination }) => destination !== '/').flatMap(({ destination }) => ['-path', `${root.replace(/\/$/, '')}${destination}`.replace(/[\\[\]*?]/g, '\\$&'), '-o']), '-false', ')']

/** How many names are below a root on its own file system; a mount point is one, and not entered. */
export const entryCount = async (machine: Machine, root: string, mounts: readonly FoundMount[]): Promise<number> =>
  (await itemsOf(machine, 'find', root, '-xdev', '-mindepth', '1', '-printf', 'x\\0', ...mountPoints(root, mounts), '-prune')).length

/** Apparent size of the regular files that lie on the root's own file system, each inode once. */
export async function sizeBytes(machine: Machine, root: string, mounts: readonly FoundMount[]): Promise<number> {
  const device = (await machine.run('find', root, '-maxdepth', '0', '-printf', '%D')).trim()
  const files = await itemsOf(machine, 'find', root, '-xdev', ...mountPoints(root, mounts), '-prune', '-o', '-type', 'f', '-printf', '%D %i %s\\0')
  const sizes = new Map(files.map(file => file.split(' ')).filter(([on]) => on === device).map(([, inode, size]) => [inode, Number(size)]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

/** What `docker export` and tar(1) say of a container that does not run: names in its root, entries, and bytes in its regular files. */
export async function exportedFiles(machine: Machine, container: string): Promise<{ rootNames: string[], entryCount: number, sizeBytes: number }> {
  const lines = (await machine.dockerInto('tar --list --verbose --numeric-owner', 'export', container)).split('\n').filter(line => line !== '')
  const entries = lines.map((line) => {
    const [, kind = '', size = '', path = ''] = /^(.)\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s(.*)$/.exec(line) ?? []
    return { kind, size: Number(size), path: path.replace(/ (?:->|link to) .*$/, '').replace(/^\.?\//, '').replace(/\/$/, '') }
  }).filter(({ path }) => path !== '' && path !== '.')
  return {
    rootNames: [...new Set(entries.map(({ path }) => path.split('/')[0] ?? ''))].sort(),
    entryCount: entries.length,
    sizeBytes: entries.filter(({ kind }) => kind === '-').reduce((sum, { size }) => sum + size, 0),
  }
}

/** `docker diff` as sets. */
export async function changes(machine: Machine, container: string): Promise<{ added: string[], changed: string[], deleted: string[] }> {
  // A name may hold a new line: what does not begin with a letter of docker's goes on the line before.
  const lines = (await machine.docker('diff', container)).split(/\n(?=[ACD] \/)/)
  const of = (letter: string): string[] => lines.filter(line => line.startsWith(`${letter} `)).map(line => line.slice(2)).sort()
  return { added: of('A'), changed: of('C'), deleted: of('D') }
}
