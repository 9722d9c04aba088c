import type { Shell } from '../../stores/shells'

/** `/bin/sh` as its tab has it, or that it is a toolbox. */
export const shellName = ({ choice, number }: Pick<Shell, 'choice' | 'number'>): string =>
  `${'image' in choice ? 'toolbox' : choice.shell.split('/').at(-1) ?? choice.shell} ${number}`

/** How a terminal is. Codes above 128 are signals (wait(2), as shells have it). */
export function stateWords({ state, exitCode, isContainerGone }: Pick<Shell, 'state' | 'exitCode' | 'isContainerGone'>): string {
  switch (state) {
    case 'connecting': return 'Connecting…'
    case 'open': return 'Open.'
    case 'failed': return 'Not open.'
    case 'ended':
      if (isContainerGone)
        return 'Ended, because the container stopped.'
      return exitCode === null ? 'Ended; the engine does not say with which exit code.' : `Ended with exit code ${exitCode}.`
  }
}
