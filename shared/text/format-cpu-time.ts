import { formatDuration } from './format-duration'

/**
 * Processor time in seconds, as `formatDuration` has it. `isReported`: it comes from the engine's ps(1), which counts whole seconds,
 * so that none of them is less than one and not nothing.
 */
export const formatCpuTime = (seconds: number, isReported: boolean): string =>
  isReported && seconds < 1 ? '< 1 s' : formatDuration(seconds)
