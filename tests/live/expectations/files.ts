import { expect } from 'vitest'
import type { FileEntry, FileKind } from '../../../shared/model/files'
import { changes, entryCount, rootNames, sizeBytes } from '../oracles/files'
import { mountsOf } from '../oracles/mounts'
import { run } from '../oracles/run'
import { firstPid, type Look } from '../take'

/** The letters of find(1), `%y`. */
const LETTERS: Record<FileKind, string> = {
  'file': 'f',
  'directory': 'd',
  'link': 'l',
  'block-device': 'b',
  'character-device': 'c',
  'fifo': 'p',
  'socket': 's',
  'unknown': 'U',
}

export const namesWithKinds = (entries: readonly FileEntry[] | null): string[] | null =>
  entries && entries.map(({ name, kind }) => `${name} ${LETTERS[kind]}`).sort()

/** Names in both roots, counts and sizes as find counts them, changes as docker diff lists them. */
export async function expectFiles({ snapshot: { files, ...snapshot } }: Pick<Look, 'snapshot'>): Promise<void> {
  const root = `/proc/${snapshot.container.hostPid}/root/`
  const difference = await changes(snapshot.container.name)
  expect({
    rootInside: namesWithKinds(files.rootInside),
    rootHost: namesWithKinds(files.rootHost),
    entryCount: files.entryCount,
    sizeBytes: files.sizeBytes,
    isComplete: files.isComplete,
    changes: files.changes && { added: [...files.changes.added].sort(), changed: [...files.changes.changed].sort(), deleted: [...files.changes.deleted].sort() },
    counts: files.changes?.counts,
  }).toEqual({
    rootInside: await rootNames(root),
    rootHost: await rootNames('/'),
    entryCount: await entryCount(root),
    sizeBytes: await sizeBytes(root),
    isComplete: true,
    changes: difference,
    counts: { added: difference.added.length, changed: difference.changed.length, deleted: difference.deleted.length },
  })
}

/** Every mount as findmnt lists it. */
export async function expectMounts({ snapshot }: Look): Promise<void> {
  const found = await mountsOf(firstPid(snapshot))
  expect(snapshot.files.mounts.map(mount => ({
    destination: mount.destination,
    source: mount.source,
    fileSystem: mount.fileSystem,
    options: mount.options.split(',').sort(),
    propagation: mount.propagation,
  }))).toEqual(found)
  expect(snapshot.files.mounts.map(({ isReadOnly }) => isReadOnly)).toEqual(found.map(({ options }) => options.includes('ro')))
}

/** The same directory from both sides: one device, one inode. */
export async function expectWorkingDirectory({ snapshot }: Look): Promise<void> {
  const link = `/proc/${firstPid(snapshot)}/cwd`
  expect(snapshot.workingDirectory.inside).toBe((await run('readlink', '--no-newline', link)))
  const identity = (path: string): Promise<string> => run('stat', '--dereference', '--format', '%d:%i', path)
  expect(await identity(snapshot.workingDirectory.onHost ?? '')).toBe(await identity(link))
}
