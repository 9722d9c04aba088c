import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { inLanes } from '../in-lanes'
import type { Machine } from '../machine'
import { hostProcesses } from '../oracles/host-processes'
import { membersByKeeper } from '../oracles/keepers'
import { type Images, makeImages } from './images'
import type { Deed, Need, Situation } from './situation'

/** As PID 1 it would ignore SIGTERM, which removal does not wait for. */
const IDLE = ['sleep', '10000'] as const
const STANDS_WITHIN_MS = 20_000
/** Each is a connection of its own: an engine in a slow virtual machine resets some of eighty. */
const REMOVED_AT_ONCE = 10
const SUBNET = '10.213.77.0/24'

/** A situation whose container stands on the engine. */
export interface Staged {
  readonly situation: string
  readonly containerId: string
}

export interface Stage {
  readonly staged: readonly Staged[]
  /** Situations that could not be made, and why: they fail a verification. */
  readonly failed: readonly { situation: string, because: string }[]
  /** Takes away every container, guest, network and image that was made. */
  readonly remove: () => Promise<void>
}

/** Makes every situation that an engine with these abilities can have. Throws what `signal` was aborted with, after it removed all that was made. */
export async function stageSituations(machine: Machine, situations: readonly Situation[], abilities: ReadonlySet<Need>, signal: AbortSignal): Promise<Stage> {
  const suffix = randomBytes(3).toString('hex')
  const nameOf = (situation: string): string => `isoscope-test-verify-${situation}-${suffix}`
  const network = `isoscope-test-verify-${suffix}`
  const possible = situations.filter(({ needs = [] }) => needs.every(need => abilities.has(need)))
  const guests: number[] = []
  const staged: Staged[] = []
  const failed: { situation: string, because: string }[] = []
  const removals: (() => Promise<unknown>)[] = []

  async function remove(): Promise<void> {
    for (const pid of guests.splice(0))
      await machine.run('sh', '-c', `kill -9 ${pid} 2>/dev/null || true`)
    for (const undo of removals.splice(0).reverse())
      await undo()
  }

  async function make(situation: Situation, images: Images): Promise<void> {
    const name = nameOf(situation.name)
    const isWithoutNetwork = !abilities.has('network') && !situation.flags.some(flag => flag.startsWith('--network='))
    const flags = [...isWithoutNetwork ? ['--network=none'] : [], ...situation.flags].map(flag => flag.replace('{other}', nameOf(situation.beside ?? '')).replace('{network}', network))
    const start = situation.isOnlyCreated ? ['create'] : ['run', '--detach']
    const id = (await machine.docker(...start, '--name', name, ...flags, images[situation.image ?? 'busybox'], ...situation.command ?? IDLE)).split('\n').at(-1) ?? ''
    await untilItStands(machine, id, situation, signal)
    for (const deed of situation.then ?? [])
      await doDeed(machine, id, deed, guests)
    if (situation.then?.some(deed => 'docker' in deed && deed.docker.includes('--detach')))
      await untilItStands(machine, id, situation, signal)
    staged.push({ situation: situation.name, containerId: id })
  }

  try {
    const images = await makeImages(machine)
    removals.push(images.remove)
    if (possible.some(({ flags }) => flags.some(flag => flag.includes('{network}')))) {
      await machine.docker('network', 'create', '--subnet', SUBNET, network)
      removals.push(() => machine.docker('network', 'rm', network))
    }
    removals.push(async () => {
      // Also those that were made and did not come to stand; who joined another goes before that one.
      const left = (await machine.docker('ps', '--all', '--filter', `name=-${suffix}`, '--format', '{{.Names}}')).split('\n').filter(name => name !== '')
      const joining = possible.filter(({ beside }) => beside !== undefined).map(({ name }) => nameOf(name))
      for (const names of [left.filter(name => joining.includes(name)), left.filter(name => !joining.includes(name))]) {
        while (names.length > 0)
          await machine.docker('rm', '--force', '--volumes', ...names.splice(0, REMOVED_AT_ONCE))
      }
    })
    const tryToMake = async (situation: Situation): Promise<void> => {
      try {
        await make(situation, images)
      }
      catch (error) {
        signal.throwIfAborted()
        failed.push({ situation: situation.name, because: error instanceof Error ? error.message : String(error) })
      }
    }
    const isBeside = ({ beside }: Situation): boolean => beside !== undefined
    await inLanes(possible.filter(situation => !isBeside(situation)), signal, tryToMake)
    await inLanes(possible.filter(isBeside), signal, tryToMake)
    return { staged, failed, remove }
  }
  catch (error) {
    await remove()
    throw error
  }
}

async function doDeed(machine: Machine, id: string, deed: Deed, guests: number[]): Promise<void> {
  const pid = await machine.docker('inspect', '--format', '{{.State.Pid}}', id)
  const filled = (word: string): string => word.replaceAll('{id}', id).replaceAll('{pid}', pid)
  if ('docker' in deed)
    await machine.docker(...deed.docker.map(filled))
  else if ('script' in deed)
    await machine.run('sh', '-ec', filled(deed.script))
  else
    guests.push(Number(await machine.run('sh', '-c', '"$@" >/dev/null 2>&1 </dev/null & echo $!', 'sh', ...deed.guest.map(filled))))
}

/** For a moment a container's first process is still the runtime: waits for its own programs. */
async function untilItStands(machine: Machine, id: string, { processes = 1, then = [] }: Situation, signal: AbortSignal): Promise<void> {
  const isWithDeeds = then.some(deed => 'docker' in deed && deed.docker.includes('--detach'))
  const endsAt = Date.now() + STANDS_WITHIN_MS
  if (processes === null)
    return
  for (;;) {
    const pids = (await membersByKeeper(machine)).get(id) ?? new Set()
    const commands = [...(await hostProcesses(machine)).values()].filter(({ pid, state }) => pids.has(pid) && state !== 'Z').map(({ command }) => command)
    if ((commands.length === processes || (isWithDeeds && commands.length === 1)) && commands.every(command => !/^(?:runc|exe)\b/.test(command)))
      return
    if (Date.now() > endsAt)
      throw new Error(`${commands.length} processes after ${STANDS_WITHIN_MS / 1000} s, where ${processes} should be: ${commands.join(', ')}`)
    await wait(50, undefined, { signal })
  }
}
