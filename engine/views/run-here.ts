import { Buffer } from 'node:buffer'
import { VIEW_LIMITS, type ViewSide } from '../../shared/model/two-views'
import { shellLine } from '../../shared/text/shell-quote'
import { collectOutput, environmentLines } from '../parse/program-output'
import { runToItsEnd } from '../sources/run-program'

/**
 * Runs one of the fixed commands on this computer: no shell, and no environment but what engine/sources/run-program.ts gives. What fails is
 * the side's problem. Throws when whoever asked has left.
 */
export async function runHere(argv: readonly string[], isEnvironment: boolean, signal: AbortSignal): Promise<ViewSide> {
  const [program = '', ...args] = argv
  const startedAt = performance.now()
  const nothing: Omit<ViewSide, 'tookMs'> = { how: 'ran', command: shellLine(argv), lines: [], exitCode: null, endedAt: null, pid: null, note: null, problem: null }
  try {
    const { stdout, stderr, ...result } = await runToItsEnd(program, args, VIEW_LIMITS, signal)
    const output = collectOutput()
    if (!isEnvironment)
      output.add('stdout', stdout)
    output.add('stderr', stderr)
    return {
      ...nothing,
      ...result,
      endedAt: result.endedAt ?? (output.isFull() ? 'size' : null),
      lines: [...isEnvironment ? environmentLines(Buffer.from(stdout)) : [], ...output.lines()],
      tookMs: performance.now() - startedAt,
    }
  }
  catch (error) {
    signal.throwIfAborted()
    const words = error instanceof Error ? error.message : 'an unknown error'
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const problem = isMissing
      ? { code: 'PROGRAM_MISSING', what: `This computer has no program ${program}.`, fix: 'Install it, or read the same on Isoscope’s other pages.' }
      : { code: 'PROGRAM_FAILED', what: `${program} could not be run on this computer: ${words}.`, fix: 'Run it in a terminal to see why.' }
    return { ...nothing, problem, tookMs: performance.now() - startedAt }
  }
}
