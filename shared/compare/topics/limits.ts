import type { Cgroup, Limit } from '../../model/cgroup'
import { exactBytes } from '../../text/exact-bytes'
import { exactProcessors } from '../../text/format-processors'
import { formatCount } from '../../text/format-count'
import { type Answer, evidenceSays, type Question, type Topic } from '../question'

/** Where the control group was not read the declared limits stand in its place, and those are asked for elsewhere. That its usage is not known costs no limit. */
const inForce = (fact: string, what: string, ask: (cgroup: Cgroup) => Answer): Question =>
  ({ fact: `cgroup.${fact}`, what, ask: ({ cgroup, evidence }) => evidence.cgroup.source === 'none' ? null : ask(cgroup), whyNot: evidenceSays('cgroup') })

/** By version of control groups; their scales differ: 1024 of the first is 100 of the second. */
const WEIGHTS = { 1: 'cpu.shares, of control groups of version 1', 2: 'cpu.weight, of control groups of version 2' } as const

/** What the control group allows. What is used moves from second to second, and says nothing of how two containers differ. */
export const limits: Topic = {
  title: 'Limits',
  questions: [
    inForce('memory.limitBytes', 'memory', ({ memory }) => words(memory.limitBytes, exactBytes)),
    inForce('cpu.limitCpus', 'processors', ({ cpu }) => words(cpu.limitCpus, exactProcessors)),
    { ...inForce('cpu.weight', 'weight beside others', ({ cpu }) => words(cpu.weight, formatCount)), kind: ({ cgroup }) => cgroup.version && WEIGHTS[cgroup.version] },
    inForce('pids.limit', 'processes and threads', ({ pids }) => words(pids.limit, formatCount)),
  ],
}

const words = (limit: Limit, format: (value: number) => string): string | null => typeof limit === 'number' ? format(limit) : limit
