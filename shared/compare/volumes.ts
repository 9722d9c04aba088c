/** An engine names a volume that nobody named with 64 random hexadecimal digits. */
const ANONYMOUS = /\/volumes\/[0-9a-f]{64}\/_data$/

/** The place of a mount on the host, in words that a second container with the same flags would have too. */
export const fromWhere = (hostPath: string): string => ANONYMOUS.test(hostPath) ? 'a volume without a name' : hostPath
