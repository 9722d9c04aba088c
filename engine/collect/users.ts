import type { IdMapping, PasswdEntry, Users } from '../../shared/model/users'
import { parsePasswd, userNames } from '../parse/passwd'
import { idInside, parseIdMap } from '../parse/proc-id-map'
import { type ContainerRoot, openContainerRoot } from '../sources/container-root'
import { Unreadable } from '../sources/proc-source'
import { openHostRoot } from './host-root'
import type { UserNames } from './process-rows'
import { type Collected, known, type Scene, unknown } from './scene'

const MAX_PASSWD_BYTES = 1024 * 1024

/** Accounts on both sides of the wall, and how their ids are mapped (user_namespaces(7)). */
export async function collectUsers(scene: Scene): Promise<Collected<Users> & { names: UserNames }> {
  const inside = await insideAccounts(scene)
  const host = await hostAccounts(scene)
  const maps = await idMaps(scene)
  const names: UserNames = { inside: userNames(inside.entries ?? []), host: userNames(host.entries ?? []), uidMap: maps.uidMap }
  const hostUid = scene.init.proc === null ? null : scene.scan?.byPid.get(scene.init.hostPid)?.effectiveUid ?? null
  const uid = hostUid === null || maps.uidMap === null ? null : idInside(maps.uidMap, hostUid)
  return {
    facts: {
      inside: inside.entries,
      host: host.entries,
      uidMap: maps.uidMap,
      gidMap: maps.gidMap,
      main: {
        uid,
        user: uid === null ? null : names.inside.get(uid) ?? null,
        hostUid,
        hostUser: hostUid === null ? null : names.host.get(hostUid) ?? null,
      },
    },
    evidence: { 'users.inside': inside.evidence, 'users.host': host.evidence, 'users.idMaps': maps.evidence },
    names,
  }
}

interface Accounts { entries: PasswdEntry[] | null, evidence: ReturnType<typeof known> }

async function insideAccounts({ container, init }: Scene): Promise<Accounts> {
  const command = `docker exec ${container.name} cat /etc/passwd`
  if (init.proc === null)
    return { entries: null, evidence: unknown(init.because, `docker cp ${container.name}:/etc/passwd -`) }
  try {
    const entries = await passwdOf(await openContainerRoot(init.proc, init.hostPid))
    return { entries: entries ?? [], evidence: known('file', entries === null ? 'there is no /etc/passwd in the container' : `/proc/${init.hostPid}/root/etc/passwd`, command) }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { entries: null, evidence: unknown(error.message, command) }
    throw error
  }
}

async function hostAccounts({ kernel }: Scene): Promise<Accounts> {
  const command = 'cat /etc/passwd'
  if (kernel.proc === null)
    return { entries: null, evidence: unknown(kernel.because, command) }
  const host = await openHostRoot(kernel.proc)
  if (host === null)
    return { entries: null, evidence: unknown('no process in the root directory of the engine host may be looked at', command) }
  try {
    return { entries: await passwdOf(host.root) ?? [], evidence: known('file', `${host.path}/etc/passwd`, command) }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { entries: null, evidence: unknown(error.message, command) }
    throw error
  }
}

/** Closes the root. Null: there is no such file. Throws Unreadable. */
async function passwdOf(root: ContainerRoot): Promise<PasswdEntry[] | null> {
  try {
    const bytes = await root.readSmallFile(['etc', 'passwd'], MAX_PASSWD_BYTES)
    return bytes && parsePasswd(bytes.toString('latin1'))
  }
  finally {
    root.close()
  }
}

async function idMaps({ init }: Scene): Promise<{ uidMap: IdMapping[] | null, gidMap: IdMapping[] | null, evidence: ReturnType<typeof known> }> {
  const command = `cat /proc/${init.proc === null ? '<pid>' : init.hostPid}/uid_map`
  if (init.proc === null)
    return { uidMap: null, gidMap: null, evidence: unknown(init.because, command) }
  const { proc, hostPid } = init
  try {
    const uidMap = await proc.readText(`${hostPid}/uid_map`)
    const gidMap = await proc.readText(`${hostPid}/gid_map`)
    return {
      uidMap: uidMap === null ? null : parseIdMap(uidMap),
      gidMap: gidMap === null ? null : parseIdMap(gidMap),
      evidence: uidMap === null ? unknown('its first process ended while it was being looked at', command) : known('proc', `/proc/${hostPid}/uid_map and gid_map`, command),
    }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { uidMap: null, gidMap: null, evidence: unknown(error.message, command) }
    throw error
  }
}
