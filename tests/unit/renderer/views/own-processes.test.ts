import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import OwnProcesses from '../../../../renderer/views/processes/OwnProcesses.vue'
import { FROM_PROC, UNKNOWN } from '../evidence'
import { mountInPage, readable } from '../mount-page'

const ROWS = [
  { pid: 1, ppid: 0, user: 'root', command: 'launchd' },
  { pid: 431, ppid: 1, user: 'anna', command: 'Terminal' },
  { pid: 502, ppid: 431, user: 'anna', command: 'zsh' },
]
const own = { processes: ROWS, evidence: { processes: FROM_PROC } }
const rows = (): string[] => [...document.querySelectorAll('tbody tr:not([aria-hidden])')].map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent?.trim()).join(' '))

it('lists what runs on this computer, by PID', async () => {
  mountInPage(OwnProcesses, { own, rows: ROWS, isTree: false, closed: new Set() })
  await nextTick()
  expect(rows()).toEqual(['1 0 root launchd', '431 1 anna Terminal', '502 431 anna zsh'])
})

it('is a tree whose branches close', async () => {
  mountInPage(OwnProcesses, { own, rows: ROWS, isTree: true, closed: new Set(['own 431']) })
  await nextTick()
  expect(rows()).toEqual(['launchd 1', 'Terminal 431'])
})

it('says whether none matches or none is known, and why', () => {
  mountInPage(OwnProcesses, { own, rows: [], isTree: false, closed: new Set() })
  expect(readable()).toContain('No process matches')
  mountInPage(OwnProcesses, { own: { processes: null, evidence: { processes: { ...UNKNOWN, unknownBecause: 'ps(1) is not there.' } } }, rows: [], isTree: false, closed: new Set() })
  expect(readable()).toMatch(/No process of this computer is known ?ps\(1\) is not there\./)
})
