import { defineStore } from 'pinia'
import { markRaw, ref, shallowReactive, watch } from 'vue'
import type { IsoscopeClient } from '../../shared/contract/contract'
import { type Problem, ProblemError } from '../../shared/model/problem'
import type { FoundShells, ShellItem, ShellRequest, ShellSize } from '../../shared/model/shell'
import type { Image } from '../../shared/model/image'
import type { ToolboxOffer, ToolboxRequest } from '../../shared/model/toolbox'
import { loadPart } from '../load-part'
import type { Screen } from '../terminal/screen'
import { toProblem, useConnection } from './connection'
import { createShellInput, type ShellInput } from './shell-input'

/** What a person chose for a terminal. */
export type ShellChoice = Pick<ShellRequest, 'shell' | 'user' | 'workingDirectory'>

/** A terminal in a container of its own, beside the one that it belongs to. */
export type ToolboxChoice = Pick<ToolboxRequest, 'image'>

/** A terminal as the page has it, from the moment it was asked for until its tab is closed. */
export interface Shell {
  /** Of its container, from 1. */
  readonly number: number
  readonly containerId: string
  readonly choice: ShellChoice | ToolboxChoice
  state: 'connecting' | 'open' | 'ended' | 'failed'
  /** Once it has ended: what the shell ended with, null where nobody says. */
  exitCode: number | null
  isContainerGone: boolean
  /** There is something on its screen to be read. */
  wasOpen: boolean
  /** Why it failed, or what became of something that was typed. */
  problem: Problem | null
  /** A text that would be run line by line, and waits for the person's word. */
  paste: string | null
  screen: Screen | null
  sessionId: string | null
  readonly stop: AbortController
}

type Opened = Extract<ShellItem, { item: 'opened' }>

