import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { createKeeper, readKept } from './kept-file'

const Pixels = z.number().int().min(-100_000).max(100_000)
/** Chromium's own range: 25 % to 500 %, in powers of 1.2. */
const ZOOM = { min: -8, max: 9 }

const WindowState = z.object({
  bounds: z.object({ x: Pixels, y: Pixels, width: Pixels, height: Pixels }),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
  zoomLevel: z.number().min(ZOOM.min).max(ZOOM.max),
})
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST = { width: 800, height: 560 }
const FIRST = { width: 1280, height: 840 }
/** A window that is dragged speaks up for each pixel. */
const SETTLED_MS = 500

/**
 * How the window was left, fitted into the displays that are there now; the usual one when the file is missing or is not what this
 * program wrote. `workAreas`: the displays without their bars, the main one first.
 */
export function readWindowState(path: string, workAreas: readonly Rectangle[]): WindowState {
  const kept = readKept(path, WindowState)
  return kept.state === 'read'
    ? { ...kept.value, bounds: fitInto(workAreas, kept.value.bounds) }
    : { bounds: inTheMiddle(workAreas[0]), isMaximized: false, isFullScreen: false, zoomLevel: 0 }
}

/** Moved and made smaller until it lies in the display that shows most of it; in the middle of the main one when none shows any. */
function fitInto(workAreas: readonly Rectangle[], bounds: Rectangle): Rectangle {
  const [best] = [...workAreas].sort((a, b) => overlap(b, bounds) - overlap(a, bounds))
  if (!best || overlap(best, bounds) === 0 || bounds.width < SMALLEST.width || bounds.height < SMALLEST.height)
    return inTheMiddle(workAreas[0])
  const width = Math.min(bounds.width, best.width)
  const height = Math.min(bounds.height, best.height)
  return { x: within(bounds.x, best.x, best.x + best.width - width), y: within(bounds.y, best.y, best.y + best.height - height), width, height }
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(width, 0) * Math.max(height, 0)
}

function inTheMiddle(area: Rectangle = { x: 0, y: 0, ...FIRST }): Rectangle {
  const width = Math.min(FIRST.width, area.width)
  const height = Math.min(FIRST.height, area.height)
  return { x: area.x + Math.round((area.width - width) / 2), y: area.y + Math.round((area.height - height) / 2), width, height }
}

/**
 * Puts the window as it was, and writes down how it is: a while after every change, and when it closes. Gives what resolves
 * when the last of it is written. `onFailed` hears when it could not be; the window goes on without.
 */
export function keepWindowState(window: BrowserWindow, path: string, before: WindowState, onFailed: (error: unknown) => void): () => Promise<void> {
  const keep = createKeeper(path)
  const { webContents } = window
  let settling: NodeJS.Timeout | undefined
  let written: Promise<void> = Promise.resolve()

  function write(): void {
    clearTimeout(settling)
    const state: WindowState = {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
      zoomLevel: within(webContents.getZoomLevel(), ZOOM.min, ZOOM.max),
    }
    written = keep(state).catch(onFailed)
  }
  const settle = (): void => {
    clearTimeout(settling)
    settling = setTimeout(write, SETTLED_MS)
  }

  // A page that is loaded anew begins with the zoom that Chromium has for its origin.
  webContents.once('did-finish-load', () => webContents.setZoomLevel(before.zoomLevel))
  window.once('show', () => {
    if (before.isMaximized)
      window.maximize()
    if (before.isFullScreen)
      window.setFullScreen(true)
  })
  window.on('resize', settle)
  window.on('move', settle)
  window.on('close', write)
  window.on('closed', () => clearTimeout(settling))
  return () => written
}
