import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../launch/build-first.mjs'

const [START, END] = ['<!-- bench: begin -->', '<!-- bench: end -->']

/**
 * Puts the reached ratios between the README's two markers: one line for a piece of work and its peer, one column for each size.
 * @param {readonly import('./turns.mjs').Row[]} rows
 */
export async function writeReadmeTable(rows) {
  const path = join(ROOT, 'README.md')
  const readme = await readFile(path, 'utf8')
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)]
  if (start < 0 || end < start)
    throw new Error(`README.md has no ${START} … ${END}`)
  await writeFile(path, `${readme.slice(0, start + START.length)}\n${tableOf(rows)}\n${readme.slice(end)}`)
}

/** @param {readonly import('./turns.mjs').Row[]} rows */
function tableOf(rows) {
  const sizes = [...new Set(rows.flatMap(({ processes }) => processes === null ? [] : [processes]))]
  const works = [...new Map(rows.map(row => [`${row.work} | ${row.peer}`, row])).keys()]
  const words = (/** @type {import('./turns.mjs').Row | undefined} */ row) => row === undefined ? '' : `${row.ratio.toPrecision(2)} (${row.goal})`
  const lines = works.map((key) => {
    const found = rows.filter(({ work, peer }) => `${work} | ${peer}` === key)
    return found[0]?.processes === null
      ? `| ${key} | ${[words(found[0]), ...sizes.slice(1).map(() => '')].join(' | ')} |`
      : `| ${key} | ${sizes.map(size => words(found.find(({ processes }) => processes === size))).join(' | ')} |`
  })
  const head = sizes.length === 0 ? ['ratio (goal)'] : sizes.map(size => `${size.toLocaleString('en')} processes`)
  return [`| Work | Peer, in the same run | ${head.join(' | ')} |`, `|---|---|${head.map(() => '---|').join('')}`, ...lines].join('\n')
}
