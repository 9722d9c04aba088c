import type { NamespaceVerdict } from '../model/namespace'

type Field = 'inside' | 'outside' | 'neither'
type Stroke = 'wall' | 'door' | 'absent' | 'paper' | 'hatch'

/** One wall on a grid of 32 by 24: the field on either side of x = 16, and the marks upon them as paths of SVG. */
export interface WallDrawing {
  readonly left: Field
  readonly right: Field
  readonly marks: readonly { readonly stroke: Stroke, readonly path: string }[]
}

/**
 * The four states as the page and the report draw them alike; each is told by its pattern alone. Without a wall the host's
 * field covers both sides, and what is unknown has no colour of either.
 */
export const WALL_DRAWINGS: Readonly<Record<NamespaceVerdict, WallDrawing>> = {
  private: { left: 'inside', right: 'outside', marks: [{ stroke: 'wall', path: 'M13 0h6v24h-6z' }] },
  shared: { left: 'inside', right: 'outside', marks: [{ stroke: 'wall', path: 'M13 0h6v7h-6zM13 18h6v6h-6z' }, { stroke: 'door', path: 'M16 18L25 11' }] },
  host: { left: 'outside', right: 'outside', marks: [{ stroke: 'absent', path: 'M16 1V24' }] },
  unknown: {
    left: 'neither',
    right: 'neither',
    marks: [{ stroke: 'paper', path: 'M11 0h10v24h-10z' }, { stroke: 'hatch', path: 'M11 5L16 0M11 11L21 1M11 17L21 7M11 23L21 13M16 24L21 19' }],
  },
}
