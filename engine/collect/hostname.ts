import { execFile } from 'node:child_process'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import type { Engine } from '../../shared/model/engine'
import type { Evidence } from '../../shared/model/evidence'
import { isInHostNamespace } from './host-namespaces'
import { type Collected, type KernelView, known, type Scene, unknown } from './scene'

export interface Hostnames { readonly inside: string | null, readonly host: string | null }

const run = promisify(execFile)

/**
 * The names that uname(2) gives on both sides. No file shows the name of another UTS namespace, so nsenter(1) asks inside it
 * with the engine machine's own `uname`; without the right to do that the name is the declared one, and said to be.
 */
export async function collectHostname(scene: Scene): Promise<Collected<Hostnames>> {
  const inside = await insideName(scene)
  const host = await hostName(scene.engine, scene.kernel)
  return { facts: { inside: inside.name, host: host.name }, evidence: { 'hostname.inside': inside.evidence, 'hostname.host': host.evidence } }
}

/** Our own name, when we are in the host's UTS namespace; else the engine's, which it had when it started. */
export async function hostName(engine: Engine, kernel: KernelView): Promise<{ name: string | null, evidence: Evidence }> {
  if (kernel.proc !== null && kernel.proc.step !== 'helper' && await isInHostNamespace(kernel.proc, 'uts'))
    return { name: hostname(), evidence: known('proc', '/proc/sys/kernel/hostname', 'uname -n') }
  return { name: engine.name === '' ? null : engine.name, evidence: known('engine-api', 'GET /info, Name', 'docker info --format \'{{.Name}}\'') }
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
    if (init.proc.step === 'helper')
      throw new Error('the helper enters no namespace')
    if (own === undefined)
      throw new Error('its UTS namespace may be entered only by root')
    const { stdout } = await run('nsenter', ['--target', String(init.hostPid), '--uts', 'uname', '-n'], { signal, timeout: 2000, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } })
    // Also an empty name is a line.
    if (stdout === '')
      throw new Error('uname said nothing')
    return { name: stdout.trim(), evidence: known('nsenter', `uname -n in the UTS namespace of PID ${init.hostPid}`, command) }
  }
  catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? error.message.split('\n')[0] ?? '' : ''
    return { name: declared, evidence: declared === null ? unknown(why, command) : known('engine-api', `Config.Hostname as declared, not as the kernel has it now: ${why}`, command) }
  }
}
