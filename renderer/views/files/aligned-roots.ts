import type { FileEntry } from '../../../shared/model/files'

/** One name in `/`, on the side or the sides that have it. */
export interface RootName {
  name: string
  inside: FileEntry | null
  host: FileEntry | null
}

export interface AlignedRoots {
  names: RootName[]
  bothCount: number
  insideOnlyCount: number
  hostOnlyCount: number
}

const collator = new Intl.Collator('en', { numeric: true })

/** The names of both roots in one order, so that equal names face each other. A root that is not known has no names here. */
export function alignRoots(inside: readonly FileEntry[] | null, host: readonly FileEntry[] | null): AlignedRoots {
  const byName = new Map<string, RootName>()
  for (const entry of inside ?? [])
    byName.set(entry.name, { name: entry.name, inside: entry, host: null })
  for (const entry of host ?? [])
    byName.set(entry.name, { name: entry.name, inside: byName.get(entry.name)?.inside ?? null, host: entry })
  const names = [...byName.values()].sort((a, b) => collator.compare(a.name, b.name))
  return {
    names,
    bothCount: names.filter(name => name.inside && name.host).length,
    insideOnlyCount: names.filter(name => !name.host).length,
    hostOnlyCount: names.filter(name => !name.inside).length,
  }
}
