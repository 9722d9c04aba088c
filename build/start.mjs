// npm start: builds, then opens the desktop window, or the page where no window can be had.
// npm start -- [--web] [--sample] [--offline]
import { parseArgs } from 'node:util'
import { buildFirst } from './launch/build-first.mjs'
import { chooseFront } from './launch/choose-front.mjs'
import { electronPackage } from './launch/find-electron.mjs'
import { openPage } from './launch/open-page.mjs'
import { openWindow } from './launch/open-window.mjs'

const USAGE = `usage: npm start -- [--web] [--sample] [--offline]
  --web      open the page in a browser, not the desktop window
  --sample   open the built-in recording
  --offline  never download the Electron runtime`

const say = (/** @type {string} */ line) => { process.stderr.write(`${line}\n`) }

process.exitCode = await start(process.argv.slice(2))

/** @param {string[]} args */
async function start(args) {
  const options = readOptions(args)
  if (!options)
    return 2
  say('Building Isoscope …')
  if (!await buildFirst())
    return 1
  const choice = await chooseFront({
    wantsWeb: options.web,
    mayDownload: !options.offline && !process.env['CI'],
    env: process.env,
    platform: process.platform,
    packageFolder: electronPackage(),
    say,
  })
  if (choice.electron)
    return openWindow(choice.electron, options)
  if (choice.because)
    say(`The page opens instead of the desktop window: ${choice.because}.`)
  return openPage(options)
}

/** @param {string[]} args */
function readOptions(args) {
  const flag = { type: /** @type {const} */ ('boolean'), default: false }
  try {
    return parseArgs({ args, options: { web: flag, sample: flag, offline: flag } }).values
  }
  catch (error) {
    say(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    return null
  }
}
