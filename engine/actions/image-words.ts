import { ProblemError } from '../../shared/model/problem'
import { visibleText } from '../../shared/text/visible-text'
import { HttpRefusal } from '../sources/http-request'
import { type Known, knownWords } from './plain-words'

/** What a registry says through the engine (distribution, registry/api/errcode), and what Go's network code says of one that cannot be reached. */
const KNOWN: readonly Known[] = [
  { words: /no space left on device/, code: 'ENGINE_WITHOUT_SPACE', what: () => 'The engine has no space left.', fix: 'Make room on its disk: `docker system df` says what takes it.' },
  { words: /toomanyrequests|rate limit/i, code: 'REGISTRY_BUSY', what: () => 'The registry gives no more for now.', fix: 'Wait, or log in: docker login, then docker pull in a terminal.' },
  { words: /no such host|connection refused|i\/o timeout|timeout exceeded|no route to host|network is unreachable|tls: |x509: |server gave HTTP response/i, code: 'REGISTRY_UNREACHABLE', what: name => `The engine cannot reach the registry of ${name}.`, fix: 'See that the engine’s machine has a network, and that the name is right.' },
  { words: /pull access denied|repository does not exist|manifest unknown|manifest for \S+ not found|name unknown|not found/i, code: 'IMAGE_NOT_IN_REGISTRY', what: name => `The registry has no image ${name}, or shows it to none but its own users.`, fix: 'See that name and tag are right; for a private one use docker login and docker pull in a terminal.' },
  { words: /unauthorized|authentication required|no basic auth|denied/i, code: 'REGISTRY_REFUSED', what: name => `The registry does not give ${name} to strangers, and Isoscope knows no passwords.`, fix: 'Use docker login and docker pull in a terminal.' },
]

/** Why an image could not be fetched. */
export function pullFailed(said: string, name: string, cause: unknown): ProblemError {
  const words = `The engine said: ${visibleText(said).slice(0, 500)}`
  return knownWords(KNOWN, words, name, cause)
    ?? new ProblemError({ code: 'IMAGE_NOT_PULLED', what: `${name} could not be fetched. ${words}`, fix: 'Try again; docker pull in a terminal may say more.' }, { cause })
}

/** Why an image could not be built. */
export function buildFailed(said: string, cause: unknown): ProblemError {
  const words = `The engine said: ${visibleText(said).slice(0, 500)}`
  return knownWords(KNOWN.filter(({ code }) => code === 'ENGINE_WITHOUT_SPACE'), words, '', cause)
    ?? new ProblemError({ code: 'IMAGE_NOT_BUILT', what: `The image could not be built. ${words}`, fix: 'Mend the step that failed; the lines before tell which it was.' }, { cause })
}

/** The engine's own words of a refusal; null: it is a failure of another kind. */
export const refusalWords = (error: unknown): string | null =>
  error instanceof ProblemError && error.cause instanceof HttpRefusal ? error.cause.message : null
