import { execFile } from 'node:child_process'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import type { Evidence } from '../../shared/model/evidence'
import { type Collected, known, type Scene, unknown } from './scene'

export interface Hostnames { readonly inside: string | null, readonly host: string | null }

const run = promisify(execFile)

/**
 * The names that uname(2) gives on both sides. No file shows the name of another UTS namespace, so nsenter(1) asks inside it
 * with the engine machine's own `uname`; without the right to do that the name is the declared one, and said to be.
 */
export async function collectHostname(scene: Scene): Promise<Collected<Hostnames>> {
  const inside = await insideName(scene)
  const host = scene.kernel.proc === null
    ? { name: scene.engine.name === '' ? null : scene.engine.name, evidence: known('engine-api', 'GET /info, Name', 'docker info --format \'{{.Name}}\'') }
    : { name: hostname(), evidence: known('proc', '/proc/sys/kernel/hostname', 'uname -n') }
  return { facts: { inside: inside.name, host: host.name }, evidence: { 'hostname.inside': inside.evidence, 'hostname.host': host.evidence } }
}

async function insideName(scene: Scene): Promise<{ name: string | null, evidence: Evidence }> {
  const { init, raw, container, signal } = scene
  const declared = raw.Config.Hostname === '' ? null : raw.Config.Hostname
  const declaredCommand = `docker inspect --format '{{.Config.Hostname}}' ${container.name}`
  if (init.proc === null)
    return { name: declared, evidence: declared === null ? unknown(init.because, declaredCommand) : known('engine-api', `Config.Hostname as declared: ${init.because}`, declaredCommand) }
  const own = scene.scan?.byPid.get(init.hostPid)?.namespaces.uts
  const command = `sudo nsenter --target ${init.hostPid} --uts uname -n`
  try {
    if (own === undefined)
      throw new Error('its UTS namespace may be entered only by root')
    const { stdout } = await run('nsenter', ['--target', String(init.hostPid), '--uts', 'uname', '-n'], { signal, timeout: 2000, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })
    return { name: stdout.trim(), evidence: known('nsenter', `uname -n in the UTS namespace of PID ${init.hostPid}`, command) }
  }
  catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? error.message.split('\n')[0] ?? '' : ''
    return { name: declared, evidence: declared === null ? unknown(why, command) : known('engine-api', `Config.Hostname as declared, not as the kernel has it now: ${why}`, command) }
  }
}
