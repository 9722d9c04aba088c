import { expect, it } from 'vitest'
import { collectReportedByPodman } from '../../../../engine/collect/reported-by-podman'
import { sceneOf } from '../../../support/scene'

const scene = sceneOf({}, null)
const never = new AbortController().signal

/** `GET /containers/{id}/top` of Podman 4.3.1, by the columns that were asked for. */
function podman(answers: Readonly<Record<string, string[][]>>, container = scene.container) {
  const asked: string[] = []
  const docker = { ...scene.docker, top: async (_: string, columns: string) => {
    asked.push(columns)
    return { Titles: [], Processes: answers[columns] ?? [] }
  } }
  return { asked, ask: () => collectReportedByPodman(docker, container, never) }
}

const NUMBERS = [['1', '0', '9253', 'S', '1376'], ['6', '1', '?', 'Z', '0']]
const ANSWERS = {
  'pid,ppid,hpid,state,rss': NUMBERS,
  'user,pid': [['root', '1'], ['1000', '6']],
  'huser,pid': [['alice', '1'], ['100999', '6']],
  'comm,pid': [['busybox', '1'], ['a', 'b', '6']],
  'args,pid': [['/bin/busybox sleep 1001', '1'], ['[a]', '6']],
}

it('has both PIDs, and the users by name or number', async () => {
  const { ask, asked } = podman(ANSWERS)
  const reported = await ask()
  expect(reported).toMatchObject({
    isWhole: true,
    processes: [
      { pid: 1, ppid: 0, hostPid: 9253, hostPpid: null, uid: null, user: 'root', hostUid: null, hostUser: 'alice', owner: 'unknown', state: 'S', command: 'busybox', args: ['/bin/busybox sleep 1001'], rssBytes: 1_409_024 },
      { pid: 6, ppid: 1, hostPid: null, uid: 1000, user: null, hostUid: 100_999, hostUser: null, state: 'Z', command: expect.stringMatching(/^a.*b$/) },
    ],
  })
  // With an option of ps(1), or a column that it does not know, Podman starts the image's own ps in the container.
  expect(asked.filter(columns => !/^(?:pid|ppid|hpid|state|rss|user|huser|comm|args)(?:,(?:pid|ppid|hpid|state|rss))*$/.test(columns))).toEqual([])
})

it('has one PID for both sides in the PID namespace of the machine, where Podman finds none on the host, or another\'s', async () => {
  const { ask } = podman(ANSWERS, { ...scene.container, modes: { ...scene.container.modes, pid: 'host' } })
  expect(await ask()).toMatchObject({ processes: [{ pid: 1, hostPid: 1 }, { pid: 6, hostPid: 6 }] })
})

it('is not asked about a paused container, for which it has no answer', async () => {
  const { ask, asked } = podman(ANSWERS, { ...scene.container, state: 'paused' })
  expect([await ask(), asked]).toEqual([{ because: 'Podman does not tell what is in a paused container' }, []])
})

it('believes no name where one of them makes another line', async () => {
  const { ask } = podman({ ...ANSWERS, 'comm,pid': [['evil', '1'], ['tail', '6'], ['sleep', '1']] })
  expect(await ask()).toMatchObject({ processes: [{ pid: 1, command: '?' }, { pid: 6, command: '?' }] })
})
