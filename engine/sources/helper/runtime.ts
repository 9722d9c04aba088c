import { sandboxOf } from '../../../shared/analysis/sandbox'
import { ProblemError } from '../../../shared/model/problem'
import { type RawInfo, runtimesOf } from '../../parse/docker-version'
import type { HelperRuntime } from '../action-gate'

/**
 * In a sandbox the helper would see the sandbox's kernel in place of the engine machine's. Where the engine runs everything in one unless it
 * is asked otherwise, the helper is run by runc. Throws ProblemError where there is none.
 */
export function helperRuntime(info: Pick<RawInfo, 'DefaultRuntime' | 'Runtimes'>): HelperRuntime {
  const runtimes = runtimesOf(info)
  const sandbox = sandboxOf({ runtime: info.DefaultRuntime }, { runtimes })
  if (sandbox === null)
    return null
  if (runtimes.some(({ name }) => name === 'runc') && sandboxOf({ runtime: 'runc' }, { runtimes }) === null)
    return 'runc'
  throw new ProblemError({ code: 'HELPER_IN_SANDBOX', what: `The engine runs every container in ${sandbox.name}, where the helper would not see the engine's machine.`, fix: 'Run Isoscope on the engine\'s own machine, or add the runtime runc to the engine.' })
}
