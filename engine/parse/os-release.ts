/** `PRETTY_NAME` of os-release(5), whose values are quoted as in a shell; null when the file has none. */
export function prettyName(text: string): string | null {
  const [, value] = text.match(/^PRETTY_NAME=(.*)$/m) ?? []
  const bare = value?.trim().replace(/^(["'])(.*)\1$/, '$2').replace(/\\([\\"$`])/g, '$1')
  return bare === undefined || bare === '' ? null : bare
}
