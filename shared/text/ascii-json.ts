/** A value as indented JSON in plain ASCII: it survives every terminal, editor and mail gateway, and parses back equal. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u007F-\uFFFF]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
