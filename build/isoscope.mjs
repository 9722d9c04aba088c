// npm run -s isoscope -- …: the command line of this checkout, built when something changed.
import { join } from 'node:path'
import { buildFirst, ROOT } from './launch/build-first.mjs'
import { runChild } from './launch/run-child.mjs'

process.exitCode = await buildFirst()
  ? await runChild(process.execPath, [join(ROOT, 'out/cli/isoscope.js'), ...process.argv.slice(2)])
  : 1
