import { Buffer } from 'node:buffer'
import type { FileEntry } from '../../shared/model/files'
import { textFromBytes } from '../parse/raw-name'
import type { OpenFolder, RawEntry } from '../sources/open-folder'

/** A link may be 4,095 bytes long, and be written to fill a screen; as many tell where it leads. */
const MAX_TARGET_BYTES = 1024

/** By the bytes of the names, as LC_ALL=C sorts them: the same on every machine. */
export const byName = (a: RawEntry, b: RawEntry): number => Buffer.compare(a.name, b.name)

export const foldersFirst = (a: RawEntry, b: RawEntry): number =>
  Number(b.kind === 'directory') - Number(a.kind === 'directory') || byName(a, b)

/** One name for reading, with its size or its target; one that went away meanwhile keeps its name and kind. Throws Unreadable. */
export async function describeEntry(folder: OpenFolder, { name, kind }: RawEntry): Promise<FileEntry> {
  const target = kind === 'link' ? await folder.linkTarget(name) : null
  return {
    name: textFromBytes(name),
    kind,
    sizeBytes: kind === 'file' ? (await folder.status(name))?.sizeBytes ?? null : null,
    linkTarget: target === null ? null : targetText(target),
  }
}

/** Where a link leads, as text that shows every byte of it and is never opened. */
export const targetText = (target: Buffer): string =>
  target.length <= MAX_TARGET_BYTES ? textFromBytes(target) : `${textFromBytes(target.subarray(0, MAX_TARGET_BYTES))}…`
