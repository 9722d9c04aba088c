import { readSnapshotFile } from '../../engine/read-snapshot-file'
import { compareSnapshots, countOutcomes } from '../../shared/compare/compare-snapshots'
import { parseSnapshot } from '../../shared/model/parse-snapshot'
import type { Snapshot } from '../../shared/model/snapshot'
import { asciiJson } from '../../shared/text/ascii-json'
import type { CommandContext } from '../context'
import { diffLines } from '../print/diff-lines'
import type { DiffOptions, DiffSide } from './diff'
import { takeSnapshot } from './take-snapshot'

/** As diff(1) ends when there is a difference, and when there is trouble. */
const DIFFERENT = 1
const TROUBLE = 2

/** One snapshot after the other: which of them is the older is then known. */
export async function runDiff(context: CommandContext, [sideA, sideB]: readonly [DiffSide, DiffSide], options: DiffOptions): Promise<void> {
  if (options.exitCode)
    context.failWith(TROUBLE)
  const a = await snapshotOf(context, sideA, options)
  const b = await snapshotOf(context, sideB, options)
  const topics = compareSnapshots(a, b)
  context.print(options.json
    ? asciiJson({ a: aboutOf(a), b: aboutOf(b), topics })
    : diffLines({ a, b, topics }, { isAll: options.all === true, paint: context.paint }).join('\n'))
  if (options.exitCode && countOutcomes(topics, 'different') > 0)
    process.exitCode = DIFFERENT
}

async function snapshotOf(context: CommandContext, side: DiffSide, options: DiffOptions): Promise<Snapshot> {
  if ('container' in side)
    return takeSnapshot(context, side.container, options)
  const { fileName, text } = await readSnapshotFile(side.path)
  return parseSnapshot(text, fileName)
}

const aboutOf = ({ container: { id, name, image }, takenAt, engine, host }: Snapshot): object =>
  ({ id, name, image, takenAt, engine: engine.endpoint.address, host: host.hostname })
