import { Buffer } from 'node:buffer'
import { networkInterfaces } from 'node:os'
import { known } from '../collect/scene'
import { parseMacosPs } from '../parse/macos-ps'
import { parseMacosUsers } from '../parse/macos-dscl'
import { textFromBytes } from '../parse/raw-name'
import { runProgram } from '../sources/run-program'
import type { Platform } from './platform'

const PS = ['-axwwo', 'pid=,ppid=,user=,comm=']
const DSCL = ['.', '-list', '/Users', 'UniqueID']

/** macOS has no /proc: its own programs tell. */
export const darwin: Platform = {
  operatingSystem: async (signal) => {
    const { text } = await runProgram('sw_vers', ['-productVersion'], signal)
    return /^[\d.]+$/.test(text.trim()) ? `macOS ${text.trim()}` : null
  },
  processes: {
    command: `ps ${PS.join(' ')}`,
    ask: async (signal) => {
      const { text, pid } = await runProgram('ps', PS, signal)
      return { value: parseMacosPs(text).filter(row => row.pid !== pid), evidence: known('system', 'ps of this computer, itself left out', `ps ${PS.join(' ')}`) }
    },
  },
  users: {
    command: `dscl ${DSCL.join(' ')}`,
    ask: async (signal) => {
      const { text } = await runProgram('dscl', DSCL, signal)
      return { value: parseMacosUsers(text), evidence: known('system', 'the directory service of this computer', `dscl ${DSCL.join(' ')}`) }
    },
  },
  interfaces: {
    command: 'ifconfig',
    // libuv's uv_interface_addresses leaves out what is not both up and running.
    ask: async () => ({
      value: Object.entries(networkInterfaces()).map(([name, addresses]) => ({
        name: textFromBytes(Buffer.from(name)),
        addresses: (addresses ?? []).map(({ address, cidr }) => cidr ?? address),
      })),
      evidence: known('system', 'getifaddrs(3) of this computer: the interfaces that are up, running and have an address', 'ifconfig'),
    }),
  },
}
