import { mount, type VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'

/** happy-dom lays nothing out: a viewport's height has to be said, or a virtual list draws no rows. */
const VIEWPORT_HEIGHT = 560

/** Mounts into the document, where popovers go and focus works. Links are drawn as plain text. */
export function mountInPage(component: Component, props: Record<string, unknown>, slots: Record<string, string> = {}): VueWrapper {
  document.body.replaceChildren()
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => VIEWPORT_HEIGHT })
  return mount(component, { props, slots, attachTo: document.body, global: { stubs: { RouterLink: { template: '<a><slot /></a>' } } } })
}

/** What can be read in the document, popovers included, in one line. */
export const readable = (): string => (document.body.textContent ?? '').replace(/\s+/g, ' ').trim()

/** Elements of a selector that carry this accessible name. */
export const named = (selector: string, name: string | RegExp): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)]
  .filter((element) => {
    const label = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
    return typeof name === 'string' ? label === name : name.test(label)
  })
