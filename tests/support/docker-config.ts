import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes a file below a folder, with the folders that lead to it. */
export function writeBelow(folder: string, path: string, text: string): string {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

/** A context as `docker context create` keeps it in its configuration folder; gives the name of the context's own folders. */
export function addContext(configFolder: string, name: string, docker: object): string {
  const digest = createHash('sha256').update(name).digest('hex')
  writeBelow(configFolder, `contexts/meta/${digest}/meta.json`, JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }))
  return digest
}
