import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'

/** What ssh says when it ends, and what a person can do about it. */
const FIXES: readonly (readonly [RegExp, (address: string) => string])[] = [
  [/host key|IDENTIFICATION HAS CHANGED/i, address => `Log in once with \`ssh ${address}\` in a terminal and compare the key that it shows, then try again.`],
  [/Permission denied \(|Too many authentication failures/, address => `See that \`ssh ${address}\` logs in without a question: add your key to the agent with \`ssh-add\`, and name it in ~/.ssh/config.`],
  [/docker.*(?:not found|No such file)|(?:not found|No such file).*docker/i, address => `Install the docker command on that machine, where \`ssh ${address} docker version\` finds it.`],
  [/docker daemon|docker API/i, address => `See what \`ssh ${address} docker version\` says: the engine must run there, and that user must be allowed to ask it.`],
  [/\bENOENT\b/, () => 'Install the OpenSSH client: Isoscope uses the system\'s own ssh.'],
]

/** ProblemError ENGINE_UNREACHABLE with the last of what ssh, or the docker command on the other side, has said. */
export function sshFailure(endpoint: Endpoint, words: string, cause?: unknown): ProblemError {
  const said = words.split(/\r?\n/).map(line => line.trim()).filter(line => line !== '').slice(-2).join(' ')
  const address = endpoint.address.replace(/^(ssh:\/\/[^/]*).*$/, '$1')
  const fix = FIXES.find(([pattern]) => pattern.test(words))?.[1] ?? (() => `See that \`docker -H ${address} version\` works in a terminal.`)
  return new ProblemError({
    code: 'ENGINE_UNREACHABLE',
    what: `The engine at ${endpoint.address} does not answer: ${said === '' ? 'ssh ended without a word' : said.replace(/\.$/, '')}.`,
    fix: fix(address),
  }, { cause })
}
