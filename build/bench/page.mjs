import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { z } from 'zod'

const PATIENCE_MS = 20_000

const Targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string().optional() }))

/**
 * Evaluates an expression in the one page of a program that was started with a debugging port, as soon as that page can be asked, and
 * gives its value; a promise is waited for.
 * @param {string} host of the debugging port: `127.0.0.1:9222`
 * @param {string} expression
 * @param {string} address what the page's address begins with
 * @returns {Promise<unknown>}
 */
export async function evaluateInPage(host, expression, address) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(5)) {
    const socket = await pageSocket(host, address)
    // A page that has just begun has nothing to evaluate in yet, and its first document may still be replaced.
    const answer = socket && await evaluate(socket, expression)
    if (answer)
      return answer.value
  }
  throw new Error(`no page ${address} answered within ${PATIENCE_MS / 1000} seconds`)
}

/**
 * @param {string} address of the page's socket
 * @param {string} expression
 * @returns {Promise<{ value: unknown } | null>} null: the page cannot answer now
 */
async function evaluate(address, expression) {
  const socket = new WebSocket(address)
  try {
    return await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } })))
      socket.on('message', (data) => {
        const { result } = JSON.parse(String(data))
        if (result?.exceptionDetails)
          reject(new Error(result.exceptionDetails.exception?.description ?? result.exceptionDetails.text))
        else
          resolve(result ? { value: result.result.value } : null)
      })
      socket.on('error', () => resolve(null))
      socket.on('close', () => resolve(null))
    })
  }
  finally {
    socket.terminate()
  }
}

/**
 * @param {string} host
 * @param {string} address
 * @returns {Promise<string | undefined>} undefined: there is no such page yet
 */
async function pageSocket(host, address) {
  const targets = Targets.parse(await (await fetch(`http://${host}/json/list`)).json())
  return targets.find(({ type, url }) => type === 'page' && url.startsWith(address))?.webSocketDebuggerUrl
}
