import { nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { HELPER_PAGE } from '../../../../renderer/components/helper-page'
import UnknownValue from '../../../../renderer/components/UnknownValue.vue'
import { UNKNOWN } from '../evidence'
import { mountInPage, named, readable } from '../mount-page'

const links = (): [string | null, string | undefined][] => [...document.querySelectorAll('a')].map(link => [link.textContent, link.dataset['to']])

async function ask(step: typeof UNKNOWN.missingStep, page: string | null): Promise<void> {
  mountInPage(UnknownValue, { evidence: { ...UNKNOWN, missingStep: step } }, { provide: { [HELPER_PAGE]: ref(page) } })
  named('button', 'unknown')[0]?.click()
  await nextTick()
}

it('says why, who would know, and leads to where the helper container can be allowed', async () => {
  await ask('helper', '/engine#helper')
  expect(readable()).toMatch(/Only root may read it\..*Would know: the helper container, or Isoscope run as root on the engine’s machine\. About the helper container$/)
  expect(links()).toEqual([['About the helper container', '/engine#helper']])
})

it.each([['helper', null], ['root', '/engine#helper'], [null, '/engine#helper']] as const)('leads nowhere when %s would know and the way is %s', async (step, page) => {
  await ask(step, page)
  expect(links()).toEqual([])
  expect(readable().includes('Would know')).toBe(step !== null)
})
