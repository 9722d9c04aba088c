/** An ISO 8601 time as `2026-11-24 12:30:05 UTC`; what is no time is given back as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
