import { readdirSync, readFileSync } from 'node:fs'

/**
 * The memory of a process and of all that it started, in bytes: the sum of their proportional set sizes (proc(5), smaps_rollup), so
 * that a page which several share counts once.
 * @param {number} pid
 */
export function treeMemory(pid) {
  const parents = new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(name => [Number(name), parentOf(name)]))
  const isOurs = (/** @type {number} */ one) => {
    for (let at = one; at > 1; at = parents.get(at) ?? 0) {
      if (at === pid)
        return true
    }
    return false
  }
  return [...parents.keys()].filter(isOurs).reduce((sum, one) => sum + proportionalBytes(one), 0)
}

/** @param {string} pid */
function parentOf(pid) {
  const stat = readOrNothing(`/proc/${pid}/stat`)
  // The name, in parentheses, may hold anything.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
}

/** @param {number} pid */
const proportionalBytes = pid => Number(/^Pss:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024

/** A process may end while it is looked at. @param {string} path */
function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8')
  }
  catch {
    return ''
  }
}
