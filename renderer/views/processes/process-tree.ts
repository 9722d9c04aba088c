/** How rows of one side hang together. */
export interface Kinship<Row> {
  id: (row: Row) => number | null
  parent: (row: Row) => number | null
}

export interface TreeNode<Row> {
  row: Row
  level: number
  /** Null: it has no children here. */
  isOpen: boolean | null
}

/**
 * Rows in the order of a tree, children after their parent by number. A row whose parent is not among the rows is a root, so
 * nothing is lost by filtering; a parent loop, which the kernel does not make but a file may hold, ends at its first repeat.
 */
export function orderAsTree<Row>(rows: readonly Row[], { id, parent }: Kinship<Row>, isClosed: (row: Row) => boolean): TreeNode<Row>[] {
  const ids = new Set(rows.map(id))
  const childrenOf = new Map<number | null, Row[]>()
  const roots: Row[] = []
  for (const row of [...rows].sort((a, b) => (id(a) ?? 0) - (id(b) ?? 0))) {
    const above = parent(row)
    if (above === null || above === id(row) || !ids.has(above))
      roots.push(row)
    else if (childrenOf.has(above))
      childrenOf.get(above)?.push(row)
    else
      childrenOf.set(above, [row])
  }

  const nodes: TreeNode<Row>[] = []
  const seen = new Set<Row>()
  function add(row: Row, level: number): void {
    if (seen.has(row))
      return
    seen.add(row)
    const children = childrenOf.get(id(row)) ?? []
    const isOpen = children.length === 0 ? null : !isClosed(row)
    nodes.push({ row, level, isOpen })
    for (const child of isOpen ? children : [])
      add(child, level + 1)
  }
  for (const root of roots)
    add(root, 1)
  return nodes
}
