import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** How a state stands in the fuse wire: one character a fuse. */
const STATES = /** @type {Record<number, string>} */ ({ 48: 'off', 49: 'on', 114: 'removed', 144: 'inherited' })

/** electron-builder's names are those of @electron/fuses with a small first letter. */
const nameOf = (/** @type {number} */ index) => {
  const name = FuseV1Options[index]
  return name === undefined ? `fuse ${index}` : `${name[0]?.toLowerCase()}${name.slice(1)}`
}

/**
 * The fuses of an Electron program as its own bytes have them, in their order: `on`, `off`, `removed` or `inherited`. A fuse that
 * @electron/fuses has no name for is `fuse 8` and so on.
 * @param {string} executable
 * @returns {Promise<Map<string, string>>}
 */
export async function readFuses(executable) {
  const wire = Object.entries(await getCurrentFuseWire(executable)).filter(([index]) => /^\d+$/.test(index))
  return new Map(wire.map(([index, state]) => [nameOf(Number(index)), STATES[Number(state)] ?? `unknown (${state})`]))
}

/**
 * What of the wanted fuses this program has: an older Electron has fewer, and electron-builder refuses to set what is not there.
 * @param {Record<string, boolean>} wanted
 * @param {Map<string, string>} present
 */
export const fusesFor = (wanted, present) => Object.fromEntries(Object.entries(wanted).filter(([name]) => present.has(name)))

/**
 * One line for each fuse that is not as it was wanted.
 * @param {Record<string, boolean>} wanted
 * @param {Map<string, string>} found
 */
export function fuseFaults(wanted, found) {
  return Object.entries(wanted)
    .map(([name, isOn]) => ({ name, expected: isOn ? 'on' : 'off', state: found.get(name) ?? 'absent' }))
    .filter(({ expected, state }) => state !== expected)
    .map(({ name, expected, state }) => `${name} is ${state}, not ${expected}`)
}
