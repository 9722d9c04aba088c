import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './build-first.mjs'
import { hasDisplay } from './choose-front.mjs'
import { runChild } from './run-child.mjs'

const OPENERS = /** @type {Record<string, string[]>} */ ({
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
})

/**
 * Runs the web host until it is stopped, opens the link that it prints in the system's browser, and gives its exit code.
 * @param {{ sample: boolean }} options
 */
export function openPage({ sample }) {
  let isOpen = false
  return runChild(process.execPath, [join(ROOT, 'out/cli/isoscope.js'), 'serve', ...(sample ? ['--sample'] : [])], {
    onLine(line) {
      const link = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0]
      if (!link || isOpen)
        return
      isOpen = true
      openLink(link)
    },
  })
}

/**
 * Where there is a screen to open it on. The link stands in the terminal, so a system without an opener loses nothing.
 * @param {string} link
 */
function openLink(link) {
  const [command, ...args] = OPENERS[process.platform] ?? []
  if (!command || process.env['CI'] || !hasDisplay(process.env, process.platform))
    return
  const opener = spawn(command, [...args, link], { stdio: 'ignore', detached: true })
  opener.on('error', () => {})
  opener.unref()
}
