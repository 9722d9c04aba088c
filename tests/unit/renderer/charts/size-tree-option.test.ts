import { expect, it } from 'vitest'
import type { ChartTheme } from '../../../../renderer/charts/chart-theme'
import { sizeTreeOption, unnamedBytes } from '../../../../renderer/charts/size-tree-option'
import type { SizeNode } from '../../../../shared/model/files'

const node = (name: string, sizeBytes: number, children: SizeNode[] = []): SizeNode =>
  ({ name, kind: children.length > 0 ? 'directory' : 'file', sizeBytes, entryCount: children.length, children })
const theme: ChartTheme = { inside: '', outside: '', computer: '', ink: '', inkSoft: '', line: '', lineStrong: '', panel: '', act: '', hatch: '', insideFill: '', outsideFill: '', sans: '', textSmall: 12 }
const dataOf = (folder: SizeNode): unknown => {
  const { series } = sizeTreeOption(folder)(theme)
  return Array.isArray(series) && series[0] && 'data' in series[0] ? series[0].data : undefined
}

it('draws what a folder holds beyond its named parts as one more part, so that areas add up', () => {
  expect(dataOf(node('/', 100, [node('a', 60), node('b', 30)]))).toEqual([
    { name: '0', value: 60, words: 'a\n60 B', isBare: false },
    { name: '1', value: 30, words: 'b\n30 B', isBare: false },
    { name: 'rest', value: 10, words: 'the rest\n10 B', isBare: false },
  ])
})

it('names a part by its place, because two files may share a name', () => {
  expect(dataOf(node('/', 10, [node('lib', 10, [node('x', 5), node('x', 5)])]))).toEqual([
    { name: '0', value: 10, words: 'lib/\n10 B', isBare: false, children: [
      { name: '0/0', value: 5, words: 'x\n5 B', isBare: false },
      { name: '0/1', value: 5, words: 'x\n5 B', isBare: false },
    ] },
  ])
})

it('writes no words on a sliver', () => {
  expect(dataOf(node('/', 100, [node('a', 98), node('b', 2)]))).toMatchObject([{ isBare: false }, { isBare: true }])
})

it('never counts less than nothing as the rest', () => {
  expect(unnamedBytes(node('/', 5, [node('a', 6)]))).toBe(0)
})
