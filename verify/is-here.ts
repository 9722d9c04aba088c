import { readFile } from 'node:fs/promises'
import type { Machine } from './machine'

/**
 * Whether the oracles, which are programs of this computer, see that engine's containers: the first process of one that runs exists here, and
 * its control group or its mounts name that container. One alone may just be started again. True when none runs: then there is nothing to compare.
 */
export async function isHere(machine: Machine): Promise<boolean> {
  const ids = (await machine.docker('ps', '--no-trunc', '--quiet')).split('\n').filter(id => id !== '')
  for (const id of ids) {
    if (await isSeen(machine, id))
      return true
  }
  return ids.length === 0
}

async function isSeen(machine: Machine, id: string): Promise<boolean> {
  const pid = await machine.docker('inspect', '--format', '{{.State.Pid}}', id).catch(() => '0')
  const texts = await Promise.all(['cgroup', 'mountinfo'].map(file => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')))
  return texts.some(text => text.includes(id))
}
