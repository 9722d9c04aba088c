import { describe, expect, it } from 'vitest'
import type { NamespaceVerdict } from '../../../../shared/model/namespace'
import type { NamespaceType } from '../../../../shared/model/namespace-type'
import { ViewCommandId } from '../../../../shared/model/two-views'
import { VIEW_COMMANDS } from '../../../../shared/two-views/commands'
import { whyDifferent } from '../../../../shared/two-views/why-different'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

const text = (id: ViewCommandId, type: NamespaceType, verdict: NamespaceVerdict, sharedWith: { id: string, name: string }[] = []): string => whyDifferent(id, nodeappSnapshot((draft) => {
  for (const namespace of draft.namespaces.filter(each => each.type === type))
    Object.assign(namespace, { verdict, sharedWith })
})).text

it('every command has its words, and every name one command', () => {
  expect(VIEW_COMMANDS.map(({ id }) => id).sort()).toEqual([...ViewCommandId.options].sort())
  for (const id of ViewCommandId.options)
    expect(whyDifferent(id, nodeappSnapshot()).text).toMatch(/^[A-Z].*\.$/)
})

describe('a wall', () => {
  it('that stands makes the difference', () => {
    expect(text('ps', 'pid', 'private')).toMatch(/^The PID namespace makes the difference\. Inside, \/proc has the processes of that namespace alone/)
    expect(text('hostname', 'uts', 'private')).toMatch(/^The UTS namespace makes the difference/)
  })

  it('that does not stand makes none', () => {
    expect(text('ps', 'pid', 'host')).toBe('No wall stands here: the container has the host’s own PID namespace. So ps inside lists the host’s processes, with the host’s numbers.')
    expect(text('id', 'user', 'host')).toContain('0 inside is the host’s root')
    expect(text('ip', 'net', 'host')).toContain('So both list the same interfaces.')
  })

  it('that another container is behind, too, is named with it', () => {
    expect(text('ip', 'net', 'shared', [{ id: 'a'.repeat(64), name: 'db' }])).toMatch(/^The network namespace makes the difference, and db has the same one\./)
  })

  it('of which nothing is known is not claimed', () => {
    expect(whyDifferent('ps', stoppedSnapshot()).text).toBe('Whether a wall makes the difference is not known: The container is not running.')
  })
})

describe('what no namespace covers', () => {
  it('is the same on both sides, and the control group counts', () => {
    expect(whyDifferent('free', nodeappSnapshot((draft) => { draft.cgroup.memory.limitBytes = 64 * 1024 ** 2 })).text).toMatch(/^The same machine’s memory on both sides.*its control group: it may have 64\.0 MiB\.$/)
    expect(whyDifferent('free', nodeappSnapshot((draft) => { draft.cgroup.memory.limitBytes = null })).text).toContain('its limit could not be read')
    expect(whyDifferent('nproc', nodeappSnapshot((draft) => { draft.cgroup.cpu.limitCpus = 0.5 })).text).toContain('it may use 0.5 processors')
    expect(whyDifferent('nproc', nodeappSnapshot((draft) => { draft.cgroup.cpu.limitCpus = 'unlimited' })).text).toContain('it has no limit')
  })

  it('is what a file says that is mounted over the kernel\'s', () => {
    expect(whyDifferent('free', nodeappSnapshot((draft) => {
      const [first] = draft.files.mounts
      if (first)
        draft.files.mounts.push({ ...first, destination: '/proc/meminfo' })
    })).text).toMatch(/^A file is mounted over \/proc\/meminfo inside/)
  })
})

it('in a sandbox the kernel is another one', () => {
  expect(whyDifferent('free', nodeappSnapshot((draft) => {
    draft.container.runtime = 'runsc'
    draft.engine.runtimes = [{ name: 'runsc', program: '/usr/bin/runsc' }]
  })).text).toMatch(/^gVisor makes the difference/)
})
