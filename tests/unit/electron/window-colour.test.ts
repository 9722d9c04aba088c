import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const source = (path: string): string => readFileSync(resolve(import.meta.dirname, '../../..', path), 'utf8')

it('gives the window the page\'s own colours before its first paint', () => {
  const [, light, dark] = source('renderer/styles/tokens.css').match(/--page: light-dark\((#\w+), (#\w+)\)/) ?? []
  expect(source('electron/window.ts')).toContain(`BACKGROUND = { light: '${light}', dark: '${dark}' }`)
})
