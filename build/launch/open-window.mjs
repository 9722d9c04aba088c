import { ROOT } from './build-first.mjs'
import { runChild } from './run-child.mjs'

/**
 * Runs the desktop application until its window is closed, and gives its exit code.
 * @param {string} electron
 * @param {{ sample: boolean }} options
 */
export function openWindow(electron, { sample }) {
  const env = { ...process.env }
  // A terminal inside an Electron application (an editor, say) hands this down, and there would be no window.
  delete env['ELECTRON_RUN_AS_NODE']
  // Chromium refuses its sandbox to root on Linux; everyone else keeps it.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return runChild(electron, [...flags, ROOT, ...(sample ? ['--sample'] : [])], { env })
}
