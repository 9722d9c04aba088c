import { docker } from '../../support/docker'
import { itemsOf, linesOf, run } from './run'

/** Names in `/` as find(1) sees them through `/proc/<pid>/root`, sorted by their bytes, each with find's letter for its kind. */
export const rootNames = async (root: string): Promise<string[]> =>
  (await itemsOf('find', root, '-mindepth', '1', '-maxdepth', '1', '-printf', '%f %y\\0')).sort()

/** How many names are below a root on its own file system; find(1) prints a mount point and does not enter it. */
export const entryCount = async (root: string): Promise<number> =>
  (await itemsOf('find', root, '-xdev', '-mindepth', '1', '-printf', 'x\\0')).length

/** Apparent size of the regular files that lie on the root's own file system, each inode once. */
export async function sizeBytes(root: string): Promise<number> {
  const device = (await run('find', root, '-maxdepth', '0', '-printf', '%D')).trim()
  const files = await itemsOf('find', root, '-xdev', '-type', 'f', '-printf', '%D %i %s\\0')
  const sizes = new Map(files.map(file => file.split(' ')).filter(([on]) => on === device).map(([, inode, size]) => [inode, Number(size)]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

/** What `docker export` and tar(1) say of a container that does not run: names in its root, entries, and bytes in its regular files. */
export async function exportedFiles(container: string): Promise<{ rootNames: string[], entryCount: number, sizeBytes: number }> {
  const lines = await linesOf('sh', '-c', 'docker export "$1" | tar --list --verbose --numeric-owner', 'sh', container)
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
export async function changes(container: string): Promise<{ added: string[], changed: string[], deleted: string[] }> {
  const lines = (await docker('diff', container)).split('\n')
  const of = (letter: string): string[] => lines.filter(line => line.startsWith(`${letter} `)).map(line => line.slice(2)).sort()
  return { added: of('A'), changed: of('C'), deleted: of('D') }
}
