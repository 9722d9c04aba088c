import type { FactName, Evidence } from '../../shared/model/evidence'
import type { Files } from '../../shared/model/files'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { type ContainerRoot, openContainerRoot } from '../sources/container-root'
import { Unreadable } from '../sources/proc-source'
import { readExportedFiles } from './exported-files'
import { collectFileChanges } from './file-changes'
import { walkTree } from './file-tree'
import { collectMounts, type FoundMounts } from './mounts'
import { collectHostRoot, namesIn } from './root-names'
import { type Collected, known, type Scene, unknown } from './scene'

type Inside = Pick<Files, 'rootInside' | 'entryCount' | 'sizeBytes' | 'isComplete' | 'sizeTree'>
type InsideFact = Extract<FactName, 'files.rootInside' | 'files.size'>
interface FoundInside { facts: Inside, evidence: Record<InsideFact, Evidence>, problems: Problem[] }

const NOTHING: Inside = { rootInside: null, entryCount: null, sizeBytes: null, isComplete: false, sizeTree: null }

/** The container's files: names in its root and in the host's, counts and sizes, what changed since the image, mounts. */
export async function collectFiles(scene: Scene): Promise<Collected<Files>> {
  const [{ inside, mounts }, changes] = await Promise.all([collectInside(scene), collectFileChanges(scene)])
  const hostRoot = await collectHostRoot(scene.kernel)
  return {
    facts: { ...inside.facts, rootHost: hostRoot.names, changes: changes.changes, mounts: mounts.mounts },
    evidence: {
      ...inside.evidence,
      'files.rootHost': hostRoot.evidence,
      'files.changes': changes.evidence,
      'files.mounts': mounts.evidence,
    },
    problems: [...inside.problems, ...changes.problems, ...mounts.problems],
  }
}

async function collectInside(scene: Scene): Promise<{ inside: FoundInside, mounts: FoundMounts }> {
  const opened = await openRoot(scene)
  try {
    const mounts = await collectMounts(scene, opened.root)
    const inside = opened.root === null ? await fromExport(scene, opened.because) : await fromRoot(scene, opened.root, mounts.points)
    return { inside, mounts }
  }
  finally {
    opened.root?.close()
  }
}

async function openRoot({ init }: Scene): Promise<{ root: ContainerRoot } | { root: null, because: string }> {
  if (init.proc === null)
    return { root: null, because: init.because }
  try {
    return { root: await openContainerRoot(init.proc, init.hostPid) }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { root: null, because: error.message }
    throw error
  }
}

async function fromRoot(scene: Scene, root: ContainerRoot, mountPoints: readonly string[]): Promise<FoundInside> {
  const path = scene.init.proc === null ? '' : `${scene.init.proc.root}/${scene.init.hostPid}/root/`
  const commands = { names: `sudo ls -A ${path}`, size: `sudo find ${path} -xdev -mindepth 1 | wc -l` }
  try {
    const rootInside = await namesIn(root.folder)
    const { unreadableFolders, ...totals } = await walkTree(root.folder, mountPoints, scene.signal)
    return {
      facts: { rootInside, ...totals },
      evidence: {
        'files.rootInside': known('file', path, commands.names),
        'files.size': known('file', totals.isComplete ? `every folder below ${path}` : `a part of what is below ${path}`, commands.size),
      },
      problems: unreadableFolders === 0
        ? []
        : [{
            code: 'FILES_PARTLY_UNREADABLE',
            what: `${unreadableFolders} folders of ${scene.container.name} could not be opened, so its files are more than were counted.`,
            fix: 'Run Isoscope with the right to read them: as root.',
          }],
    }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return failed(commands, error.message, {
        code: 'FILES_ROOT_UNREADABLE',
        what: `The files of ${scene.container.name} could not be read: ${error.message}.`,
        fix: 'Take the snapshot again.',
      })
    throw error
  }
}

/** A container that does not run, or whose root may not be looked at, is read from the tar that the engine makes of it. */
async function fromExport({ docker, container, signal }: Scene, because: string): Promise<FoundInside> {
  const commands = {
    names: `docker export ${container.name} | tar -t | cut -d/ -f1 | sort -u`,
    size: `docker export ${container.name} | tar -t | wc -l`,
  }
  try {
    const { rootEntries, cutBecause, ...totals } = await readExportedFiles(await docker.exportTar(container.id, signal), signal)
    const detail = `read from GET /containers/{id}/export: ${because}`
    return {
      facts: { rootInside: cutBecause === null ? rootEntries : null, ...totals, isComplete: cutBecause === null },
      evidence: {
        'files.rootInside': cutBecause === null ? known('engine-api', detail, commands.names) : unknown(cutBecause, commands.names),
        'files.size': known('engine-api', detail, commands.size),
      },
      problems: cutBecause === null
        ? []
        : [{
            code: 'FILES_EXPORT_CUT',
            what: `The engine's export of ${container.name} was not read to its end: ${cutBecause}.`,
            fix: 'Start the container and run Isoscope as root on the engine\'s own machine: its files are then read directly.',
          }],
    }
  }
  catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProblemError)
      return failed(commands, error.problem.what, error.problem)
    throw error
  }
}

const failed = (commands: { names: string, size: string }, because: string, problem: Problem): FoundInside => ({
  facts: NOTHING,
  evidence: { 'files.rootInside': unknown(because, commands.names), 'files.size': unknown(because, commands.size) },
  problems: [problem],
})
