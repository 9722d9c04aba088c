import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import type { Component, Plugin } from 'vue'
import { afterEach } from 'vitest'

// A popover that is still open would go on drawing into the document of the next test.
enableAutoUnmount(afterEach)

/** happy-dom lays nothing out: a viewport's height has to be said, or a virtual list draws no rows. */
const VIEWPORT_HEIGHT = 560

interface Around { slots?: Record<string, string>, plugins?: Plugin[], provide?: Record<symbol, unknown> }

/** Mounts into the document, where popovers go and focus works. Links are drawn as plain text, and no page lies in another. */
export function mountInPage(component: Component, props: Record<string, unknown>, { slots = {}, plugins = [], provide = {} }: Around = {}): VueWrapper {
  document.body.replaceChildren()
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => VIEWPORT_HEIGHT })
  return mount(component, { props, slots, attachTo: document.body, global: { plugins, provide, stubs: { RouterLink: { props: ['to'], template: '<a :data-to="to"><slot /></a>' }, RouterView: true } } })
}

/** What can be read in the document, popovers included, in one line. */
export const readable = (): string => (document.body.textContent ?? '').replace(/\s+/g, ' ').trim()

/** Elements of a selector that carry this accessible name. */
export const named = (selector: string, name: string | RegExp): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)]
  .filter((element) => {
    const label = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
    return typeof name === 'string' ? label === name : name.test(label)
  })
