import type { Problem } from '../shared/model/problem'

/** What a call ends in that was running when the engine's process ended. The page asks its streams anew on this code. */
export const ENGINE_PROCESS_LOST: Problem = {
  code: 'ENGINE_PROCESS_LOST',
  what: 'The part of Isoscope that reads the engine has ended.',
  fix: 'It is started again by itself. If this stays, start Isoscope from a terminal, which shows why.',
}
