import { z } from 'zod'

/** One line of passwd(5), without the password field. */
export const PasswdEntry = z.object({
  name: z.string(),
  uid: z.number().int(),
  gid: z.number().int(),
  home: z.string(),
  shell: z.string(),
})
export type PasswdEntry = z.infer<typeof PasswdEntry>

/** One line of `/proc/<pid>/uid_map` (user_namespaces(7)): `count` ids from `inside` are the ids from `onHost`. */
export const IdMapping = z.object({ inside: z.number(), onHost: z.number(), count: z.number() })
export type IdMapping = z.infer<typeof IdMapping>

export const Users = z.object({
  inside: z.array(PasswdEntry).nullable(),
  host: z.array(PasswdEntry).nullable(),
  uidMap: z.array(IdMapping).nullable(),
  gidMap: z.array(IdMapping).nullable(),
  /** The first process's effective user. */
  main: z.object({
    uid: z.number().int().nullable(),
    user: z.string().nullable(),
    hostUid: z.number().int().nullable(),
    hostUser: z.string().nullable(),
  }),
})
export type Users = z.infer<typeof Users>
