import { NAMESPACE_TYPES } from '../../model/namespace-type'
import type { Snapshot } from '../../model/snapshot'
import { namespaceOf } from '../../analysis/namespaces'
import { namespaceSentence } from '../../analysis/verdict'
import { nameList } from '../../text/name-list'
import { NAMESPACE_PURPOSE, WALLS } from '../../text/walls'
import { type Section, orUnknown } from '../document'
import type { Notes } from '../notes'
import { sourcesBlock } from '../sources'

/** The eight namespaces, each with the two inodes that prove its verdict. */
export function namespaceSection(snapshot: Snapshot, notes: Notes): Section {
  const rows = NAMESPACE_TYPES.map((type) => {
    const namespace = namespaceOf(snapshot, type)
    const { glyph, word } = WALLS[namespace?.verdict ?? 'unknown']
    const others = nameList(namespace?.sharedWith.map(({ name }) => name) ?? [])
    return [type, `${word} ${glyph}`, orUnknown(namespace?.container ?? null), orUnknown(namespace?.host ?? null), others || '–', NAMESPACE_PURPOSE[type]]
  })
  return {
    title: 'Namespaces',
    blocks: [
      { kind: 'text', text: `${namespaceSentence(snapshot)} Two processes are in the same namespace exactly when its inode number is the same for both.` },
      {
        kind: 'table',
        caption: 'Verdict and proof for each namespace',
        columns: [
          { head: 'Type', face: 'code', width: 9 }, { head: 'Verdict', width: 13 }, { head: 'Inode, container', face: 'number', side: 'inside', width: 16 },
          { head: 'Inode, host', face: 'number', side: 'outside', width: 14 }, { head: 'Also in it', width: 14 }, { head: 'What it keeps apart' },
        ],
        rows,
      },
      sourcesBlock(snapshot.namespaces.map(({ type, source, hostSource }) =>
        [`${type} namespace`, { ...source, detail: `${source.detail} and ${hostSource.detail}`, command: `${source.command}; ${hostSource.command}` }]), notes),
    ],
  }
}
