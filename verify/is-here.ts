import { readFile } from 'node:fs/promises'
import type { Machine } from './machine'

/**
 * Whether the oracles, which are programs of this computer, see that engine's containers: the first process of a container that runs exists
 * here, and its control group or its mounts name that container. True when none runs: then there is nothing to compare.
 */
export async function isHere(machine: Machine): Promise<boolean> {
  const [id] = (await machine.docker('ps', '--no-trunc', '--quiet')).split('\n')
  if (!id)
    return true
  const pid = await machine.docker('inspect', '--format', '{{.State.Pid}}', id)
  const texts = await Promise.all(['cgroup', 'mountinfo'].map(file => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')))
  return texts.some(text => text.includes(id))
}