/** The terminals of this page, whichever view is shown: each goes on until it ends, its tab is closed, or the page goes away. */
export const useShells = defineStore('shells', () => {
  const connection = useConnection()
  const shells = ref<readonly Shell[]>([])
  /** Which one of a container is shown, by its number. */
  const current = shallowReactive(new Map<string, number>())
  const isForScreenReader = ref(false)

  const of = (containerId: string): Shell[] => shells.value.filter(shell => shell.containerId === containerId)
  const shown = (containerId: string): Shell | null => of(containerId).find(({ number }) => number === current.get(containerId)) ?? null

  const find = async (containerId: string, signal: AbortSignal): Promise<FoundShells | null> =>
    await connection.client?.call('shell.find', { containerId }, { signal }) ?? null

  /** What a toolbox for that container could be. */
  async function lookAround(containerId: string, signal: AbortSignal): Promise<{ offer: ToolboxOffer, images: Image[] } | null> {
    const { client } = connection
    if (!client)
      return null
    const [offer, images] = await Promise.all([client.call('toolbox.offer', { containerId }, { signal }), client.call('images.list', {}, { signal })])
    return { offer, images }
  }

  /** A new one, shown from now on. */
  function open(containerId: string, choice: Shell['choice']): void {
    const { client } = connection
    if (!client)
      return
    const number = Math.max(0, ...of(containerId).map(shell => shell.number)) + 1
    const shell: Shell = shallowReactive({ number, containerId, choice, state: 'connecting', exitCode: null, isContainerGone: false, wasOpen: false, problem: null, paste: null, screen: null, sessionId: null, stop: markRaw(new AbortController()) })
    shells.value = [...shells.value, shell]
    current.set(containerId, number)
    void run(shell, client)
  }

  async function run(shell: Shell, client: IsoscopeClient): Promise<void> {
    const { signal } = shell.stop
    let input: ShellInput | undefined
    /** Typed while it is being opened. */
    let early = ''
    try {
      const { createScreen } = await loadPart(() => import('../terminal/screen'))
      if (signal.aborted)
        return
      const screen = shell.screen = markRaw(createScreen({
        onTyped: (data) => {
          if (input)
            input.type(data)
          else
            early += data
        },
        onResized: (columns, rows) => void resize(shell, client, columns, rows),
        onPaste: text => offerPaste(shell, text),
        onLeave: () => leave(shell),
      }))
      screen.setScreenReader(isForScreenReader.value)
      for await (const item of itemsOf(shell, client, screen.size())) {
        if (item.item === 'opened') {
          input = begin(shell, client, item)
          input.type(early)
        }
        else if (item.item === 'output')
          // The next is asked for when this is drawn: a program is held back, not the page.
          await screen.write(bytesOf(item.base64))
        else
          Object.assign(shell, { state: 'ended', exitCode: item.exitCode, isContainerGone: item.isContainerGone })
      }
    }
    catch (error) {
      if (!signal.aborted)
        Object.assign(shell, { state: 'failed', problem: toProblem(error) })
    }
    finally {
      input?.end()
      shell.sessionId = null
      shell.paste = null
      shell.screen?.setEnded()
    }
  }

  function itemsOf({ containerId, choice, stop: { signal } }: Shell, client: IsoscopeClient, size: ShellSize): AsyncIterable<ShellItem> {
    return 'image' in choice
      ? client.stream('toolbox.open', { containerId, ...choice, ...size }, { signal })
      : client.stream('shell.open', { containerId, ...choice, ...size }, { signal })
  }

  function begin(shell: Shell, client: IsoscopeClient, { sessionId }: Opened): ShellInput {
    Object.assign(shell, { state: 'open', wasOpen: true, sessionId })
    const size = shell.screen?.size()
    if (size)
      void resize(shell, client, size.columns, size.rows)
    return createShellInput(
      data => client.call('shell.write', { sessionId, data }),
      error => { shell.problem = endedBy(error) ? null : toProblem(error) },
    )
  }

  async function resize({ sessionId }: Shell, client: IsoscopeClient, columns: number, rows: number): Promise<void> {
    // One that has just ended has no size any more; whatever else is wrong, the stream says it.
    if (sessionId !== null)
      await client.call('shell.resize', { sessionId, columns, rows }).catch(() => {})
  }

  function offerPaste(shell: Shell, text: string): void {
    if (text.includes('\r') && !shell.screen?.isBracketed())
      shell.paste = text
    else
      shell.screen?.pasted(text)
  }

  /** Types what waits, or forgets it. */
  function decidePaste(shell: Shell, isWanted: boolean): void {
    if (isWanted && shell.paste !== null)
      shell.screen?.pasted(shell.paste)
    shell.paste = null
    shell.screen?.focus()
  }

  /** Closes the tab; what runs in it ends. */
  function close(shell: Shell): void {
    const siblings = of(shell.containerId)
    const at = siblings.indexOf(shell)
    shells.value = shells.value.filter(other => other !== shell)
    const next = siblings[at + 1] ?? siblings[at - 1]
    if (next && current.get(shell.containerId) === shell.number)
      current.set(shell.containerId, next.number)
    shell.stop.abort()
    shell.screen?.dispose()
  }

  /** The same once more, in place of one that has ended. */
  function again(shell: Shell): void {
    const { containerId, choice } = shell
    close(shell)
    open(containerId, choice)
  }

  /** The tab of the terminal takes the keyboard. */
  function leave({ containerId, number }: Shell): void {
    document.getElementById(shellTabId(containerId, number))?.focus()
  }

  watch(isForScreenReader, isOn => shells.value.forEach(({ screen }) => screen?.setScreenReader(isOn)))

  return { shells, current, isForScreenReader, of, shown, find, lookAround, open, close, again, decidePaste }
})

/** Where the keyboard goes when it leaves that terminal. */
export const shellTabId = (containerId: string, number: number): string => `shell-${containerId.slice(0, 12)}-${number}`

/** The stream says it, too. */
const endedBy = (error: unknown): boolean => error instanceof ProblemError && ['SHELL_ENDED', 'SHELL_LOST', 'HOST_LOST'].includes(error.problem.code)

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), character => character.charCodeAt(0))
