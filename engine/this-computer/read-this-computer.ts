import { Buffer } from 'node:buffer'
import { readdir } from 'node:fs/promises'
import { hostname, release, type } from 'node:os'
import type { Problem } from '../../shared/model/problem'
import type { ThisComputer, ThisComputerFact } from '../../shared/model/this-computer'
import { known, unknown } from '../collect/scene'
import { textFromBytes } from '../parse/raw-name'
import { kindOf } from '../sources/local-folder'
import { darwin } from './darwin'
import { linux } from './linux'
import type { Found, Platform, Question } from './platform'

/** As many fit a page's table and a saved file; a computer with more is told so. */
const MAX_PROCESSES = 20_000

/** The systems that Isoscope runs on and knows how to ask. */
const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, Platform>>> = { linux, darwin }

/**
 * The computer that Isoscope itself runs on, for the case that the engine's kernel is another one. A fact that cannot be read is null,
 * with the reason in its evidence and among the problems; only an abort ends it.
 */
export async function readThisComputer(name: NodeJS.Platform, signal: AbortSignal): Promise<{ facts: ThisComputer, problems: Problem[] }> {
  const platform = PLATFORMS[name]
  const problems: Problem[] = []

  async function found<T>(fact: ThisComputerFact, what: string, question: Question<T> | undefined): Promise<Found<T | null>> {
    if (question === undefined)
      return { value: null, evidence: unknown(`Isoscope does not know how to ask a system of the kind ${name} for them`, '') }
    try {
      return await question.ask(signal)
    }
    catch (error) {
      signal.throwIfAborted()
      const because = error instanceof Error ? error.message.split('\n')[0] ?? '' : 'an unknown error'
      problems.push({ code: `OWN_${fact.toUpperCase()}_NOT_READ`, what: `The ${what} of this computer could not be read: ${because}.`, fix: `See it yourself: ${question.command}` })
      return { value: null, evidence: unknown(because, question.command) }
    }
  }

  const [operatingSystem, processes, users, host, networks, rootNames] = await Promise.all([
    platform?.operatingSystem(signal).catch(() => null),
    found('processes', 'processes', platform?.processes),
    found('users', 'users', platform?.users),
    found('hostname', 'hostname', HOSTNAME),
    found('interfaces', 'network interfaces', platform?.interfaces),
    found('rootNames', 'names in /', ROOT_NAMES),
  ])
  signal.throwIfAborted()
  if (processes.value !== null && processes.value.length > MAX_PROCESSES)
    problems.push({ code: 'OWN_PROCESSES_CUT', what: `This computer runs ${processes.value.length} processes; the first ${MAX_PROCESSES} are kept.`, fix: `See them all yourself: ${processes.evidence.command}` })
  return {
    facts: {
      operatingSystem: operatingSystem ?? type(),
      kernelVersion: release(),
      hostname: host.value,
      processes: processes.value?.slice(0, MAX_PROCESSES) ?? null,
      processCount: processes.value?.length ?? null,
      users: users.value?.map(account => ({ name: account.name, uid: account.uid })) ?? null,
      interfaces: networks.value,
      rootNames: rootNames.value,
      evidence: { hostname: host.evidence, processes: processes.evidence, users: users.evidence, interfaces: networks.evidence, rootNames: rootNames.evidence },
    },
    problems,
  }
}

const HOSTNAME: Question<ThisComputer['hostname']> = {
  command: 'uname -n',
  ask: async () => ({ value: hostname(), evidence: known('system', 'uname(2) of this computer', 'uname -n') }),
}

const ROOT_NAMES: Question<NonNullable<ThisComputer['rootNames']>> = {
  command: 'ls -A /',
  ask: async () => ({
    value: (await readdir('/', { encoding: 'buffer', withFileTypes: true }))
      .sort((a, b) => Buffer.compare(a.name, b.name))
      .map(entry => ({ name: textFromBytes(entry.name), kind: kindOf(entry) })),
    evidence: known('file', '/ of this computer', 'ls -A /'),
  }),
}
