import type { z } from 'zod'

/** A question with one answer. */
export interface Query<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'query'
  readonly input: In
  readonly output: Out
}

/** A question whose answer is that something was done to the engine. A host that does not allow that refuses it (`serve`). */
export interface Action<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'action'
  readonly input: In
  readonly output: Out
}

/** A question whose answers keep coming until the asker stops. */
export interface Stream<In extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly input: In
  readonly item: Item
}

/** A stream that changes the engine while it runs, refused like an action where that is not allowed. */
export interface ActionStream<In extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly kind: 'action stream'
  readonly input: In
  readonly item: Item
}

/** Whatever is answered with items. */
type Streamed<In extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> = Stream<In, Item> | ActionStream<In, Item>

export type Definition = Query | Action | Stream | ActionStream
export type Contract = Readonly<Record<string, Definition>>

export const query = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Query<In, Out> =>
  ({ kind: 'query', input, output })

export const action = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Action<In, Out> =>
  ({ kind: 'action', input, output })

export const stream = <In extends z.ZodType, Item extends z.ZodType>(input: In, item: Item): Stream<In, Item> =>
  ({ kind: 'stream', input, item })

export const actionStream = <In extends z.ZodType, Item extends z.ZodType>(input: In, item: Item): ActionStream<In, Item> =>
  ({ kind: 'action stream', input, item })

/** What is called and answered once. */
export type CallName<C extends Contract> = { [N in keyof C & string]: C[N] extends Query | Action ? N : never }[keyof C & string]
export type StreamName<C extends Contract> = { [N in keyof C & string]: C[N] extends Streamed ? N : never }[keyof C & string]

/** What a caller gives, and what a handler gets after it was parsed. */
export type Input<C extends Contract, N extends keyof C> = z.input<C[N]['input']>
type Parsed<C extends Contract, N extends keyof C> = z.output<C[N]['input']>

export type Output<C extends Contract, N extends keyof C> =
  C[N] extends (Query | Action) & { readonly output: infer Out extends z.ZodType } ? z.output<Out> : never
export type Item<C extends Contract, N extends keyof C> =
  C[N] extends Streamed<z.ZodType, infer I> ? z.output<I> : never

/** `signal` aborts when the asker cancels, reloads or goes away: whatever a handler started must end with it. */
export interface CallContext {
  readonly signal: AbortSignal
}

/** One function for each call: a query or an action returns a promise, a stream returns an async iterable. */
export type Handlers<C extends Contract> = {
  [N in keyof C]: C[N] extends Query | Action
    ? (input: Parsed<C, N>, context: CallContext) => Promise<Output<C, N>>
    : (input: Parsed<C, N>, context: CallContext) => AsyncIterable<Item<C, N>>
}

/** What a front end holds, whichever wire it sits on. Failures are thrown as ProblemError. */
export interface Client<C extends Contract> {
  call: <N extends CallName<C>>(name: N, input: Input<C, N>, options?: { signal?: AbortSignal }) => Promise<Output<C, N>>
  stream: <N extends StreamName<C>>(name: N, input: Input<C, N>, options?: { signal?: AbortSignal }) => AsyncIterable<Item<C, N>>
}
