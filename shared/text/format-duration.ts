/** A span of time in seconds, in its two largest units: `85 ms`, `1.2 s`, `3 min 12 s`, `2 h 5 min`, `4 d 1 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.9995)
    return `${Math.round(seconds * 1000)} ms`
  if (seconds < 59.95)
    return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 3600)
    return twoUnits(Math.floor(whole / 60), 'min', whole % 60, 's')
  if (whole < 86_400)
    return twoUnits(Math.floor(whole / 3600), 'h', Math.floor(whole % 3600 / 60), 'min')
  return twoUnits(Math.floor(whole / 86_400), 'd', Math.floor(whole % 86_400 / 3600), 'h')
}

const twoUnits = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
