import type { z } from 'zod'
import { type Problem, ProblemError } from '../model/problem'
import type { CallContext, Contract, Definition, Handlers } from './define'
import { type HostWire, Request, STREAM_WINDOW } from './wire'

/** Runs no more than this many calls at once for one wire; the rest are refused. */
const MAX_OPEN_CALLS = 64

interface OpenCall {
  readonly abort: AbortController
  credit: number
  wake: () => void
}

export interface ServeOptions {
  /** Hears errors that are not Problems: bugs of ours. The page is told only that there was one. */
  onError: (error: unknown) => void
  /** Whether this wire may change the engine. Where not, an action is refused before its handler hears of it. */
  allowsActions: boolean
}

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown> | AsyncIterable<unknown>

/** Answers the calls of one wire. The only place where a call's input is validated; a closed wire aborts all its calls. */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, wire: HostWire, options: ServeOptions): void {
  const open = new Map<number, OpenCall>()
  const table = new Map<string, { definition: Definition, handler: AnyHandler }>()
  for (const name of Object.keys(contract)) {
    const definition = contract[name]
    // The compiler cannot relate one name's schema to the same name's handler; `Handlers<C>` has already checked it.
    const handler = handlers[name] as AnyHandler | undefined
    if (definition && handler)
      table.set(name, { definition, handler })
  }

  const fail = (id: number, error: unknown): void => {
    wire.send({ frame: 'failure', id, problem: toProblem(error, options.onError) })
  }

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const entry = table.get(name)
    if (!entry)
      return fail(id, new ProblemError({ code: 'CALL_UNKNOWN', what: 'The page asked for a call that this host does not have.', fix: 'Reload the page.' }))
    if (open.has(id) || open.size >= MAX_OPEN_CALLS)
      return fail(id, new ProblemError({ code: 'CALL_REFUSED', what: 'Too many calls are open, or one number was used twice.', fix: 'Wait for answers, or reload the page.' }))
    if (ACTS.includes(entry.definition.kind) && !options.allowsActions)
      return fail(id, new ProblemError(ACTIONS_OFF))
    const parsed = entry.definition.input.safeParse(input)
    if (!parsed.success)
      return fail(id, badInput(name, parsed.error))

    const call: OpenCall = { abort: new AbortController(), credit: STREAM_WINDOW, wake: () => {} }
    open.set(id, call)
    try {
      const answered = entry.handler(parsed.data, { signal: call.abort.signal })
      if (Symbol.asyncIterator in answered) {
        await sendItems(id, call, answered)
      }
      else {
        const value = await answered
        if (!call.abort.signal.aborted)
          wire.send({ frame: 'result', id, value })
      }
    }
    catch (error) {
      if (!call.abort.signal.aborted)
        fail(id, error)
    }
    finally {
      open.delete(id)
    }
  }

  async function sendItems(id: number, call: OpenCall, items: AsyncIterable<unknown>): Promise<void> {
    const { signal } = call.abort
    for await (const value of items) {
      if (signal.aborted)
        return
      wire.send({ frame: 'item', id, value })
      call.credit -= 1
      while (call.credit === 0 && !signal.aborted)
        await new Promise<void>((resolve) => { call.wake = resolve })
    }
    if (!signal.aborted)
      wire.send({ frame: 'end', id })
  }

  function cancel(call: OpenCall): void {
    call.abort.abort()
    call.wake()
  }

  wire.onFrame((frame) => {
    const request = Request.safeParse(frame)
    if (!request.success)
      return
    const { data } = request
    if (data.frame === 'call') {
      void answer(data.id, data.name, data.input)
      return
    }
    const call = open.get(data.id)
    if (!call)
      return
    if (data.frame === 'cancel')
      return cancel(call)
    call.credit += data.count
    call.wake()
  })
  wire.onClose(() => {
    for (const call of open.values())
      cancel(call)
  })
}

const ACTS: readonly Definition['kind'][] = ['action', 'action stream']

const ACTIONS_OFF = {
  code: 'ACTIONS_OFF',
  what: 'Isoscope was started to look only, and changes nothing on the engine.',
  fix: 'Start it with `isoscope serve --allow-actions`, or type the command yourself.',
}

function badInput(name: string, error: z.ZodError): ProblemError {
  const first = error.issues[0]
  const field = first && first.path.length > 0 ? first.path.join('.') : 'input'
  return new ProblemError({
    code: 'CALL_BAD_INPUT',
    what: `${name}: ${field}: ${first?.message ?? 'not valid'}.`,
    fix: 'Correct the field and ask again.',
  })
}

function toProblem(error: unknown, onError: (error: unknown) => void): Problem {
  if (error instanceof ProblemError)
    return error.problem
  onError(error)
  return { code: 'HOST_FAILED', what: 'Isoscope met an error of its own while answering.', fix: 'Try again; the terminal that started Isoscope shows the details.' }
}
