// npm run test:desktop-packed: the desktop's tests, on the packed application. Takes ISOSCOPE_EXECUTABLE, else what `npm run pack` made.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../launch/build-first.mjs'
import { runChild } from '../launch/run-child.mjs'

const packed = process.env['ISOSCOPE_EXECUTABLE'] ?? await inspectable()
process.exitCode = packed === null
  ? 1
  : await runChild(process.execPath, [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--project', 'desktop', ...process.argv.slice(2)], {
      cwd: ROOT,
      env: { ...process.env, ISOSCOPE_EXECUTABLE: packed },
    })

async function inspectable() {
  const text = await readFile(join(ROOT, 'out/packed/packed.json'), 'utf8').catch(() => null)
  if (text !== null)
    return z.object({ inspectable: z.string() }).parse(JSON.parse(text)).inspectable
  process.stderr.write('Nothing is packed: npm run pack first.\n')
  return null
}
