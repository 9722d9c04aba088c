import type { z } from 'zod'

/** What has no place in a plan, each as what follows "it will not have". */
export type Losses = Pick<string[], 'push'>

/** Takes what a plan has a place for, and says the rest. */
interface PlanParts {
  readonly one: <T extends z.ZodType>(schema: T, value: unknown, what: string) => z.output<T> | null
  readonly each: <T extends z.ZodType, V>(schema: T, values: readonly V[], what: (value: V) => string) => z.output<T>[]
  /** As the flag's value on a docker line is read; none where it cannot be. */
  readonly read: <T>(parse: (text: string) => T, text: string, what: string) => T[]
}

export const planParts = (lost: Losses): PlanParts => ({
  one: (schema, value, what) => {
    const parsed = schema.safeParse(value)
    if (!parsed.success)
      lost.push(what)
    return parsed.data ?? null
  },
  each: (schema, values, what) => values.flatMap((value) => {
    const parsed = schema.safeParse(value)
    if (parsed.success)
      return [parsed.data]
    lost.push(what(value))
    return []
  }),
  read: (parse, text, what) => {
    try {
      return [parse(text)]
    }
    catch {
      lost.push(what)
      return []
    }
  },
})
