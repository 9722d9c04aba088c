// npm run package [-- electron-builder's arguments]: the packages for users, of the system that this runs on, on the Electron of
// package.json. It downloads that Electron and the tools of the formats. Signing is electron-builder's own: CSC_LINK and so on.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { renderIcons } from './icons/render-icons.mjs'
import { ROOT } from './launch/build-first.mjs'
import { runChild } from './launch/run-child.mjs'
import { gatherLicences } from './pack/licences.mjs'

await promisify(execFile)(process.execPath, ['build/build.mjs'], { cwd: ROOT })
await renderIcons()
await writeFile(join(ROOT, 'out/THIRD_PARTY_LICENSES.txt'), (await gatherLicences()).text)
process.exitCode = await runChild(process.execPath, [
  fileURLToPath(import.meta.resolve('electron-builder/cli.js')), '--config', 'build/electron-builder.yml', '--publish', 'never', ...process.argv.slice(2),
], { cwd: ROOT })
