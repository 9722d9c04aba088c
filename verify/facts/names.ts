import { isDeepStrictEqual } from 'node:util'
import type { PasswdEntry } from '../../shared/model/users'
import type { Ledger } from '../ledger'
import { firstPid, type Look } from '../look'
import { accountsInside } from '../oracles/accounts'
import { idInsideOf, idMapOf } from '../oracles/id-maps'

const passwdLine = ({ name, uid, gid, home, shell }: PasswdEntry): string => [name, uid, gid, home, shell].join(':')
const withoutUnused = (line: string): string => line.split(':').filter((_, at) => at !== 1 && at !== 4).join(':')

/** By uname; where only a declared name is known, and said to be declared, as docker inspect has it. */
export async function compareHostnames({ machine, snapshot }: Look, { compare }: Ledger): Promise<void> {
  const { hostname, evidence, container } = snapshot
  const isDeclared = evidence['hostname.inside'].source === 'engine-api'
  await compare({
    fact: 'hostname.inside',
    seen: hostname.inside,
    unknownBecause: evidence['hostname.inside'].unknownBecause,
    expected: async () => isDeclared
      ? machine.docker('inspect', '--format', '{{.Config.Hostname}}', container.id)
      : (await machine.run('nsenter', `--target=${firstPid(snapshot)}`, '--uts', 'uname', '-n')).trim(),
    command: isDeclared ? 'docker inspect --format {{.Config.Hostname}}' : `nsenter --target ${container.hostPid} --uts uname -n`,
  })
  await compare({ fact: 'hostname.host', seen: hostname.host, unknownBecause: evidence['hostname.host'].unknownBecause, expected: async () => (await machine.run('uname', '-n')).trim(), command: 'uname -n' })
}

/** Accounts as the file inside and getent give them, the id maps of the kernel, and the first process's user as ps says. */
export async function compareUsers({ machine, snapshot, before, after }: Look, { compare }: Ledger): Promise<void> {
  const { users, evidence } = snapshot
  const hostPid = firstPid(snapshot)
  const inside = async (): Promise<string[]> => (await accountsInside(machine, hostPid)).map(withoutUnused)
  await compare({ fact: 'users.inside', seen: users.inside?.map(passwdLine) ?? null, unknownBecause: evidence['users.inside'].unknownBecause, expected: inside, command: `cat /proc/${hostPid}/root/etc/passwd` })
  // Accounts come and go on a machine: as they were before, or after.
  const [earlier, later] = [before, after].map(({ accounts }) => accounts.map(withoutUnused))
  const hosts = users.host?.map(passwdLine) ?? null
  const onHost = (isDeepStrictEqual(hosts, earlier) ? earlier : later) ?? []
  await compare({ fact: 'users.host', seen: hosts, unknownBecause: evidence['users.host'].unknownBecause, expected: () => onHost, command: 'getent --service files passwd' })
  const mapOf = (kind: 'uid' | 'gid'): Promise<number[][]> => idMapOf(machine, hostPid, kind)
  for (const [fact, map] of [['uid', users.uidMap], ['gid', users.gidMap]] as const) {
    await compare({
      fact: `users.${fact}Map`,
      seen: map?.map(({ inside: first, onHost: outside, count }) => [first, outside, count]) ?? null,
      unknownBecause: evidence['users.idMaps'].unknownBecause,
      expected: () => mapOf(fact),
      command: `cat /proc/${hostPid}/${fact}_map`,
    })
  }
  const hostUid = async (): Promise<number> => Number(await machine.run('ps', '-o', 'euid=', '-p', String(hostPid)))
  const uid = async (): Promise<number | null> => idInsideOf(await mapOf('uid'), await hostUid())
  const nameIn = (lines: readonly string[], id: number | null): string | null => lines.find(line => line.split(':')[1] === String(id))?.split(':')[0] ?? null
  const main = { unknownBecause: evidence['users.idMaps'].unknownBecause, command: `ps -o euid= -p ${hostPid}` }
  await compare({ ...main, fact: 'users.main.hostUid', seen: users.main.hostUid, expected: hostUid })
  await compare({ ...main, fact: 'users.main.uid', seen: users.main.uid, expected: uid })
  if (users.inside !== null)
    await compare({ ...main, fact: 'users.main.user', seen: { name: users.main.user }, expected: async () => ({ name: nameIn(await inside(), await uid()) }) })
  if (users.host !== null)
    await compare({ ...main, fact: 'users.main.hostUser', seen: { name: users.main.hostUser }, expected: async () => ({ name: nameIn(onHost, await hostUid()) }) })
}
