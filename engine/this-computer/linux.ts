import { readFile } from 'node:fs/promises'
import { known } from '../collect/scene'
import { readNetworkView } from '../collect/network-view'
import { scanHost } from '../collect/scan-host'
import { prettyName } from '../parse/os-release'
import { parsePasswd, userNames } from '../parse/passwd'
import { localProc } from '../sources/local-proc'
import { ownIpv4Addresses } from '../sources/own-addresses'
import type { OwnAccount, OwnProcess, Platform } from './platform'

/** os-release(5): the second is where the first usually leads. */
const OS_RELEASE = ['/etc/os-release', '/usr/lib/os-release']

/** This computer's own `/proc` and accounts, as the user whom Isoscope runs as may see them. */
export const linux: Platform = {
  operatingSystem: async () => {
    for (const path of OS_RELEASE) {
      const text = await readFile(path, 'utf8').catch(() => null)
      if (text !== null)
        return prettyName(text)
    }
    return null
  },
  processes: {
    command: 'ps -eo pid,ppid,user,comm',
    ask: async (signal) => {
      const names = userNames(await passwd().catch(() => []))
      const { processes } = await scanHost(localProc('/proc'), () => false, signal)
      const value = processes.map(({ pid, ppid, comm, effectiveUid }): OwnProcess =>
        ({ pid, ppid, user: effectiveUid === null ? null : names.get(effectiveUid) ?? String(effectiveUid), command: comm }))
      // proc(5): with the mount option hidepid=invisible other users' processes are not listed; the first is root's.
      const isWhole = value.some(({ pid }) => pid === 1)
      return { value, evidence: known('proc', isWhole ? '/proc of this computer' : '/proc of this computer, which hides the processes of other users', 'ps -eo pid,ppid,user,comm') }
    },
  },
  users: {
    command: 'cat /etc/passwd',
    ask: async () => ({ value: await passwd(), evidence: known('file', '/etc/passwd of this computer', 'cat /etc/passwd') }),
  },
  interfaces: {
    command: 'ip address',
    ask: async (signal) => {
      const beside = { sysfs: [], saidAddresses: ownIpv4Addresses(), hostEndOf: () => ({ unknownBecause: 'it is not looked for' }), processes: [] }
      const view = await readNetworkView(localProc('/proc'), process.pid, beside, signal)
      if (view === null)
        throw new Error('/proc does not show Isoscope itself')
      const unplaced = view.otherAddresses.length === 0 ? '' : `; it could not be told whose ${view.otherAddresses.join(', ')} is`
      return { value: view.interfaces.map(({ name, addresses }) => ({ name, addresses })), evidence: known('proc', `/proc/self/net of this computer${unplaced}`, 'ip address') }
    },
  },
}

const passwd = async (): Promise<(OwnAccount & { gid: number, home: string, shell: string })[]> =>
  parsePasswd(await readFile('/etc/passwd', 'latin1'))
