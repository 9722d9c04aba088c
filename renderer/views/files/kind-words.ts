import type { FileKind } from '../../../shared/model/files'

/** What ls(1) tells by its first letter, in words. */
export const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  'file': 'file',
  'directory': 'folder',
  'link': 'link',
  'block-device': 'block device',
  'character-device': 'character device',
  'fifo': 'pipe',
  'socket': 'socket',
  'unknown': 'of a kind that could not be read',
}
