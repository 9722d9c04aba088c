import type { z } from 'zod'

/** A question with one answer. */
export interface Query<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'query'
  readonly input: In
  readonly output: Out
}

/** A question whose answers keep coming until the asker stops. */
export interface Stream<In extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly input: In
  readonly item: Item
}

export type Contract = Readonly<Record<string, Query | Stream>>

export const query = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Query<In, Out> =>
  ({ kind: 'query', input, output })

export const stream = <In extends z.ZodType, Item extends z.ZodType>(input: In, item: Item): Stream<In, Item> =>
  ({ kind: 'stream', input, item })

export type QueryName<C extends Contract> = { [N in keyof C & string]: C[N] extends Query ? N : never }[keyof C & string]
export type StreamName<C extends Contract> = { [N in keyof C & string]: C[N] extends Stream ? N : never }[keyof C & string]

/** What a caller gives, and what a handler gets after it was parsed. */
export type Input<C extends Contract, N extends keyof C> = z.input<C[N]['input']>
type Parsed<C extends Contract, N extends keyof C> = z.output<C[N]['input']>

export type Output<C extends Contract, N extends keyof C> =
  C[N] extends Query<z.ZodType, infer Out> ? z.output<Out> : never
export type Item<C extends Contract, N extends keyof C> =
  C[N] extends Stream<z.ZodType, infer I> ? z.output<I> : never

/** `signal` aborts when the asker cancels, reloads or goes away: whatever a handler started must end with it. */
export interface CallContext {
  readonly signal: AbortSignal
}

/** One function for each call: a query returns a promise, a stream returns an async iterable. */
export type Handlers<C extends Contract> = {
  [N in keyof C]: C[N] extends Query
    ? (input: Parsed<C, N>, context: CallContext) => Promise<Output<C, N>>
    : (input: Parsed<C, N>, context: CallContext) => AsyncIterable<Item<C, N>>
}

/** What a front end holds, whichever wire it sits on. Failures are thrown as ProblemError. */
export interface Client<C extends Contract> {
  call: <N extends QueryName<C>>(name: N, input: Input<C, N>, options?: { signal?: AbortSignal }) => Promise<Output<C, N>>
  stream: <N extends StreamName<C>>(name: N, input: Input<C, N>, options?: { signal?: AbortSignal }) => AsyncIterable<Item<C, N>>
}
