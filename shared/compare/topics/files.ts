import type { Mount } from '../../model/files'
import type { Snapshot } from '../../model/snapshot'
import { exactBytes } from '../../text/exact-bytes'
import { formatCount } from '../../text/format-count'
import { evidenceSays, isInForce, isKnown, type Topic } from '../question'
import { fromWhere } from '../volumes'

export const files: Topic = {
  title: 'Files',
  questions: [
    { fact: 'files.rootInside', what: 'names in /', ask: ({ files: { rootInside } }) => rootInside && rootInside.map(({ name }) => name), whyNot: evidenceSays('files.rootInside') },
    {
      fact: 'files.entryCount',
      what: 'entries of the root file system',
      ask: ({ files: { entryCount, isComplete } }) => entryCount === null || !isComplete ? null : formatCount(entryCount),
      whyNot: whyNotCounted,
      kind: howCounted,
    },
    {
      fact: 'files.sizeBytes',
      what: 'size of the root file system',
      ask: ({ files: { sizeBytes, isComplete } }) => sizeBytes === null || !isComplete ? null : exactBytes(sizeBytes),
      whyNot: whyNotCounted,
      kind: howCounted,
    },
    {
      fact: 'files.changes',
      what: 'changed since the image',
      ask: ({ files: { changes } }) => changes && areAllListed(changes)
        ? [...changes.added.map(path => `A ${path}`), ...changes.changed.map(path => `C ${path}`), ...changes.deleted.map(path => `D ${path}`)]
        : null,
      whyNot: snapshot => snapshot.files.changes ? 'more has changed than is listed' : evidenceSays('files.changes')(snapshot),
    },
    {
      fact: 'security.isRootReadOnly',
      what: 'root file system',
      ask: ({ security: { isRootReadOnly } }) => isRootReadOnly === null ? null : isRootReadOnly ? 'read-only' : 'writable',
      whyNot: evidenceSays('security'),
    },
    {
      fact: 'files.mounts',
      what: 'mounts',
      ask: snapshot => isInForce(snapshot, 'files.mounts') && isKnown(snapshot, 'files.mounts') && !areMountsCut(snapshot) ? snapshot.files.mounts.map(mountWords) : null,
      whyNot: snapshot => areMountsCut(snapshot) ? 'there are more mounts than are listed' : evidenceSays('files.mounts')(snapshot),
    },
    {
      fact: 'workingDirectory.inside',
      what: 'working directory',
      ask: snapshot => isInForce(snapshot, 'workingDirectory.inside') ? snapshot.workingDirectory.inside : null,
      whyNot: evidenceSays('workingDirectory.inside'),
    },
  ],
}

function whyNotCounted(snapshot: Snapshot): string {
  return snapshot.files.sizeBytes === null ? evidenceSays('files.size')(snapshot) : 'not all of it could be counted'
}

/** An export has what lies below the mount points, and the engine's own files at some of them. */
function howCounted({ evidence }: Snapshot): string {
  return evidence['files.size'].source === 'engine-api' ? 'counted in the engine’s export' : 'counted in the container, without other mounts'
}

const areAllListed = ({ added, changed, deleted, counts }: NonNullable<Snapshot['files']['changes']>): boolean =>
  added.length === counts.added && changed.length === counts.changed && deleted.length === counts.deleted

const areMountsCut = ({ problems }: Snapshot): boolean => problems.some(({ code }) => code === 'FILES_MOUNTS_CUT')

/** Where it lies on the host only for what was asked for: of the others the engine makes one for each container. */
function mountWords({ destination, fileSystem, hostPath, isDeclared, isReadOnly }: Mount): string {
  return `${destination} ${fileSystem}${isDeclared && hostPath !== null ? ` from ${fromWhere(hostPath)}` : ''}${isReadOnly ? ' read-only' : ''}`
}
