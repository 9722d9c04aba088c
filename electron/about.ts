import type { MessageBoxOptions } from 'electron'

interface Versions {
  isoscope: string
  electron: string | undefined
  chromium: string | undefined
  node: string
  /** In words; null: none answers, or it is not known yet. */
  engine: string | null
}

/** The window that says what runs here. Its text can be copied into a report of a fault as it stands. */
export const aboutBox = ({ isoscope, electron, chromium, node, engine }: Versions): MessageBoxOptions => ({
  type: 'info',
  title: 'About Isoscope',
  message: `Isoscope ${isoscope}`,
  detail: [
    'Shows how a Docker container is isolated from its host.',
    '',
    `Electron ${electron ?? 'unknown'}`,
    `Chromium ${chromium ?? 'unknown'}`,
    `Node.js ${node}`,
    `Engine: ${engine ?? 'none reached'}`,
  ].join('\n'),
  buttons: ['Close'],
})
