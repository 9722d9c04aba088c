/**
 * The document, as xterm.js may have it under a policy that refuses `<style>` and the attribute `style` (CSP Level 3, style-src). What it writes
 * there is given to the browser in the two ways that are for scripts (CSSOM): a constructed style sheet, and an element's declarations.
 */
export interface StyledDocument {
  /** For the option `documentOverride`. */
  readonly document: Document
  /** While `act` runs, elements that are made with the page's own document are made here, too: xterm.js 6 makes one of its style elements so. */
  readonly during: (act: () => void) => void
  readonly dispose: () => void
}

export function createStyledDocument(real: Document): StyledDocument {
  const sheets = new Set<CSSStyleSheet>()
  const own = real.createElement.bind(real)

  function createElement(name: string, options?: ElementCreationOptions): HTMLElement {
    if (name === 'style')
      return standInForStyle()
    const element = own(name, options)
    const setAttribute = element.setAttribute.bind(element)
    element.setAttribute = (attribute, value) => {
      if (attribute === 'style')
        element.style.cssText = value
      else
        setAttribute(attribute, value)
    }
    return element
  }

  /** Holds no text itself: what is written into it is a sheet of the document. */
  function standInForStyle(): HTMLElement {
    const sheet = new CSSStyleSheet()
    sheets.add(sheet)
    real.adoptedStyleSheets = [...real.adoptedStyleSheets, sheet]
    const element = own('template')
    Object.defineProperty(element, 'textContent', { set: (css: string) => sheet.replaceSync(css), get: () => '' })
    return element
  }

  return {
    document: new Proxy(real, {
      get(target, key) {
        if (key === 'createElement')
          return createElement
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
    during(act) {
      Object.defineProperty(real, 'createElement', { value: createElement, configurable: true })
      try {
        act()
      }
      finally {
        Reflect.deleteProperty(real, 'createElement')
      }
    },
    dispose() {
      real.adoptedStyleSheets = real.adoptedStyleSheets.filter(sheet => !sheets.has(sheet))
      sheets.clear()
    },
  }
}
