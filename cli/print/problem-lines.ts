import { inspect } from 'node:util'
import type { EngineStatus } from '../../shared/model/engine'
import type { Problem } from '../../shared/model/problem'
import { visibleText } from '../../shared/text/visible-text'

/** What happened and what to do: two lines. */
export function problemLines({ what, fix }: Problem): string[] {
  return [visibleText(what), `  ${visibleText(fix)}`]
}

/** No engine answered: every endpoint that was tried with its answer, then how to start one here. */
export function engineMissingLines({ tried, startSteps }: EngineStatus): string[] {
  return [
    'No Docker engine answered.',
    '',
    'Tried:',
    ...tried.flatMap(({ endpoint, answer }) => [
      `  ${visibleText(endpoint.address)} (${visibleText(endpoint.origin)})`,
      `    ${visibleText(answer)}`,
    ]),
    '',
    'To start one:',
    ...startSteps.flatMap(({ text, command }) => [
      `  ${visibleText(text)}`,
      ...command === null ? [] : [`    ${visibleText(command)}`],
    ]),
  ]
}

/** An error that nobody expected, with its stack: what to send to us. */
export const bugLines = (error: unknown): string[] => inspect(error).split('\n').map(visibleText)
