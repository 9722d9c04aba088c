import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import LimitBar from '../../../../../renderer/views/resources/LimitBar.vue'
import type { Limit } from '../../../../../shared/model/cgroup'

const bar = (value: number | null, limit: Limit, hostTotal: number | null, more: { spare?: number, peak?: number } = {}) =>
  mount(LimitBar, { props: { value, limit, hostTotal, format: (amount: number) => `${amount} MB`, ...more } })
const widths = (wrapper: ReturnType<typeof bar>): string[] => wrapper.findAll('i').map(part => part.attributes('style') ?? '')

it('draws a use against its limit', () => {
  const wrapper = bar(25, 100, 1000, { spare: 5, peak: 50 })
  expect(wrapper.text()).toBe('25 % of the limit of 100 MB')
  expect(widths(wrapper)).toEqual(['width: 20%;', 'width: 5%;', 'left: 50%;'])
})

it('draws no end where there is no limit, and measures by what the host has', () => {
  const wrapper = bar(25, 'unlimited', 1000)
  expect(wrapper.text()).toBe('No limit; 2.5 % of the host’s 1000 MB')
  expect(wrapper.find('.is-endless').exists()).toBe(true)
  expect(widths(wrapper)).toEqual(['width: 2.5%;'])
})

it('draws nothing to a scale that is not there', () => {
  const wrapper = bar(25, 'unlimited', null)
  expect(wrapper.text()).toBe('No limit')
  expect(widths(wrapper)).toEqual([])
})

it('draws an unknown limit and an unknown use as unknown, never as zero', () => {
  expect(bar(25, null, 1000).text()).toBe('The limit is not known.')
  expect(bar(null, 100, 1000).text()).toBe('Of the limit of 100 MB')
  for (const wrapper of [bar(25, null, 1000), bar(null, 100, 1000)]) {
    expect(wrapper.find('.is-unknown').exists()).toBe(true)
    expect(widths(wrapper)).toEqual([])
  }
})

it('draws no bar for a use of zero', () => {
  expect(widths(bar(0, 100, null))).toEqual([])
})
