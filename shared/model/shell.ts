import { z } from 'zod'

/** Characters of one `shell.write`: whatever they are, their JSON fits into a frame of every wire. */
export const MAX_SHELL_INPUT = 8192

const NO_CONTROLS = /^[^\p{Cc}]*$/u

/** What a terminal may measure: the kernel has two bytes for each (ioctl_tty(2), `struct winsize`), and no screen more than this. */
export const ShellSize = z.object({
  columns: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
})
export type ShellSize = z.infer<typeof ShellSize>

/** A terminal to be opened in a container. */
export const ShellRequest = ShellSize.extend({
  containerId: z.string().regex(/^[0-9a-f]{64}$/),
  /** A program by its path, or by its name in the container's PATH. */
  shell: z.string().min(1, 'name a program').max(4096).regex(NO_CONTROLS, 'has a character that no path of a shell has'),
  /** `user`, `user:group`, by names or numbers; empty: the container's own. */
  user: z.string().max(256).regex(/^[^\s\p{Cc}]*$/u, 'is a user, or a user:group, without spaces'),
  /** An absolute path; empty: the container's own. */
  workingDirectory: z.string().max(4096).regex(/^(?:$|\/)/, 'begins with /').regex(NO_CONTROLS, 'has a character that no path of a folder has'),
})
export type ShellRequest = z.infer<typeof ShellRequest>

/** The shells that a container has. */
export const FoundShells = z.object({
  /** Paths, the one that people like best first; null: they could not be looked for. */
  shells: z.array(z.string()).nullable(),
  /** Why they could not. */
  because: z.string().nullable(),
  /** Who its processes are if nothing else is said: `Config.User`, empty for root. */
  user: z.string(),
  workingDirectory: z.string(),
})
export type FoundShells = z.infer<typeof FoundShells>

/** What comes of a terminal: that it is open, what its programs write, and how it ended. */
export const ShellItem = z.discriminatedUnion('item', [
  z.object({ item: z.literal('opened'), sessionId: z.string() }),
  z.object({ item: z.literal('output'), base64: z.string() }),
  z.object({
    item: z.literal('ended'),
    /** Of the shell, as wait(2) has it, 128 and the signal's number if one ended it; null: the engine does not say. */
    exitCode: z.number().int().nullable(),
    /** It ended because its container did. */
    isContainerGone: z.boolean(),
  }),
])
export type ShellItem = z.infer<typeof ShellItem>
