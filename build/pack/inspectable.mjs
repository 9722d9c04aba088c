import { copyFile, cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * The same packed application with one fuse turned back: `--inspect`, through which Playwright reaches the main process. For tests alone.
 * @param {string} folder
 * @param {string} to
 * @returns {Promise<string>} its program
 */
export async function makeInspectable(folder, to) {
  await rm(to, { recursive: true, force: true })
  await cp(folder, to, { recursive: true, verbatimSymlinks: true })
  const program = join(to, 'isoscope')
  // A file of its own, whatever cp(1) made of it: fuses are written into it.
  await copyFile(join(folder, 'isoscope'), program)
  await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
  return program
}
