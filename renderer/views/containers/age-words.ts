import { formatDuration } from '../../../shared/text/format-duration'

/** How long before the list was read: `17 min 24 s ago`; nothing for a time that cannot be, which a skewed clock gives. */
export function ageWords(createdAt: string, at: string | null): string {
  const seconds = (Date.parse(at ?? '') - Date.parse(createdAt)) / 1000
  return seconds >= 0 ? `${formatDuration(seconds)} ago` : ''
}
