import { parseArgs } from 'node:util'
import { isHere } from './is-here'
import { countOf, summaryLines } from './print'
import { type Machine, thisMachine } from './machine'
import { SITUATIONS } from './situations'
import { abilitiesOf } from './situations/abilities'
import { stageSituations } from './situations/stage'
import { snapshotTaker } from './take'
import { verifyContainers } from './verify-containers'

const USAGE = `usage: npm run verify -- [--endpoint ADDRESS] [--container NAME]… [--situations] [--json]

Compares every fact that Isoscope tells of running containers with what ps, lsns, nsenter, ip, ss, find, findmnt, capsh and docker say.
Ends with 0 when nothing differs, 1 when something does, 2 when it was used wrongly.

  --endpoint ADDRESS   the engine's address as DOCKER_HOST has it; without it, as docker chooses
  --container NAME     only this one, may be given several times
  --situations         makes a container of every kind first, compares those alone, and removes them
  --json               prints every comparison as JSON`

/** The command; resolves to its exit code. */
export async function verify(args: readonly string[], write: (line: string) => void): Promise<number> {
  const options = readArguments(args)
  if (typeof options === 'string') {
    write(options)
    return 2
  }
  const machine = thisMachine(options.endpoint)
  if (!await isHere(machine)) {
    write('The engine is on another machine, or in a virtual one: the programs of this computer do not see its containers. Run this there.')
    return 2
  }
  const stage = options.isStaging ? await stageSituations(machine, SITUATIONS, await abilitiesOf(machine)) : null
  try {
    const containers = stage === null ? await chosenContainers(machine, options.containers) : stage.staged.map(({ containerId, situation }) => ({ id: containerId, name: situation }))
    const { entries, gone } = await verifyContainers(machine, snapshotTaker({ address: options.endpoint }), containers)
    const failures = stage?.failed ?? []
    if (options.isJson)
      write(JSON.stringify({ entries, gone, failures }, null, 2))
    else
      [...summaryLines(entries), ...gone.map(name => `${name} went away meanwhile`), ...failures.map(({ situation, because }) => `NOT MADE ${situation}: ${because}`)].forEach(write)
    return countOf(entries, 'different') + failures.length > 0 ? 1 : 0
  }
  finally {
    await stage?.remove()
  }
}

interface Options { endpoint: string | null, containers: string[], isStaging: boolean, isJson: boolean }

function readArguments(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { endpoint: { type: 'string' }, container: { type: 'string', multiple: true }, situations: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help)
      return USAGE
    return { endpoint: values.endpoint ?? null, containers: values.container ?? [], isStaging: values.situations ?? false, isJson: values.json ?? false }
  }
  catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`
  }
}

/** Those that run, or those that were named. */
async function chosenContainers(machine: Machine, names: readonly string[]): Promise<{ id: string, name: string }[]> {
  const listed = (await machine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}', ...names.length > 0 ? ['--all'] : [])).split('\n').filter(line => line !== '')
  const containers = listed.map((line) => {
    const [id = '', name = ''] = line.split(' ')
    return { id, name }
  })
  const missing = names.find(name => !containers.some(container => container.name === name || container.id.startsWith(name)))
  if (missing !== undefined)
    throw new Error(`There is no container ${missing}.`)
  return names.length === 0 ? containers : containers.filter(({ id, name }) => names.some(wanted => name === wanted || id.startsWith(wanted)))
}
