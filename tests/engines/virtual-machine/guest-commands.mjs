import { once } from 'node:events'
import { connect } from 'node:net'

const NUMBER_BYTES = 4
/** Of the answer's head: wait status, length of stdout, length of stderr. */
const HEAD_BYTES = 3 * NUMBER_BYTES

/**
 * Runs programs of a virtual machine over its port for commands (run-commands.pl), one after the other: no engine, no network and no program
 * of ours lies between a program there and what it wrote.
 * @typedef {object} GuestCommands
 * @property {(command: string, ...args: string[]) => Promise<string>} run what it writes to stdout, in C's language and UTC; rejects with its own words when it fails
 * @property {() => void} end
 */

/**
 * @param {string} path of the socket that qemu(1) has for the port
 * @returns {Promise<GuestCommands>}
 */
export async function openGuestCommands(path) {
  const socket = connect(path)
  await once(socket, 'connect')
  const chunks = socket[Symbol.asyncIterator]()
  let rest = Buffer.alloc(0)
  /** @type {Promise<unknown>} */
  let last = Promise.resolve()

  /** @param {number} length */
  async function receive(length) {
    const parts = [rest]
    for (let had = rest.length; had < length;) {
      const { value, done } = await chunks.next()
      if (done)
        throw new Error('the virtual machine ended')
      parts.push(value)
      had += value.length
    }
    const all = Buffer.concat(parts)
    rest = all.subarray(length)
    return all.subarray(0, length)
  }

  /** @param {string[]} command */
  async function ask(command) {
    const words = Buffer.from(command.map(word => `${word}\0`).join(''))
    const length = Buffer.alloc(NUMBER_BYTES)
    length.writeUInt32BE(words.length)
    socket.write(Buffer.concat([length, words]))
    const head = await receive(HEAD_BYTES)
    const [status = 0, outputLength = 0, errorLength = 0] = [0, 1, 2].map(at => head.readUInt32BE(at * NUMBER_BYTES))
    const [output, words_] = [await receive(outputLength), await receive(errorLength)]
    if (status !== 0)
      throw new Error(`${command.join(' ')} ended with ${status > 255 ? status >> 8 : `signal ${status & 127}`}: ${words_.toString().trim()}`)
    return output.toString()
  }

  return {
    run: (...command) => {
      const answer = last.then(() => ask(command))
      last = answer.catch(() => {})
      return answer
    },
    end: () => void socket.destroy(),
  }
}
