import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWindowState } from '../../../electron/window-state'

const MAIN = { x: 0, y: 24, width: 1920, height: 1056 }
const LEFT = { x: -1280, y: 0, width: 1280, height: 1024 }
const USUAL = { bounds: { x: 320, y: 132, width: 1280, height: 840 }, isMaximized: false, isFullScreen: false, zoomLevel: 0 }
const LEFT_BEHIND = { bounds: { x: 100, y: 200, width: 1000, height: 700 }, isMaximized: true, isFullScreen: false, zoomLevel: 1.5 }

let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'isoscope-window-')) })
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string, displays = [MAIN, LEFT]): unknown {
  const path = join(folder, 'window-state.json')
  writeFileSync(path, text)
  return readWindowState(path, displays)
}

const boundsOf = (bounds: object, displays?: (typeof MAIN)[]): unknown => read(JSON.stringify({ ...LEFT_BEHIND, bounds }), displays)

it('is as it was left', () => {
  expect(read(JSON.stringify(LEFT_BEHIND))).toEqual(LEFT_BEHIND)
})

it('is in the middle of the main display on the first start', () => {
  expect(readWindowState(join(folder, 'none.json'), [MAIN, LEFT])).toEqual(USUAL)
})

it('is no larger than a small display on the first start', () => {
  expect(readWindowState(join(folder, 'none.json'), [{ x: 0, y: 0, width: 1024, height: 700 }]))
    .toEqual({ ...USUAL, bounds: { x: 0, y: 0, width: 1024, height: 700 } })
})

it('stays on a second display, left of the main one', () => {
  expect(boundsOf({ x: -1200, y: 100, width: 900, height: 700 })).toEqual({ ...LEFT_BEHIND, bounds: { x: -1200, y: 100, width: 900, height: 700 } })
})

describe('never lies outside the displays', () => {
  it.each([
    ['moved in when it hangs over an edge', { x: 1800, y: 900, width: 1000, height: 700 }, { x: 920, y: 380, width: 1000, height: 700 }],
    ['made smaller when the display has become smaller', { x: 0, y: 24, width: 5000, height: 4000 }, MAIN],
    ['under the bar at the top', { x: 10, y: -300, width: 1000, height: 700 }, { x: 10, y: 24, width: 1000, height: 700 }],
    ['on the display that shows most of it', { x: -200, y: 100, width: 1000, height: 700 }, { x: 0, y: 100, width: 1000, height: 700 }],
    ['in the middle when its display is gone', { x: 9000, y: 9000, width: 1000, height: 700 }, USUAL.bounds],
    ['in the middle when it was nearly nothing', { x: 10, y: 30, width: 1, height: 1 }, USUAL.bounds],
  ])('%s', (_how, kept, fitted) => {
    expect(boundsOf(kept)).toEqual({ ...LEFT_BEHIND, bounds: fitted })
  })
})

it.each([
  '', '{', 'null', '[]', '7', '"x"', '{}', '\0', JSON.stringify({ ...LEFT_BEHIND, zoomLevel: 1e9 }), JSON.stringify({ ...LEFT_BEHIND, isMaximized: 'yes' }),
  JSON.stringify({ ...LEFT_BEHIND, bounds: { x: Number.NaN, y: 0, width: 900, height: 700 } }), JSON.stringify({ ...LEFT_BEHIND, bounds: { x: 0.5, y: 0, width: 900, height: 700 } }),
  JSON.stringify({ ...LEFT_BEHIND, bounds: { x: 1e12, y: 0, width: 900, height: 700 } }), '{"__proto__":{"bounds":{"x":0,"y":0,"width":900,"height":700}}}', '['.repeat(10_000),
  `${JSON.stringify(LEFT_BEHIND)} `.repeat(20_000),
])('is the usual one when the file holds garbage (%#)', (text) => {
  expect(read(text)).toEqual(USUAL)
})
