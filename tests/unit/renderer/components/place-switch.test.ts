import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import PlaceSwitch from '../../../../renderer/components/PlaceSwitch.vue'
import { mountInPage, readable } from '../mount-page'

const radios = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')]

it('is one question with two answers, of which one is given', () => {
  mountInPage(PlaceSwitch, { what: 'processes', hostPlace: 'virtual machine', modelValue: 'host' })
  expect(readable()).toBe('Whose processes stand hereHost · virtual machineThis computer')
  expect(radios().map(({ value, checked }) => [value, checked])).toEqual([['host', true], ['own', false]])
})

it('tells the place that was chosen', async () => {
  const page = mountInPage(PlaceSwitch, { what: 'users', hostPlace: 'virtual machine', modelValue: 'host' })
  radios()[1]?.click()
  await nextTick()
  expect(page.emitted('update:modelValue')).toEqual([['own']])
})
