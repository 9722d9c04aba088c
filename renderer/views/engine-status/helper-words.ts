import type { HelperState } from '../../../shared/model/helper'

export const HELPER_STATE_WORDS: Readonly<Record<HelperState, string>> = {
  'not-needed': 'not needed',
  'off': 'not allowed',
  'ready': 'allowed',
  'running': 'running',
  'refused': 'refused by the engine',
}
