import { findElectron } from './find-electron.mjs'
import { installElectron } from './install-electron.mjs'
import { tryElectron } from './try-electron.mjs'

/**
 * @typedef {object} Choice
 * @property {string | null} electron the program that opens the window; null: the page is served instead
 * @property {string | null} because why there is no window; null when the page was asked for
 *
 * @typedef {object} Situation
 * @property {boolean} wantsWeb
 * @property {boolean} mayDownload
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform
 * @property {string | null} packageFolder where the `electron` package lies
 * @property {(line: string) => void} say
 */

/**
 * The window where an Electron can be had that runs here, else the page and the reason.
 * @param {Situation} situation
 * @returns {Promise<Choice>}
 */
export async function chooseFront(situation) {
  if (situation.wantsWeb)
    return { electron: null, because: null }
  if (!hasDisplay(situation.env, situation.platform))
    return { electron: null, because: 'there is no display' }

  const found = await firstThatRuns(findElectron(situation), situation.env)
  if (found.electron || found.because)
    return found
  const refusal = await download(situation)
  return refusal ? { electron: null, because: refusal } : firstThatRuns(findElectron(situation), situation.env)
}

/**
 * Only Linux can be without one: X11 or Wayland.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 */
export function hasDisplay(env, platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * @param {string[]} programs
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Choice>}
 */
async function firstThatRuns(programs, env) {
  const reasons = []
  for (const electron of programs) {
    const reason = await tryElectron(electron, env)
    if (reason === null)
      return { electron, because: null }
    reasons.push(reason)
  }
  return { electron: null, because: reasons.length > 0 ? reasons.join('; ') : null }
}

/** @param {Situation} situation */
async function download({ packageFolder, mayDownload, env, say }) {
  if (!packageFolder)
    return 'the electron package is not installed'
  if (!mayDownload)
    return 'no Electron runtime is installed, and none is downloaded with --offline or in CI'
  say('Downloading the Electron runtime, once (about 120 MB).')
  const reason = await installElectron(packageFolder, env)
  return reason && `the Electron runtime could not be downloaded: ${reason}`
}
