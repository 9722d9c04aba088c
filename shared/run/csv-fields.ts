import { WrongValue } from './wrong-value'

/** The fields of one line of comma-separated values (RFC 4180), as docker reads a `--mount`: one that begins with a quote ends with it, and `""` is a quote. */
export function csvFields(line: string): string[] {
  const fields: string[] = []
  let rest = line
  for (;;) {
    const [all, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/.exec(rest) ?? []
    if (all === undefined)
      throw new WrongValue('has a quote in the middle of a field', 'Put the whole field in double quotes, and write a quote in it twice.')
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (all.length === rest.length)
      return fields
    rest = rest.slice(all.length + 1)
  }
}

export const csvLine = (fields: readonly string[]): string =>
  fields.map(field => /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field).join(',')
