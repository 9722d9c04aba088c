import type { KnownEndpoint } from '../../shared/model/engine'
import { visibleText } from '../../shared/text/visible-text'
import { pad, shorten, wrap } from './fit'

const WIDTH = 80
const GAP = 2
const MARK = 2
const STATE = 17
const LONGEST_NAME = 26

/** Two or three lines each, within 80 columns: what it is, where, and how it does; then the words of its answer. `*` is asked now. */
export function endpointLines(endpoints: readonly KnownEndpoint[]): string[] {
  const names = endpoints.map(({ endpoint }) => shorten(visibleText(endpoint.origin), LONGEST_NAME))
  const nameWidth = Math.max(...['ENDPOINT', ...names].map(name => [...name].length)) + GAP
  const addressWidth = WIDTH - MARK - nameWidth - STATE
  const line = (mark: string, name: string, address: string, state: string): string =>
    `${pad(mark, MARK)}${pad(name, nameWidth)}${pad(shorten(address, addressWidth - GAP), addressWidth)}${state}`
  return [
    line('', 'ENDPOINT', 'ADDRESS', 'STATE'),
    ...endpoints.flatMap(({ endpoint, isCurrent, isReachable, answer, answeredMs }, index) => [
      line(isCurrent ? '*' : '', names[index] ?? '', visibleText(endpoint.address), isReachable ? `answers, ${answeredMs} ms` : 'no answer').trimEnd(),
      ...wrap(visibleText(answer), WIDTH - MARK - GAP).map(text => `${' '.repeat(MARK + GAP)}${text}`),
    ]),
  ]
}
