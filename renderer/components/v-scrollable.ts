import type { ObjectDirective } from 'vue'

/** A box that scrolls is one that Tab reaches, so that the arrow keys scroll it; one that does not scroll stops nobody. Chromium does this by itself since 130. */
const mark = (box: HTMLElement): void => {
  if (box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth)
    box.tabIndex = 0
  else
    box.removeAttribute('tabindex')
}

const observers = new WeakMap<HTMLElement, ResizeObserver>()

/** For a box with text alone, whose overflow is `auto`. */
export const vScrollable: ObjectDirective<HTMLElement> = {
  mounted(box) {
    const observer = new ResizeObserver(() => mark(box))
    observer.observe(box)
    observers.set(box, observer)
  },
  updated: mark,
  unmounted: box => observers.get(box)?.disconnect(),
}
