import { parseArgs } from 'node:util'
import { isHere } from './is-here'
import { countOf, summaryLines } from './print'
import { type Machine, thisMachine } from './machine'
import { SITUATIONS } from './situations'
import { abilitiesBeside, inabilitiesOf } from './situations/abilities'
import { stageSituations, type Stage } from './situations/stage'
import { snapshotTaker } from './take'
import { unlessInterrupted } from './unless-interrupted'
import { verifyContainers } from './verify-containers'

const USAGE = `usage: npm run verify -- [--endpoint ADDRESS] [--container NAME]… [--situations] [--json]

Compares every fact that Isoscope tells of running containers with what ps, lsns, nsenter, ip, ss, find, findmnt, capsh and docker say.
Ends with 0 when nothing differs, 1 when something does, 2 when nothing could be compared.

  --endpoint ADDRESS   the engine's address as DOCKER_HOST has it; without it, as docker chooses
  --container NAME     only this one, may be given several times
  --situations         makes a container of every kind first, compares those alone, and removes them
  --json               prints every comparison as JSON`

/** What a person can mend: words of the command line, or what docker said of them. Its message says all. */
export class CannotVerify extends Error {}

/** The command; resolves to its exit code. Throws `CannotVerify`. */
export async function verify(args: readonly string[], write: (line: string) => void): Promise<number> {
  const options = readArguments(args)
  if (options === 'help') {
    write(USAGE)
    return 0
  }
  const machine = thisMachine(options.endpoint)
  await askForEngine(machine)
  if (!await isHere(machine))
    throw new CannotVerify('The engine is on another machine, or in a virtual one: the programs of this computer do not see its containers. Run this there.')
  return unlessInterrupted(signal => options.isStaging ? verifySituations(machine, options, write, signal) : verifyRunning(machine, options, write, signal))
}

async function verifyRunning(machine: Machine, options: Options, write: (line: string) => void, signal: AbortSignal): Promise<number> {
  return compare(machine, await chosenContainers(machine, options.containers), [], options, write, signal)
}

async function verifySituations(machine: Machine, options: Options, write: (line: string) => void, signal: AbortSignal): Promise<number> {
  const { staged, failed, remove } = await stageSituations(machine, SITUATIONS, abilitiesBeside(await inabilitiesOf(machine)), signal)
  try {
    return await compare(machine, staged.map(({ containerId, situation }) => ({ id: containerId, name: situation })), failed, options, write, signal)
  }
  finally {
    await remove()
  }
}

async function compare(machine: Machine, containers: readonly { id: string, name: string }[], failures: Stage['failed'], { endpoint, isJson }: Options, write: (line: string) => void, signal: AbortSignal): Promise<number> {
  const { take, end } = snapshotTaker({ address: endpoint })
  const { entries: [entries = []], gone, restless } = await verifyContainers(machine, [{ take, step: null }], containers, signal).finally(end)
  const isNothing = countOf(entries, 'same') + countOf(entries, 'different') === 0
  if (isJson)
    write(JSON.stringify({ entries, gone, restless, failures }, null, 2))
  else
    [...summaryLines(entries), ...gone.map(name => `${name} went away meanwhile`), ...restless.map(name => `${name} became another one each time it was looked at`), ...failures.map(({ situation, because }) => `NOT MADE ${situation}: ${because}`)].forEach(write)
  if (isNothing && !isJson)
    write(containers.length === 0 ? 'Nothing was compared: no container runs on this engine. With --situations, containers are made for it.' : 'Nothing was compared.')
  return isNothing ? 2 : countOf(entries, 'different') + failures.length > 0 ? 1 : 0
}

interface Options { endpoint: string | null, containers: string[], isStaging: boolean, isJson: boolean }

function readArguments(args: readonly string[]): Options | 'help' {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { endpoint: { type: 'string' }, container: { type: 'string', multiple: true }, situations: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help)
      return 'help'
    return { endpoint: values.endpoint ?? null, containers: values.container ?? [], isStaging: values.situations ?? false, isJson: values.json ?? false }
  }
  catch (error) {
    throw new CannotVerify(`${wordsOf(error)}\n\n${USAGE}`)
  }
}

/** The oracles are asked through the docker command, so it has to be there and reach the engine. */
async function askForEngine(machine: Machine): Promise<void> {
  try {
    await machine.docker('version')
  }
  catch (error) {
    throw new CannotVerify(wordsOf(error))
  }
}

const wordsOf = (error: unknown): string => error instanceof Error ? error.message.trim() : String(error)

/** Those that run, or those that were named. */
async function chosenContainers(machine: Machine, names: readonly string[]): Promise<{ id: string, name: string }[]> {
  const listed = (await machine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}', ...names.length > 0 ? ['--all'] : [])).split('\n').filter(line => line !== '')
  const containers = listed.map((line) => {
    const [id = '', name = ''] = line.split(' ')
    return { id, name }
  })
  const missing = names.find(name => !containers.some(container => container.name === name || container.id.startsWith(name)))
  if (missing !== undefined)
    throw new CannotVerify(`There is no container ${missing}; docker ps --all lists those that there are.`)
  return names.length === 0 ? containers : containers.filter(({ id, name }) => names.some(wanted => name === wanted || id.startsWith(wanted)))
}
