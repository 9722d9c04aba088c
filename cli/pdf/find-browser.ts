import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** A person's own choice, ours first; the second is what other tools that print with a browser read. */
const CHOSEN_BY = ['ISOSCOPE_BROWSER', 'CHROME_PATH']

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'brave',
  'vivaldi-stable',
  'vivaldi',
]

const MAC_APPLICATIONS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi']

/** The path of a browser of the Chromium family on this machine, or null. A chosen one that cannot be run is not replaced by another. */
export async function findBrowser(env: NodeJS.ProcessEnv): Promise<string | null> {
  const chosen = CHOSEN_BY.map(name => env[name]).find(path => path)
  for (const path of chosen ? [chosen] : usualPaths(env)) {
    if (await isProgram(path))
      return path
  }
  return null
}

function usualPaths(env: NodeJS.ProcessEnv): string[] {
  // A relative entry of PATH would mean whatever folder the shell is in.
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const onPath = NAMES.flatMap(name => folders.map(folder => join(folder, name)))
  const applications = ['/Applications', join(env['HOME'] ?? '/', 'Applications')]
  const onMac = applications.flatMap(folder => MAC_APPLICATIONS.map(name => join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
  return [...onPath, ...onMac]
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  }
  catch {
    return false
  }
}
