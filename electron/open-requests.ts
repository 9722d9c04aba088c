import { resolve } from 'node:path'
import type { HostCommand } from '../shared/contract/contract'
import { linkedContainer } from './deep-link'

/** What a start asks to be shown: a container or the sample, or a saved snapshot that has yet to be read. */
export type OpenRequest = { kind: 'command', command: HostCommand } | { kind: 'file', path: string }

/**
 * What a command line asks for; the last that says something wins. Whatever is no link, no `*.json` and not `--sample` is for
 * Electron and Chromium, which also put switches of their own on the command line of a second start.
 */
export function requestedOnStart(argv: readonly string[], folder: string): OpenRequest | null {
  return argv.slice(1).map(argument => readArgument(argument, folder)).filter(request => request !== null).at(-1) ?? null
}

function readArgument(argument: string, folder: string): OpenRequest | null {
  if (argument === '--sample')
    return { kind: 'command', command: { command: 'openSample' } }
  if (argument.startsWith('-'))
    return null
  const command = linkedContainer(argument)
  if (command)
    return { kind: 'command', command }
  // A scheme of two letters or more: on Windows one letter is a drive.
  const isAddress = /^[a-z][a-z0-9+.-]+:/i.test(argument)
  return !isAddress && argument.endsWith('.json') ? { kind: 'file', path: resolve(folder, argument) } : null
}
