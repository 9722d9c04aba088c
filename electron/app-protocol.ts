import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pagePolicy } from '../shared/contract/page-policy'
import { PAGE_HOST } from './page-address'
import type { Answer, Answerer } from './scheme-answers'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** A file of the page by the path in its address: `/assets/index.js`. */
export type PageFiles = ReadonlyMap<string, { file: string, mediaType: string }>

/** Lists the built page once. A request only ever looks up this list: no address becomes a path on the disk. Links are left out. */
export function listPageFiles(folder: string): PageFiles {
  const files = new Map<string, { file: string, mediaType: string }>()
  const addFolder = (path: string, address: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const mediaType = MEDIA_TYPES[extname(entry.name)]
      if (entry.isDirectory())
        addFolder(join(path, entry.name), `${address}/${entry.name}`)
      else if (entry.isFile() && mediaType !== undefined)
        files.set(`${address}/${entry.name}`, { file: join(path, entry.name), mediaType })
    }
  }
  addFolder(folder, '')
  return files
}

/** Answers GET for the listed files of the page's host; everything else is a bare 404 or 405. */
export function answerPageFiles(files: PageFiles): Answerer {
  return async (method, url) => {
    if (method !== 'GET')
      return refusal(405)
    const found = url.host === PAGE_HOST ? files.get(url.pathname) : undefined
    if (!found)
      return refusal(404)
    return {
      status: 200,
      headers: {
        'Content-Type': found.mediaType,
        'Content-Security-Policy': pagePolicy('\'self\''),
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
      },
      body: await readFile(found.file),
    }
  }
}

const refusal = (status: number): Answer =>
  ({ status, headers: { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' }, body: Buffer.alloc(0) })
