import { WrongValue } from './wrong-value'

const UNITS = ['', 'k', 'm', 'g', 't', 'p']

/** A size as docker takes it (docker/go-units, RAMInBytes): `512m`, `1.5GiB`, `1024`; units are powers of 1024. */
export function parseSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?|\.\d+) ?(?:([kmgtp])(?:i?b)?|b)?$/i.exec(text) ?? []
  const bytes = Math.trunc(Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase()))
  if (number === '' || !Number.isSafeInteger(bytes))
    throw new WrongValue('is no size', 'Write a number with a unit, such as 512m or 2g.')
  return bytes
}

/** The shortest that `parseSize` reads back: `512m`. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value > 0 && value % 1024 === 0 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value}${UNITS[unit] ?? ''}`
}

/** Thousand-millionths of a processor, from `1.5`. */
export function parseCpus(text: string): number {
  const [, whole = '', part = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? []
  const nanos = Number(whole || '0') * 1e9 + Number(part.slice(0, 9).padEnd(9, '0') || '0')
  if ((whole === '' && part === '') || /[1-9]/.test(part.slice(9)) || !Number.isSafeInteger(nanos))
    throw new WrongValue('is no number of processors', 'Write a number such as 1.5, with nine digits after the point at most.')
  return nanos
}

export function cpusText(nanos: number): string {
  const part = String(nanos % 1e9).padStart(9, '0').replace(/0+$/, '')
  return `${Math.floor(nanos / 1e9)}${part === '' ? '' : `.${part}`}`
}

/** A whole number, as Go's strconv reads one; JavaScript holds none beyond 2^53 exactly. */
export function parseWhole(text: string): number {
  const value = Number(text)
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new WrongValue('is no whole number', 'Write digits alone.')
  return value
}
