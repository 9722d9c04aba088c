import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import CommandLine from '../../../../renderer/components/CommandLine.vue'
import { mountInPage, named, readable } from '../mount-page'

it('puts the command on the clipboard and says so', async () => {
  mountInPage(CommandLine, { command: 'docker ps' })
  named('button', 'Copy: docker ps')[0]?.click()
  await nextTick()
  await nextTick()
  expect(await navigator.clipboard.readText()).toBe('docker ps')
  expect(readable()).toBe('docker psCopied')
})
