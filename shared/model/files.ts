import { z } from 'zod'

export const FileKind = z.enum(['file', 'directory', 'link', 'block-device', 'character-device', 'fifo', 'socket', 'unknown'])
export type FileKind = z.infer<typeof FileKind>

/** One name in a directory. Names are escaped for reading; `path` ids are never made from them. */
export const FileEntry = z.object({
  name: z.string(),
  kind: FileKind,
  /** Apparent size of a regular file; null for every other kind, or when it was not read. */
  sizeBytes: z.number().nullable(),
  linkTarget: z.string().nullable(),
})
export type FileEntry = z.infer<typeof FileEntry>

/** A directory as the container sees it. */
export const FolderListing = z.object({
  path: z.string(),
  entries: z.array(FileEntry),
  /** How many more there are than were listed. */
  omittedCount: z.number().int(),
})
export type FolderListing = z.infer<typeof FolderListing>

/** One node of the size chart: `sizeBytes` and `entryCount` hold everything below it, drawn or not. */
export interface SizeNode {
  name: string
  kind: FileKind
  sizeBytes: number
  entryCount: number
  children: SizeNode[]
}
export const SizeNode: z.ZodType<SizeNode> = z.object({
  name: z.string(),
  kind: FileKind,
  sizeBytes: z.number(),
  entryCount: z.number(),
  get children() {
    return z.array(SizeNode)
  },
})

/** A mount of the container's mount namespace (proc_pid_mountinfo(5)), or as declared when that could not be read. */
export const Mount = z.object({
  destination: z.string(),
  source: z.string(),
  /** The path on the engine host for binds and volumes; null for file systems of the container's own. */
  hostPath: z.string().nullable(),
  fileSystem: z.string(),
  isReadOnly: z.boolean(),
  options: z.string(),
  /** `shared`, `slave`, `private` or `unbindable`; `unknown` when mountinfo could not be read. */
  propagation: z.enum(['shared', 'slave', 'private', 'unbindable', 'unknown']),
  /** Asked for by whoever ran the container (a bind, a volume, a tmpfs), not made by the runtime. */
  isDeclared: z.boolean(),
})
export type Mount = z.infer<typeof Mount>

/** What differs from the image, as `docker diff` says: absolute paths. Lists stop at 5,000; `counts` do not. */
export const FileChanges = z.object({
  added: z.array(z.string()),
  changed: z.array(z.string()),
  deleted: z.array(z.string()),
  counts: z.object({ added: z.number().int(), changed: z.number().int(), deleted: z.number().int() }),
})
export type FileChanges = z.infer<typeof FileChanges>

export const Files = z.object({
  rootInside: z.array(FileEntry).nullable(),
  rootHost: z.array(FileEntry).nullable(),
  /** Everything below `/` on the root file system, `/` itself not counted, other mounts not entered. */
  entryCount: z.number().int().nullable(),
  /** Apparent size of its regular files; hard links once. */
  sizeBytes: z.number().nullable(),
  /** False: the budget ended the walk, so both numbers are at least that. */
  isComplete: z.boolean(),
  sizeTree: SizeNode.nullable(),
  changes: FileChanges.nullable(),
  mounts: z.array(Mount),
})
export type Files = z.infer<typeof Files>
