import { expect } from 'vitest'
import type { PasswdEntry } from '../../../shared/model/users'
import { linesOf, run } from '../oracles/run'
import { firstPid, type Look } from '../take'

const passwdLine = ({ name, uid, gid, home, shell }: PasswdEntry): string => [name, uid, gid, home, shell].join(':')
const withoutUnused = (line: string): string => line.split(':').filter((_, at) => at !== 1 && at !== 4).join(':')

export async function expectHostnames({ snapshot }: Look): Promise<void> {
  expect(snapshot.hostname).toEqual({
    inside: (await run('nsenter', `--target=${firstPid(snapshot)}`, '--uts', 'uname', '-n')).trim(),
    host: (await run('uname', '-n')).trim(),
  })
}

/** Accounts as docker cp and getent give them, the id maps of the kernel, and the first process's user as ps says. */
export async function expectUsers({ snapshot }: Look): Promise<void> {
  const { users } = snapshot
  const hostPid = firstPid(snapshot)
  // An image may have no such file: then tar gets nothing. A comment is no account.
  const inside = (await run('sh', '-c', 'docker cp "$1":/etc/passwd - 2>/dev/null | tar --extract --to-stdout 2>/dev/null || true', 'sh', snapshot.container.id)).split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const onHost = await linesOf('getent', '--service', 'files', 'passwd')
  expect(users.inside?.map(passwdLine)).toEqual(inside.map(withoutUnused))
  expect(users.host?.map(passwdLine)).toEqual(onHost.map(withoutUnused))
  const mapOf = async (kind: string): Promise<number[][]> => (await linesOf('cat', `/proc/${hostPid}/${kind}_map`)).map(line => line.trim().split(/\s+/).map(Number))
  expect(users.uidMap?.map(({ inside: first, onHost: outside, count }) => [first, outside, count])).toEqual(await mapOf('uid'))
  expect(users.gidMap?.map(({ inside: first, onHost: outside, count }) => [first, outside, count])).toEqual(await mapOf('gid'))
  const hostUid = Number(await run('ps', '-o', 'euid=', '-p', String(hostPid)))
  const nameIn = (lines: readonly string[], uid: number): string | null => lines.find(line => line.split(':')[2] === String(uid))?.split(':')[0] ?? null
  // The engine of this test maps no users, so an id is the same on both sides.
  expect(users.main).toEqual({ uid: hostUid, hostUid, user: nameIn(inside, hostUid), hostUser: nameIn(onHost, hostUid) })
}
