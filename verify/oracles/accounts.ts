import type { Machine } from '../machine'

/**
 * The lines of the container's /etc/passwd: docker cp gives a tar, tar(1) takes it apart. Podman mounts a file of its own over it for a user
 * whom the image has, and gives nothing then: there the file itself is read. An image may have no such file; a comment is no account.
 */
export async function accountsInside(machine: Machine, container: string, hostPid: number): Promise<string[]> {
  const text = await machine.dockerInto('tar --extract --to-stdout', 'cp', `${container}:/etc/passwd`, '-').catch(() => '')
    || await machine.run('find', `/proc/${hostPid}/root/etc/passwd`, '-type', 'f', '-exec', 'cat', '{}', ';').catch(() => '')
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}
