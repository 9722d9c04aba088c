/** What stands where something was taken out. It looks like nothing that was ever collected. */
export const MASK = '‹redacted›'

/** Folders whose name says what they hold, and not whose they are: findings need them. */
const WELL_KNOWN = new Set(['.ssh', '.aws', '.azure', '.kube', '.gnupg', '.docker', '.netrc', '.config', 'gcloud'])
/** A home folder of Linux or macOS, to the end of the path; a path ends at a blank, a quote or a separator. */
const HOME_PATH = /(\/(?:home|Users)\/)([^\s"'`,;:|<>()]+)/g
const MAC_ADDRESS = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\.?\d)/g
/** At least two colons and a digit or letter: `::1`, `fe80::1`, all eight groups. Times such as 12:30:05 have no letter and no `::`. */
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi

/** Addresses that every machine has: they tell nothing, and findings need them. */
const TELLS_NOTHING = /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|::1?)$/

export const maskAddress = (address: string): string => {
  const [host = '', prefix] = address.split('/')
  if (TELLS_NOTHING.test(host) || host === '')
    return address
  return prefix === undefined ? MASK : `${MASK}/${prefix}`
}

const maskIpv6 = (found: string): string => (/[a-f]|::/i.test(found) && !TELLS_NOTHING.test(found) ? MASK : found)

const maskSegment = (segment: string): string => (segment === '' || WELL_KNOWN.has(segment) ? segment : MASK)

/** Home folders and what lies below them, segment by segment, so that the depth stays. */
const maskHomePaths = (text: string): string =>
  text.replace(HOME_PATH, (_, root: string, rest: string) => root + rest.split('/').map(maskSegment).join('/'))

/** One whole path: blanks and quotes belong to it. */
export const maskPath = (path: string): string =>
  path.replace(/^((?:\/host_mnt)?\/(?:home|Users)\/)(.+)$/s, (_, root: string, rest: string) => root + rest.split('/').map(maskSegment).join('/'))

/** A host name or an account as it stands in a sentence or a command; a point or hyphen at its end is not part of it. */
const WORD = /\w(?:[\w.-]*\w)?/g

/** Takes names, addresses and home folders out of free text. `names` go where they are a whole word, or a domain name's first part. */
export function maskText(text: string, names: ReadonlySet<string>): string {
  const masked = maskHomePaths(text)
    .replace(MAC_ADDRESS, MASK)
    .replace(IPV4, maskAddress)
    .replace(IPV6, maskIpv6)
  return names.size === 0 ? masked : masked.replace(WORD, word => (names.has(word) || names.has(word.split('.')[0] ?? '') ? MASK : word))
}
