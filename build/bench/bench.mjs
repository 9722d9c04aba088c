// npm run bench [-- --only desktop|commands|processes] [--repeats N] [--write-readme]: each part of Isoscope's work beside its peer in the same run,
// by turns. Says what it found and how far that is from the goals; it never fails on them. --write-readme writes the table of `processes` into the README.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchCommands } from './commands.mjs'
import { benchDesktop } from './desktop.mjs'
import { benchProcesses } from './processes.mjs'
import { writeReadmeTable } from './readme-table.mjs'
import { rowLine } from './turns.mjs'

/** `npm run sample` makes both. */
const SAMPLE = { container: 'nodeapp-container', image: 'nodejsapp' }

const { values } = parseArgs({ options: { 'only': { type: 'string' }, 'repeats': { type: 'string', default: '9' }, 'write-readme': { type: 'boolean', default: false } } })
const repeats = Number(values.repeats)
const isWanted = (/** @type {string} */ part) => values.only === undefined || values.only === part
const say = (/** @type {string} */ line) => { process.stdout.write(`${line}\n`) }

if (process.platform !== 'linux')
  throw new Error('npm run bench reads /proc: it needs Linux.')
say(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${repeats} repeats by turns; median (smallest to largest)`)
if (isWanted('desktop'))
  await benchDesktop({ repeats, say })
if (isWanted('commands') || isWanted('processes')) {
  const rows = isWanted('commands') ? await benchCommands({ container: SAMPLE.container, repeats, say }) : []
  if (isWanted('processes'))
    rows.push(...await benchProcesses({ repeats, image: SAMPLE.image, say }))
  rows.map(rowLine).forEach(say)
  if (values['write-readme'])
    await writeReadmeTable(rows)
}
