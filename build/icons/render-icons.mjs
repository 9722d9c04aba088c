import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ROOT } from '../launch/build-first.mjs'
import { toIcns } from './icns.mjs'

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Up to this width the drawing that has no detail. */
const SMALL = 48
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * Draws the icons of the packages into out/icons: one PNG for each size, and an .icns of them. Takes the browser of
 * ISOSCOPE_CHROMIUM, else one that is installed; throws when there is none.
 * @returns {Promise<string>} the folder
 */
export async function renderIcons() {
  const folder = join(ROOT, 'out/icons')
  const [large, small] = await Promise.all(['isoscope.svg', 'isoscope-small.svg'].map(name => readFile(join(ROOT, 'build/icons', name), 'utf8')))
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  /** @type {Map<number, Uint8Array>} */
  const pngs = new Map()
  try {
    const page = await browser.newPage()
    for (const size of SIZES) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${size <= SMALL ? small : large}`)
      pngs.set(size, await page.screenshot({ omitBackground: true }))
    }
  }
  finally {
    await browser.close()
  }
  await mkdir(folder, { recursive: true })
  for (const [size, png] of pngs)
    await writeFile(join(folder, `${size}x${size}.png`), png)
  await writeFile(join(folder, 'isoscope.icns'), toIcns(pngs))
  return folder
}

async function findBrowser() {
  const named = process.env['ISOSCOPE_CHROMIUM']
  for (const path of named ? [named] : BROWSERS) {
    if (await stat(path).then(found => found.isFile(), () => false))
      return path
  }
  throw new Error('The icons are drawn by Chrome or Chromium, and none was found: name one in ISOSCOPE_CHROMIUM.')
}
