import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'isoscope-ssh-'

/**
 * A private folder for the control socket of one ssh, named after this process. ssh takes its socket away when it ends, also when
 * this process was killed; then the empty folder is left, which the next one that is made takes away.
 */
export function makeSshFolder(): string {
  const place = tmpdir()
  for (const name of readdirSync(place).filter(isOfTheDead)) {
    try {
      // An ssh that has not ended yet still has its socket there.
      rmdirSync(join(place, name))
    }
    catch (error) {
      // ENOENT: somebody else was here first. The others are of another user, or not empty.
      if (!(error instanceof Error) || !('code' in error) || !['ENOENT', 'ENOTEMPTY', 'EPERM', 'EACCES'].includes(String(error.code)))
        throw error
    }
  }
  return mkdtempSync(join(place, `${PREFIX}${process.pid}-`))
}

function isOfTheDead(name: string): boolean {
  const pid = name.startsWith(PREFIX) ? /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1] : undefined
  return pid !== undefined && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch (error) {
    // EPERM: it is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
