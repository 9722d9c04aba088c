import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { ProblemError } from '../../shared/model/problem'

export interface PageFile {
  body: Buffer
  mediaType: string
  cacheControl: string
}

/** The whole site: the exact request path of each file. No path of a request is ever joined to a folder. */
export type PageFiles = ReadonlyMap<string, PageFile>

const MEDIA_TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
])

/** Vite writes a hash of the content into the names in `assets/`, so those never change. */
function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store'
}

/** Reads the built page into memory; files of other types (source maps) are left out. Throws ProblemError when it was not built. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, PageFile>()
  for (const entry of entries) {
    const mediaType = MEDIA_TYPES.get(extname(entry.name))
    if (!entry.isFile() || !mediaType)
      continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path, { body: await readFile(file), mediaType, cacheControl: cacheControl(path) })
  }
  const index = files.get('/index.html')
  if (!index)
    throw new ProblemError({ code: 'PAGE_MISSING', what: 'The page of Isoscope is not beside this program.', fix: 'In a checkout, run "npm run build" first; otherwise install Isoscope again.' })
  return files.set('/', index)
}
