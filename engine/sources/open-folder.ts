import type { Buffer } from 'node:buffer'
import type { FileKind } from '../../shared/model/files'

/** One name of a folder, in the bytes that the kernel gave. The kind is that of the entry itself: links are not followed. */
export interface RawEntry {
  readonly name: Buffer
  readonly kind: FileKind
}

/** What lstat(2) says of one name. */
export interface FileStatus {
  readonly kind: FileKind
  readonly sizeBytes: number
  /** Tells two names of one file apart from two files; null: it has this name alone. */
  readonly identity: string | null
}

/** A name with its status; null: it was gone before it could be asked for, or was not asked. */
export interface StatedEntry extends RawEntry {
  readonly status: FileStatus | null
}

/**
 * A folder held open by its descriptor. What is below it is reached by one name at a time and without following, so a link, or a
 * folder swapped for a link while we look, never leads out of the container (collected names are one level, never a path).
 * Every method rejects with Unreadable, with the errno's name, when the kernel refuses.
 */
export interface OpenFolder {
  /** `st_dev`: differs where another mount begins. */
  readonly device: number
  readonly isEmptied: boolean
  readonly entries: () => Promise<RawEntry[]>
  /**
   * The same with the status of each regular file; other kinds have none. What is called as in `except` (one character a byte) is not
   * asked for it.
   */
  readonly entriesWithStatus: (except: ReadonlySet<string>) => Promise<StatedEntry[]>
  readonly openFolder: (name: Buffer) => Promise<OpenFolder>
  /** lstat(2); null when it is gone. */
  readonly status: (name: Buffer) => Promise<FileStatus | null>
  /** readlink(2), not followed; null when it is gone or no link. */
  readonly linkTarget: (name: Buffer) => Promise<Buffer | null>
  /** At most `maxBytes` of a regular file; null when it is gone. Anything but a regular file is Unreadable. */
  readonly readSmallFile: (name: Buffer, maxBytes: number) => Promise<Buffer | null>
  /** The file system's magic number (statfs(2)). */
  readonly fileSystemType: () => Promise<number>
  readonly close: () => void
}
