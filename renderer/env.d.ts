/// <reference types="vite/client" />

/** The desktop's whole bridge: one pipe (electron/preload.ts). Absent in a browser. */
interface IsoscopeBridge {
  send: (frame: unknown) => void
  onFrame: (listener: (frame: unknown) => void) => void
}

/** The part of the Trusted Types API that the page uses; the DOM library of TypeScript does not have it. */
interface TrustedTypePolicyFactory {
  createPolicy: (name: string, rules: { createHTML: (text: string) => string | null }) => unknown
}

interface Window {
  readonly isoscope?: IsoscopeBridge
  readonly trustedTypes?: TrustedTypePolicyFactory
}
