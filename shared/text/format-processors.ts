/** A number of processors with two figures that count: `< 0.001`, `0.0042`, `0.5`, `1.25`. */
export function formatProcessors(cpus: number): string {
  if (cpus > 0 && cpus < 0.001)
    return '< 0.001'
  return String(cpus >= 1 ? Number(cpus.toFixed(2)) : Number(cpus.toPrecision(2)))
}

/** The same with its noun: `1 processor`, `0.5 processors`. */
export const processorsText = (cpus: number): string =>
  `${formatProcessors(cpus)} ${formatProcessors(cpus) === '1' ? 'processor' : 'processors'}`

/** All of its figures with its noun, to compare: `0.501 processors`. */
export const exactProcessors = (cpus: number): string => `${cpus} ${cpus === 1 ? 'processor' : 'processors'}`
