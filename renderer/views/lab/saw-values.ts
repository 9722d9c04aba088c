import { changedWalls } from '../../../shared/lab/check-step'
import type { LabFacts } from '../../../shared/model/lab'
import type { Limit } from '../../../shared/model/cgroup'
import { visibleText } from '../../../shared/text/visible-text'

/** What the sentences need of the page's language. */
export interface Words { readonly say: (name: string) => string, readonly bytes: (value: number) => string }

/** What was measured, for the placeholders of a step's sentence; what is not known is said to be so. */
export function sawValues(facts: LabFacts, { say, bytes }: Words): Record<string, string | number> {
  const known = <T extends string | number>(value: T | null): string | number => typeof value === 'string' ? visibleText(value) : value ?? say('unknown')
  const limit = (value: Limit): string | number => value === 'unlimited' ? say('table.unlimited') : value === null ? say('unknown') : bytes(value)
  switch (facts.step) {
    case 'build':
      return { images: facts.ownImages }
    case 'run':
      return { kernelInside: known(facts.kernelInside), kernelHost: known(facts.kernelHost), ms: known(facts.tookMs) }
    case 'list':
      return { rows: facts.rows.length, count: known(facts.hostProcesses) }
    case 'enter':
      return { pidInside: pid(facts.pidInside, say), pidOutside: pid(facts.pidOutside, say), name: known(facts.name) }
    case 'count':
      return { inside: known(facts.inside), host: known(facts.host) }
    case 'pids':
      return { first: pid(facts.first, say) }
    case 'roots':
      return { common: known(facts.common), inside: known(facts.inside), outside: known(facts.outside) }
    case 'hostname':
      return { inside: known(facts.inside), outside: known(facts.outside) }
    case 'users':
      return { uid: pid(facts.uid, say), user: known(facts.user), hostUid: pid(facts.hostUid, say), hostUser: known(facts.hostUser), wall: say(`verdicts.${facts.wall}`) }
    case 'interfaces':
      return { inside: facts.inside === null ? say('unknown') : facts.inside.map(visibleText).join(', ') || say('none'), outside: known(facts.outside?.length ?? null) }
    case 'pid-host':
    case 'network-host':
    case 'memory':
      return { changed: changedWalls(facts.walls).length, different: facts.differences.length, same: facts.sameCount, plain: limit(facts.memory.plain), turned: limit(facts.memory.turned) }
    case 'clean':
      return { containers: facts.removed.containers.join(', ') || say('none'), images: facts.removed.images, left: facts.left.length }
  }
}

/** A number that names something is not grouped as an amount is. */
const pid = (value: number | null, say: Words['say']): string => value === null ? say('unknown') : String(value)
