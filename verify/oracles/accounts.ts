import type { Machine } from '../machine'

/** The lines of the container's /etc/passwd: docker cp gives a tar, tar(1) takes it apart. An image may have no such file; a comment is no account. */
export async function accountsInside(machine: Machine, container: string): Promise<string[]> {
  const text = await machine.dockerInto('tar --extract --to-stdout', 'cp', `${container}:/etc/passwd`, '-').catch(() => '')
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}
