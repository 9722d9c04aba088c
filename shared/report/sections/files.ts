import type { FileChanges, FileEntry, Mount, SizeNode } from '../../model/files'
import type { Snapshot } from '../../model/snapshot'
import { clipText } from '../../text/clip-text'
import { countOf } from '../../text/count-of'
import { formatBytes } from '../../text/format-bytes'
import { formatCount } from '../../text/format-count'
import { type Block, type Column, type Section, UNKNOWN } from '../document'
import type { Notes } from '../notes'
import { sourcesOf } from '../sources'

const ROOT_LIMIT = 60
const FOLDER_LIMIT = 10
const CHANGE_LIMIT = 60
const MOUNT_LIMIT = 80
const NAME_LIMIT = 160

/** The two roots, what takes the space, what changed since the image, and what is mounted. */
export function fileSection(snapshot: Snapshot, notes: Notes): Section {
  const { files } = snapshot
  const size = files.sizeBytes === null || files.entryCount === null
    ? 'How much the root file system holds could not be read.'
    : `The root file system holds ${files.isComplete ? '' : 'at least '}${countOf(files.entryCount, 'entry', 'entries')} and ${formatBytes(files.sizeBytes)}; other mounts are not counted.`
  return {
    title: 'Files',
    blocks: [
      { kind: 'text', text: size },
      ...files.sizeTree ? [sizeBars(files.sizeTree)] : [],
      roots(files.rootInside, files.rootHost),
      ...changes(files.changes),
      mounts(files.mounts, snapshot.evidence['files.mounts'].unknownBecause === null),
      sourcesOf(snapshot, notes, ['files.size', 'files.rootInside', 'files.rootHost', 'files.changes', 'files.mounts', 'workingDirectory.inside', 'workingDirectory.onHost']),
    ],
  }
}

function sizeBars(tree: SizeNode): Block {
  const largest = [...tree.children].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, FOLDER_LIMIT)
  return {
    kind: 'bars',
    caption: tree.children.length > FOLDER_LIMIT ? `The ${FOLDER_LIMIT} largest of ${formatCount(tree.children.length)} names in / by size` : 'The names in / by size',
    bars: largest.map(({ name, kind, sizeBytes, entryCount }) => ({
      label: clipText(`/${name}`, 24),
      side: 'inside',
      value: sizeBytes,
      text: kind === 'directory' ? `${formatBytes(sizeBytes)} in ${countOf(entryCount, 'entry', 'entries')}` : formatBytes(sizeBytes),
    })),
    scale: Math.max(0, ...largest.map(({ sizeBytes }) => sizeBytes)),
  }
}

/** Which names both roots have, and which only one: the same name is not the same file. */
function roots(inside: FileEntry[] | null, host: FileEntry[] | null): Block {
  const columns: Column[] = [{ head: 'Where', width: 16 }, { head: 'Names', face: 'number', width: 10 }, { head: 'What they are', face: 'code' }]
  const caption = 'What is in / on each side'
  const row = (where: string, entries: FileEntry[] | null): string[] => [where, entries ? formatCount(entries.length) : UNKNOWN, entries ? nameList(entries) : UNKNOWN]
  if (!inside || !host)
    return { kind: 'table', caption, columns, rows: [row('Inside', inside), row('Host', host)] }
  const without = (entries: FileEntry[], others: FileEntry[]): FileEntry[] => {
    const names = new Set(others.map(({ name }) => name))
    return entries.filter(({ name }) => !names.has(name))
  }
  const [onlyInside, onlyHost] = [without(inside, host), without(host, inside)]
  return {
    kind: 'table',
    caption: `${caption}: ${countOf(inside.length, 'name')} inside, ${formatCount(host.length)} on the host`,
    columns,
    rows: [row('Only inside', onlyInside), row('Only on the host', onlyHost), row('On both sides', without(inside, onlyInside))],
  }
}

function nameList(entries: FileEntry[]): string {
  const names = entries.map(({ name, kind }) => clipText(`${name}${kind === 'directory' ? '/' : ''}`, NAME_LIMIT)).sort()
  const more = names.length - ROOT_LIMIT
  return `${names.slice(0, ROOT_LIMIT).join('  ') || '–'}${more > 0 ? ` and ${formatCount(more)} more` : ''}`
}

function changes(found: FileChanges | null): Block[] {
  if (!found)
    return [{ kind: 'text', text: 'What changed since the image could not be read.' }]
  const { counts } = found
  const total = counts.added + counts.changed + counts.deleted
  const summary = `Since the image ${formatCount(counts.added)} were added, ${formatCount(counts.changed)} changed and ${formatCount(counts.deleted)} deleted. Volumes and other mounts are not part of this.`
  if (total === 0)
    return [{ kind: 'text', text: 'Nothing differs from the image. Volumes and other mounts are not part of this.' }]
  const row = (word: string) => (path: string): string[] => [word, clipText(path, NAME_LIMIT)]
  const rows = [...found.added.map(row('added')), ...found.changed.map(row('changed')), ...found.deleted.map(row('deleted'))].slice(0, CHANGE_LIMIT)
  return [
    { kind: 'text', text: summary },
    { kind: 'table', caption: 'What differs from the image', columns: [{ head: 'Change', width: 16 }, { head: 'Path', face: 'code', side: 'inside' }], rows, omitted: Math.max(0, total - rows.length), noun: 'paths' },
  ]
}

/** What was asked for first, because only that can lead to the host's files. Not `isKnown`: these need not be all. */
function mounts(found: Mount[], isKnown: boolean): Block {
  if (found.length === 0 && !isKnown)
    return { kind: 'text', text: 'The mounts could not be read.' }
  const sorted = [...found].sort((a, b) => Number(b.isDeclared) - Number(a.isDeclared))
  return {
    kind: 'table',
    caption: isKnown ? 'Mounts' : 'Mounts that are known; there may be others',
    columns: [
      { head: 'Inside', face: 'code', side: 'inside', width: 24 }, { head: 'On the host', face: 'code', side: 'outside' }, { head: 'Type', face: 'code', width: 11 },
      { head: 'Access', width: 10 }, { head: 'Propagation', width: 11 }, { head: 'Made by', width: 14 },
    ],
    rows: sorted.slice(0, MOUNT_LIMIT).map(mount => [
      clipText(mount.destination, NAME_LIMIT), mount.hostPath === null ? '–' : clipText(mount.hostPath, NAME_LIMIT), mount.fileSystem,
      mount.isReadOnly ? 'read-only' : 'writable', mount.propagation, mount.isDeclared ? 'whoever ran it' : 'the engine',
    ]),
    omitted: Math.max(0, found.length - MOUNT_LIMIT),
    noun: 'mounts',
  }
}
