import type { Machine } from '../machine'

/**
 * The lines of the /etc/passwd that the container's first process has. An image may have no such file; a comment is no account. `docker cp` would mount the
 * container's volumes on the machine for a moment, where other containers see them.
 */
export async function accountsInside(machine: Machine, hostPid: number): Promise<string[]> {
  const text = await machine.run('find', `/proc/${hostPid}/root/etc/passwd`, '-type', 'f', '-exec', 'cat', '{}', ';').catch(() => '')
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}
