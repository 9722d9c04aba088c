import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { type Column, columnsThatFit, sortRows, type TreeShape } from '../../../../renderer/components/data-table'
import DataTable from '../../../../renderer/components/DataTable.vue'
import { mountInPage, named } from '../mount-page'

interface Row { id: number, name: string | null }
const rows: Row[] = [{ id: 10, name: 'ten' }, { id: 9, name: null }, { id: 2, name: 'two' }]
const columns: Column<Row>[] = [
  { key: 'id', label: 'ID', value: ({ id }) => id },
  { key: 'name', label: 'Name', value: ({ name }) => name },
]
const table = { caption: 'Numbers', columns, rows, rowKey: ({ id }: Row) => String(id), isChoosable: true }

const bodyRows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tbody tr:not([aria-hidden])')]
const texts = (): string[] => bodyRows().map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent?.trim()).join(' '))

async function press(key: string): Promise<void> {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await nextTick()
  await nextTick()
}

describe('sorting', () => {
  it('orders numbers as numbers and keeps what is unknown last, either way', () => {
    expect(sortRows(rows, columns[0], false).map(({ id }) => id)).toEqual([2, 9, 10])
    expect(sortRows(rows, columns[1], false).map(({ name }) => name)).toEqual(['ten', 'two', null])
    expect(sortRows(rows, columns[1], true).map(({ name }) => name)).toEqual(['two', 'ten', null])
  })
})

describe('a narrow table', () => {
  const wide: Column<Row>[] = [
    { key: 'id', label: 'ID', value: ({ id }) => id, width: 64 },
    { key: 'name', label: 'Name', value: ({ name }) => name, width: 80, isSpare: true },
    { key: 'size', label: 'Size', value: ({ id }) => id, width: 88, isSpare: true },
    { key: 'rest', label: 'Rest', value: ({ name }) => name },
  ]
  const keysAt = (width: number): string[] => columnsThatFit(wide, width).map(({ key }) => key)

  it('leaves out what can be spared, the last first, and never the rest', () => {
    expect([Infinity, 328, 327, 240, 239, 10].map(keysAt)).toEqual([
      ['id', 'name', 'size', 'rest'], ['id', 'name', 'size', 'rest'], ['id', 'name', 'rest'], ['id', 'name', 'rest'], ['id', 'rest'], ['id', 'rest'],
    ])
  })
})

describe('a table', () => {
  it('shows unknown for a value that is not known, and writes unseen characters out', async () => {
    mountInPage(DataTable, { ...table, rows: [{ id: 1, name: null }, { id: 2, name: 'a\u202Eb' }] })
    await nextTick()
    expect(texts()).toEqual(['1 unknown', '2 a\\u202eb'])
  })

  it('sorts by a head, then the other way, and says so', async () => {
    mountInPage(DataTable, table)
    named('button', 'ID')[0]?.click()
    await nextTick()
    expect(texts()).toEqual(['2 two', '9 unknown', '10 ten'])
    named('button', /^ID/)[0]?.click()
    await nextTick()
    expect(texts()).toEqual(['10 ten', '9 unknown', '2 two'])
    expect(document.querySelector('th[aria-sort]')?.getAttribute('aria-sort')).toBe('descending')
  })

  it('is reached by one Tab, walked with arrows and chosen from with Enter', async () => {
    const wrapper = mountInPage(DataTable, table)
    await nextTick()
    expect(bodyRows().map(row => row.tabIndex)).toEqual([0, -1, -1])
    bodyRows()[0]?.focus()
    await press('ArrowDown')
    await press('End')
    await press('ArrowUp')
    expect(document.activeElement).toBe(bodyRows()[1])
    await press('Enter')
    expect(wrapper.emitted('choose')).toEqual([[rows[1]]])
  })

  it('marks the row that was chosen elsewhere', async () => {
    mountInPage(DataTable, { ...table, chosenKey: '9' })
    await nextTick()
    expect(bodyRows().map(row => row.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false'])
  })

  it('draws only a part of many rows, and says how many there are', async () => {
    const many = Array.from({ length: 5000 }, (_, id) => ({ id, name: `row ${id}` }))
    mountInPage(DataTable, { ...table, rows: many })
    await nextTick()
    expect(bodyRows().length).toBeGreaterThan(19)
    expect(bodyRows().length).toBeLessThan(80)
    expect(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('5001')
  })
})

describe('a tree', () => {
  const tree: TreeShape<Row> = { column: 'id', level: ({ id }) => id === 10 ? 1 : 2, isOpen: ({ id }) => id === 10 ? true : null }

  it('tells the level of each row and which branches are open', async () => {
    mountInPage(DataTable, { ...table, tree })
    await nextTick()
    expect(bodyRows().map(row => [row.getAttribute('aria-level'), row.getAttribute('aria-expanded')]))
      .toEqual([['1', 'true'], ['2', null], ['2', null]])
  })

  it('asks to close an open branch with the left arrow, and asks nothing of a leaf', async () => {
    const wrapper = mountInPage(DataTable, { ...table, tree })
    await nextTick()
    bodyRows()[0]?.focus()
    await press('ArrowLeft')
    await press('ArrowRight')
    await press('ArrowDown')
    await press('ArrowLeft')
    expect(wrapper.emitted('toggle')).toEqual([[rows[0]]])
  })
})
