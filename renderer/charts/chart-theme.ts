import { onScopeDispose, readonly, type Ref, shallowRef } from 'vue'

/** The tokens that charts draw with, as colours that a canvas or an SVG understands. */
export interface ChartTheme {
  inside: string
  outside: string
  computer: string
  ink: string
  inkSoft: string
  line: string
  lineStrong: string
  panel: string
  act: string
  hatch: string
  insideFill: string
  outsideFill: string
  sans: string
  textSmall: number
}

/** A token's value as the browser resolves it: `light-dark()` is undone by asking for a real element's colour. */
function resolveColor(probe: HTMLElement, token: string): string {
  probe.style.color = `var(${token})`
  return getComputedStyle(probe).color
}

function readTheme(): ChartTheme {
  const probe = document.createElement('span')
  document.body.append(probe)
  const color = (token: string): string => resolveColor(probe, token)
  const theme: ChartTheme = {
    inside: color('--inside-mark'),
    outside: color('--outside-mark'),
    computer: color('--computer'),
    ink: color('--ink'),
    inkSoft: color('--ink-soft'),
    line: color('--line'),
    lineStrong: color('--line-strong'),
    panel: color('--panel'),
    act: color('--act'),
    hatch: color('--hatch'),
    insideFill: color('--inside-fill'),
    outsideFill: color('--outside-fill'),
    sans: getComputedStyle(document.body).fontFamily,
    textSmall: 12,
  }
  probe.remove()
  return theme
}

/** The theme as it is now, and again whenever the person or the system changes it. */
export function useChartTheme(): Readonly<Ref<ChartTheme>> {
  const theme = shallowRef(readTheme())
  const reread = (): void => {
    theme.value = readTheme()
  }
  const observer = new MutationObserver(reread)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', reread)
  onScopeDispose(() => {
    observer.disconnect()
    system.removeEventListener('change', reread)
  })
  return readonly(theme)
}
