import { Knob, type KnobKind } from '../model/knob'
import type { RunPlan } from '../model/run-plan'
import { sizeText } from './sizes'

/** All of them, in the order in which they are offered. */
export const KNOB_KINDS: readonly KnobKind[] = Knob.options.map(({ shape }) => shape.kind.value)

/** The plan with that one flag; what docker refuses or discards beside it is settled. The plan itself stays as it is. */
export function turnKnob(plan: RunPlan, knob: Knob): RunPlan {
  switch (knob.kind) {
    case 'pid-host':
      return { ...plan, modes: { ...plan.modes, pid: 'host' } }
    case 'network-host':
      return onHostNetwork(plan)
    case 'privileged':
      return { ...plan, isPrivileged: true }
    case 'read-only':
      return { ...plan, isReadOnlyRoot: true }
    case 'memory':
      return { ...plan, limits: { ...plan.limits, memoryBytes: knob.bytes, memorySwapBytes: swapBeside(knob.bytes, plan) } }
    case 'user':
      return { ...plan, user: knob.user }
    case 'cap-drop-all':
      // ALL stands for all others (docker/cli, opts/capabilities.go).
      return { ...plan, capabilitiesDropped: ['ALL'] }
  }
}

/** A container on the host's network publishes nothing (docker discards it), and may set none of the host's `net.` parameters (runc refuses that). */
const onHostNetwork = (plan: RunPlan): RunPlan => ({
  ...plan,
  modes: { ...plan.modes, network: 'host' },
  ports: [],
  publishesAll: false,
  sysctls: plan.sysctls.filter(({ name }) => !name.startsWith('net.')),
})

/** Memory and swap together may not be less than memory alone; docker's default, which is twice the memory, need not be said. */
const swapBeside = (bytes: number, { limits: { memorySwapBytes: swap } }: RunPlan): number | null =>
  swap !== null && swap !== -1 && (swap < bytes || swap === 2 * bytes) ? null : swap

/** Whether the plan has that flag, with that value, already. */
export function isTurned(plan: RunPlan, knob: Knob): boolean {
  switch (knob.kind) {
    case 'pid-host':
      return plan.modes.pid === 'host'
    case 'network-host':
      return plan.modes.network === 'host'
    case 'privileged':
      return plan.isPrivileged
    case 'read-only':
      return plan.isReadOnlyRoot
    case 'memory':
      return plan.limits.memoryBytes === knob.bytes
    case 'user':
      return plan.user === knob.user
    case 'cap-drop-all':
      return plan.capabilitiesDropped.some(name => name.toUpperCase() === 'ALL')
  }
}

/** As a person writes it for docker: `--pid=host`, `--memory 64m`. */
export function knobFlag(knob: Knob): string {
  switch (knob.kind) {
    case 'pid-host':
      return '--pid=host'
    case 'network-host':
      return '--network=host'
    case 'privileged':
      return '--privileged'
    case 'read-only':
      return '--read-only'
    case 'memory':
      return `--memory ${sizeText(knob.bytes)}`
    case 'user':
      return `--user ${knob.user}`
    case 'cap-drop-all':
      return '--cap-drop ALL'
  }
}
