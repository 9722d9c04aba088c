/** One column of a DataTable. `value` is what is sorted and, without a slot, shown; null is "not known" and sorts last. */
export interface Column<Row> {
  key: string
  label: string
  value: (row: Row) => string | number | null
  /** What is shown, when it is not the value itself. */
  text?: (row: Row) => string
  /** A CSS width; columns without one share what is left. */
  width?: string
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

const collator = new Intl.Collator('en', { numeric: true })

/** The rows in the order of one column; equal rows keep their order, unknown values come last either way. */
export function sortRows<Row>(rows: readonly Row[], column: Column<Row> | undefined, isDescending: boolean): readonly Row[] {
  if (!column)
    return rows
  const direction = isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    const x = column.value(a)
    const y = column.value(b)
    if (x === null || y === null)
      return Number(x === null) - Number(y === null)
    return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)))
  })
}
