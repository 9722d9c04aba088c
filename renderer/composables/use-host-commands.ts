import { ref, type ShallowRef, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { HostCommand } from '../../shared/contract/contract'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from '../stores/connection'
import { useContainers } from '../stores/containers'
import { useSnapshot } from '../stores/snapshot'

const PAGES = { containers: '/', engine: '/engine', lab: '/lab', preferences: '/preferences' } as const
const WHOLE_ID = 64

/**
 * Does what the host's menus, links and files ask for, also while a recording is shown. Call it once, in the page's root.
 * Returns what could not be done; `openHelp` is called for the one page that lies over the others.
 */
export function useHostCommands(openHelp: () => void): ShallowRef<Problem | null> {
  const connection = useConnection()
  const containers = useContainers()
  const snapshot = useSnapshot()
  const router = useRouter()
  const problem = shallowRef<Problem | null>(null)
  /** The beginning of a container's id, until the list that can complete it is there. */
  const wanted = ref<string | null>(null)

  watch(() => connection.hostClient, async (client, _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (!client)
      return
    try {
      for await (const command of client.stream('host.commands', {}, { signal: stop.signal })) {
        problem.value = null
        await perform(command)
      }
    }
    catch (error) {
      if (!stop.signal.aborted && !connection.isStale)
        problem.value = toProblem(error)
    }
  }, { immediate: true })

  async function perform(command: HostCommand): Promise<void> {
    switch (command.command) {
      case 'openContainer': return openContainer(command.idPrefix)
      case 'openSnapshot': return connection.openFile(new File([command.text], command.fileName))
      case 'openSample': return connection.openSample()
      case 'goTo': return goTo(command.page)
      case 'readAgain':
        if (!connection.recording)
          await snapshot.take()
        return
      case 'exportReport':
        if (snapshot.containerId !== null)
          await router.push(addressOf(snapshot.containerId, 'report'))
    }
  }

  async function goTo(page: keyof typeof PAGES | 'help'): Promise<void> {
    if (page === 'help')
      openHelp()
    else
      await router.push(PAGES[page])
  }

  async function openContainer(idPrefix: string): Promise<void> {
    if (connection.recording)
      await connection.closeRecording()
    if (idPrefix.length === WHOLE_ID)
      await router.push(addressOf(idPrefix, 'overview'))
    else
      wanted.value = idPrefix
  }

  watch(() => [wanted.value, containers.at] as const, ([idPrefix, at]) => {
    if (idPrefix === null || at === null)
      return
    wanted.value = null
    const found = containers.containers.filter(({ id }) => id.startsWith(idPrefix))
    const [first] = found
    if (first && found.length === 1)
      void router.push(addressOf(first.id, 'overview'))
    else
      problem.value = notOpened(idPrefix, found.length, containers.problem)
  })

  return problem
}

const addressOf = (id: string, page: 'overview' | 'report'): string => `/containers/${id}/${page}`

function notOpened(idPrefix: string, foundCount: number, listProblem: Problem | null): Problem {
  if (listProblem)
    return { code: 'CONTAINER_NOT_LOOKED_UP', what: `Container ${idPrefix} could not be looked up: ${listProblem.what}`, fix: listProblem.fix }
  if (foundCount > 1)
    return { code: 'CONTAINER_AMBIGUOUS', what: `${foundCount} containers have an id that begins with ${idPrefix}.`, fix: 'Choose one in the list.' }
  return { code: 'CONTAINER_UNKNOWN', what: `This engine has no container whose id begins with ${idPrefix}.`, fix: 'It may have been removed since. Choose another one in the list.' }
}
