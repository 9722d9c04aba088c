import { useVirtualizer } from '@tanstack/vue-virtual'
import { computed, type ComputedRef, type Ref } from 'vue'

/** Rows that are drawn although they are just out of view, so that scrolling shows no empty edge. */
const OVERSCAN = 16

interface RowWindow<Row> {
  /** The rows to draw, each with its place among all of them. */
  visible: ComputedRef<{ row: Row, index: number }[]>
  /** Pixels that stand for the rows before and after. */
  above: ComputedRef<number>
  below: ComputedRef<number>
  scrollTo: (index: number, align: 'auto' | 'center') => void
}

interface RowWindowShape {
  /** Pixels of one row. */
  rowHeight: number
  /** Pixels that a head covers at the upper edge. */
  headHeight: number
}

/** The part of a long list that can be seen in `scroller`. */
export function useRowWindow<Row>(scroller: Readonly<Ref<HTMLElement | null>>, rows: ComputedRef<readonly Row[]>, { rowHeight, headHeight }: RowWindowShape): RowWindow<Row> {
  const virtualizer = useVirtualizer(computed(() => ({
    count: rows.value.length,
    getScrollElement: () => scroller.value,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: headHeight,
    initialRect: { width: 0, height: 800 },
  })))
  const items = computed(() => virtualizer.value.getVirtualItems())
  return {
    visible: computed(() => items.value.flatMap(({ index }) => {
      const row = rows.value[index]
      return row === undefined ? [] : [{ row, index }]
    })),
    above: computed(() => items.value[0]?.start ?? 0),
    below: computed(() => virtualizer.value.getTotalSize() - (items.value.at(-1)?.end ?? 0)),
    scrollTo: (index, align) => virtualizer.value.scrollToIndex(index, { align }),
  }
}
