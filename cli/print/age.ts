const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in the words of `docker ps`, so that both lists read the same: `About an hour`, `3 weeks`. */
export function formatAge(seconds: number): string {
  const whole = Math.floor(seconds)
  const hours = Math.round(seconds / HOUR)
  if (whole < 1)
    return 'Less than a second'
  if (whole < MINUTE)
    return whole === 1 ? '1 second' : `${whole} seconds`
  if (whole < HOUR)
    return whole < 2 * MINUTE ? 'About a minute' : `${Math.floor(seconds / MINUTE)} minutes`
  if (hours < 48)
    return hours === 1 ? 'About an hour' : `${hours} hours`
  const days = Math.floor(hours / 24)
  if (days < 14)
    return `${days} days`
  if (days < 60)
    return `${Math.floor(days / 7)} weeks`
  if (days < 2 * 365)
    return `${Math.floor(days / 30)} months`
  return `${Math.floor(seconds / DAY / 365)} years`
}
