import type { Step } from '../model/evidence'

/** Who read it, for "Read by …". */
export const STEP_WORDS: Readonly<Record<Step, string>> = {
  'root': 'root, from this computer’s kernel',
  'user': 'an ordinary user, from this computer’s kernel',
  'helper': 'the helper container, from the engine’s kernel',
  'engine-api': 'the engine, as it reports it',
}

/** What would read a fact that is missing, as an answer to "What would know?". */
export const MISSING_STEP_WORDS: Readonly<Record<Step, string>> = {
  'root': 'Isoscope run as root on the engine’s machine',
  'user': 'Isoscope run on the engine’s machine',
  'helper': 'the helper container, or Isoscope run as root on the engine’s machine',
  'engine-api': 'the engine itself',
}
