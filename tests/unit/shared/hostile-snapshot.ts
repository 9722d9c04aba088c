import type { Snapshot } from '../../../shared/model/snapshot'
import { nodeappSnapshot } from './nodeapp-snapshot'

/** Markup, a quote of each kind, an end of a style sheet, a terminal escape, a bidi override, a zero-width space, Markdown, a table's pipe. */
export const HOSTILE = '</style><script>window.__pwn=1</script><img src=x onerror=alert(1)> "\'`&amp; \u001B[31m\u202Egpj.exe\u200B | [x](javascript:1) @import url(//evil)'

/** The plain container with a stranger's words wherever a container can put some, and more of everything than a page can hold. */
export const hostileSnapshot = (): Snapshot => nodeappSnapshot((draft) => {
  const { container, files, network, users } = draft
  Object.assign(container, { name: HOSTILE, image: HOSTILE, command: HOSTILE, user: HOSTILE, status: HOSTILE, appArmorProfile: HOSTILE, restartPolicy: HOSTILE })
  container.labels = [{ name: HOSTILE, value: HOSTILE.repeat(400) }]
  container.environment = Array.from({ length: 5000 }, (_, index) => ({ name: `${HOSTILE}_${index}`, looksSecret: index % 2 === 0 }))
  container.mounts = [{ type: 'bind', source: `/etc/${HOSTILE}`, destination: `/${HOSTILE}`, isReadOnly: false, propagation: 'rshared' }]
  container.capabilitiesAdded = [HOSTILE]
  container.securityOptions = [`seccomp=${HOSTILE}`]
  draft.processes = draft.processes.flatMap(process => Array.from({ length: 2500 }, (_, index) =>
    ({ ...process, pid: index, hostPid: 50_000 + index, command: HOSTILE, args: [HOSTILE, 'A'.repeat(4000)], user: HOSTILE })))
  draft.hostProcesses = Array.from({ length: 5000 }, (_, index) => ({
    pid: index + 1, ppid: 1, uid: 0, user: HOSTILE, containerId: null, containerName: HOSTILE, state: 'S', command: HOSTILE, args: ['x'.repeat(4000), HOSTILE],
    startedAt: null, startedAtTicks: null, rssBytes: index, cpuSeconds: null, threadCount: null,
  }))
  draft.processCounts = { inside: 5000, host: 1_234_567 }
  const paths = Array.from({ length: 5000 }, (_, index) => `/${HOSTILE}/${index}`)
  files.changes = { added: paths, changed: paths, deleted: paths, counts: { added: 70_000, changed: 5000, deleted: 5000 } }
  files.rootInside = Array.from({ length: 5000 }, (_, index) => ({ name: `${HOSTILE}${index}`, kind: 'file', sizeBytes: 1, linkTarget: HOSTILE }))
  files.sizeTree = { name: '/', kind: 'directory', sizeBytes: 2 ** 40, entryCount: 5, children: [{ name: HOSTILE, kind: 'directory', sizeBytes: 2 ** 40, entryCount: 5, children: [] }] }
  files.mounts = Array.from({ length: 500 }, (_, index) => ({
    destination: `/${HOSTILE}/${index}`, source: HOSTILE, hostPath: `/${'deep/'.repeat(700)}`, fileSystem: HOSTILE, isReadOnly: false, options: HOSTILE, propagation: 'shared', isDeclared: true,
  }))
  draft.workingDirectory = { inside: `/${HOSTILE}`, onHost: `/${'long/'.repeat(800)}` }
  draft.hostname = { inside: HOSTILE, host: HOSTILE }
  network.mode = HOSTILE
  network.attached = [{ name: HOSTILE, address: HOSTILE, gateway: HOSTILE }]
  for (const found of network.inside?.interfaces ?? [])
    Object.assign(found, { name: HOSTILE, macAddress: HOSTILE, state: HOSTILE, addresses: Array.from({ length: 300 }, () => HOSTILE) })
  users.inside = Array.from({ length: 5000 }, (_, index) => ({ name: `${HOSTILE}${index}`, uid: index, gid: 0, home: HOSTILE, shell: HOSTILE }))
  draft.security.lsmLabel = HOSTILE
  for (const namespace of draft.namespaces.slice(0, 2))
    Object.assign(namespace, { verdict: 'shared', sharedWith: Array.from({ length: 40 }, () => ({ id: 'ab'.repeat(32), name: HOSTILE })) })
  draft.evidence.cgroup = { source: 'none', detail: HOSTILE, command: HOSTILE, unknownBecause: HOSTILE, step: null, missingStep: 'root' }
  draft.problems = Array.from({ length: 30 }, () => ({ code: 'PROC_DENIED', what: HOSTILE, fix: HOSTILE }))
})
