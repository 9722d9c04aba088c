/** One column of a DataTable. `value` is what is sorted and, without a slot, shown; null is "not known" and sorts last. */
export interface Column<Row> {
  key: string
  label: string
  value: (row: Row) => string | number | null
  /** What is shown, when it is not the value itself. */
  text?: (row: Row) => string
  /** In pixels; columns without one share what is left. */
  width?: number
  /** Left out where the table is too narrow for all of them, the last one first. */
  isSpare?: true
  /** Holds what is done with a row: nothing to sort by, and its label is for those who hear it. */
  isControl?: true
  align?: 'end'
  isMono?: boolean
  /** Colours the column as inside, outside or this computer's own, everywhere the same. */
  side?: 'inside' | 'outside' | 'own'
}

/** Makes a table a tree: rows are already in order, children after their parent. */
export interface TreeShape<Row> {
  /** 1 is the root's level. */
  level: (row: Row) => number
  /** Null: the row has no children. */
  isOpen: (row: Row) => boolean | null
  /** The column that is indented. */
  column: string
}

export interface Sorting {
  key: string
  isDescending: boolean
}

/** What a column needs that has no width of its own. */
const LEAST_WIDTH = 96

/** The columns that have room in this many pixels; all of them where there is nothing to leave out. */
export function columnsThatFit<Row>(columns: readonly Column<Row>[], width: number): readonly Column<Row>[] {
  const needed = columns.reduce((sum, column) => sum + (column.width ?? LEAST_WIDTH), 0)
  const spare = needed > width ? columns.findLast(({ isSpare }) => isSpare) : undefined
  return spare ? columnsThatFit(columns.filter(column => column !== spare), width) : columns
}

const collator = new Intl.Collator('en', { numeric: true })

/** The rows in the order of one column; equal rows keep their order, unknown values come last either way. */
export function sortRows<Row>(rows: readonly Row[], column: Column<Row> | undefined, isDescending: boolean): readonly Row[] {
  if (!column)
    return rows
  const direction = isDescending ? -1 : 1
  // Each value once: a sort of thousands asks for it a dozen times.
  return rows.map(row => ({ row, value: column.value(row) })).sort(({ value: x }, { value: y }) => {
    if (x === null || y === null)
      return Number(x === null) - Number(y === null)
    return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)))
  }).map(({ row }) => row)
}
