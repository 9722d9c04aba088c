import { isDeepStrictEqual } from 'node:util'
import type { FileEntry, FileKind } from '../../shared/model/files'
import type { Ledger } from '../ledger'
import type { Machine } from '../machine'
import { firstPid, type Look } from '../look'
import { changes, entryCount, exportedFiles, rootNames, sizeBytes } from '../oracles/files'
import { type FoundMount, mountsOf } from '../oracles/mounts'

/** The letters of find(1), `%y`. */
const LETTERS: Record<FileKind, string> = {
  'file': 'f',
  'directory': 'd',
  'link': 'l',
  'block-device': 'b',
  'character-device': 'c',
  'fifo': 'p',
  'socket': 's',
  'unknown': 'U',
}

export const namesWithKinds = (entries: readonly FileEntry[]): string[] => entries.map(({ name, kind }) => `${name} ${LETTERS[kind]}`).sort()

/** find writes bytes, a snapshot shows a visible text of them: only names that are the same in both are compared, and the number of all. */
const plain = (names: readonly string[]): string[] => names.filter(name => /^[ -[\]-~]*$/.test(name)).sort()

/** Names in both roots, counts and sizes as find counts them (docker export, where that is what was read), changes as docker diff lists them. */
export async function compareFiles({ machine, snapshot: { files, evidence, container } }: Look, { compare }: Ledger): Promise<void> {
  const isExported = evidence['files.size'].source === 'engine-api' || container.hostPid === null
  const root = `/proc/${container.hostPid ?? 0}/root/`
  let asked: ReturnType<typeof exportedFiles> | undefined
  const exported = (): ReturnType<typeof exportedFiles> => asked ??= exportedFiles(machine, container.id)
  const size = { unknownBecause: evidence['files.size'].unknownBecause, command: isExported ? `docker export ${container.name} | tar -tv` : `find ${root} -xdev -mindepth 1` }
  await compare({
    fact: 'files.rootInside',
    seen: files.rootInside && plain(isExported ? files.rootInside.map(({ name }) => name) : namesWithKinds(files.rootInside)),
    unknownBecause: evidence['files.rootInside'].unknownBecause,
    expected: async () => plain(isExported ? (await exported()).rootNames : await rootNames(machine, root)),
    command: isExported ? `docker export ${container.name} | tar -t` : `find ${root} -mindepth 1 -maxdepth 1`,
  })
  await compare({ ...size, fact: 'files.entryCount', seen: files.isComplete ? files.entryCount : null, expected: async () => isExported ? (await exported()).entryCount : entryCount(machine, root, await mountsOf(machine, container.hostPid ?? 0)) })
  await compare({ ...size, fact: 'files.sizeBytes', seen: files.isComplete ? files.sizeBytes : null, expected: async () => isExported ? (await exported()).sizeBytes : sizeBytes(machine, root, await mountsOf(machine, container.hostPid ?? 0)) })
  await compare({
    fact: 'files.rootHost',
    seen: files.rootHost && namesWithKinds(files.rootHost),
    unknownBecause: evidence['files.rootHost'].unknownBecause,
    expected: () => rootNames(machine, '/'),
    command: 'find / -mindepth 1 -maxdepth 1',
  })
  await compare({
    fact: 'files.changes',
    seen: files.changes && {
      added: plain(files.changes.added),
      changed: plain(files.changes.changed),
      deleted: plain(files.changes.deleted),
      counts: files.changes.counts,
    },
    unknownBecause: evidence['files.changes'].unknownBecause,
    expected: async () => {
      const { added, changed, deleted } = await changes(machine, container.id)
      return { added: plain(added), changed: plain(changed), deleted: plain(deleted), counts: { added: added.length, changed: changed.length, deleted: deleted.length } }
    },
    command: `docker diff ${container.name}`,
  })
}

const comparable = ({ destination, source, fileSystem, options, propagation }: FoundMount): ComparedMount =>
  ({ destination, source, fileSystem, options, propagation, isReadOnly: options.includes('ro') })

const identityOf = ({ destination, source, fileSystem }: ComparedMount): string => JSON.stringify([destination, source, fileSystem])

/** Making a container, dockerd mounts its first layer for some milliseconds; who has the host's directories sees that too. */
const isLasting = ({ destination }: { readonly destination: string }): boolean => !/\/overlay2\/[0-9a-f]{64}-init\/merged$/.test(destination)

interface ComparedMount extends Omit<FoundMount, 'device'> { readonly isReadOnly: boolean }

/**
 * Every mount as findmnt lists it. Who has the host's directories sees what other engines mount there and take away: what
 * findmnt lists before or after, but not both times, may be told or not.
 */
export async function compareMounts({ machine, snapshot, before, after }: Look, { compare }: Ledger): Promise<void> {
  const { files, evidence, problems } = snapshot
  const hostPid = firstPid(snapshot)
  const isReported = evidence['files.mounts'].source === 'engine-api'
  if (isReported) {
    await compare({ fact: 'files.mounts', seen: null, unknownBecause: evidence['files.mounts'].unknownBecause ?? evidence['files.mounts'].detail, expected: () => mountsOf(machine, hostPid), command: `findmnt --task ${hostPid}` })
    return
  }
  const [earlier, later] = [before, after].map(({ mounts }) => new Set((mounts ?? []).map(mount => identityOf(comparable(mount)))))
  const stays = (mount: ComparedMount): boolean => earlier?.has(identityOf(mount)) === later?.has(identityOf(mount))
  await compare<ComparedMount[]>({
    fact: 'files.mounts',
    seen: evidence['files.mounts'].unknownBecause === null
      ? files.mounts.filter(isLasting).map(({ destination, source, fileSystem, options, propagation, isReadOnly }) => ({ destination, source, fileSystem, options: options.split(',').sort(), propagation, isReadOnly }))
      : null,
    unknownBecause: evidence['files.mounts'].unknownBecause,
    // Of more than a reader can take in, the first are told, with that problem.
    expected: () => {
      if (before.mounts === null || after.mounts === null)
        throw new Error('findmnt did not tell the mounts both before and after')
      return after.mounts.slice(0, problems.some(({ code }) => code === 'FILES_MOUNTS_CUT') ? files.mounts.length : undefined).filter(isLasting).map(comparable)
    },
    isSame: (seen, expected) => isDeepStrictEqual(seen.filter(stays), expected.filter(stays)),
    command: `findmnt --task ${hostPid} --output TARGET,SOURCE,FSTYPE,OPTIONS,PROPAGATION`,
  })
  // A path with an escape is not the path itself; and to what a later mount covers, no path leads.
  const isCovered = (at: number, destination: string): boolean => files.mounts.slice(at + 1).some(later => `${destination}/`.startsWith(later.destination === '/' ? '/' : `${later.destination}/`))
  const placed = files.mounts.flatMap(({ destination, hostPath }, at) => hostPath === null || destination.includes('\\') || isCovered(at, destination) ? [] : [{ destination, hostPath }])
  await compare({
    fact: 'files.mounts.hostPath',
    seen: evidence['files.mounts'].unknownBecause === null ? placed.map(({ destination }) => destination) : null,
    unknownBecause: evidence['files.mounts'].unknownBecause,
    expected: async () => {
      const devices = new Map((await mountsOf(machine, hostPid)).map(({ destination, device }) => [destination, device]))
      const inside = await identities(machine, placed.map(({ destination }) => `/proc/${hostPid}/root${destination}`))
      const onHost = await identities(machine, placed.map(mount => mount.hostPath))
      const isCovered = (destination: string, at: number): boolean => !inside[at]?.startsWith(`${devices.get(destination)} `)
      return placed.filter(({ destination }, at) => isCovered(destination, at) || inside[at] === onHost[at]).map(({ destination }) => destination)
    },
    command: 'stat --dereference --format "%Hd:%Ld %i" of both paths',
  })
}

/** Device and inode behind each path by stat(1): `254:0 1234`. */
const identities = async (machine: Machine, paths: readonly string[]): Promise<string[]> =>
  paths.length === 0 ? [] : (await machine.run('stat', '--dereference', '--format', '%Hd:%Ld %i', ...paths)).trimEnd().split('\n')

/** The same directory from both sides: one device, one inode. */
export async function compareWorkingDirectory({ machine, snapshot }: Look, { compare }: Ledger): Promise<void> {
  const { workingDirectory: { inside, onHost }, evidence } = snapshot
  const link = `/proc/${firstPid(snapshot)}/cwd`
  const identity = (path: string): Promise<string> => machine.run('stat', '--dereference', '--format', '%d:%i', path)
  const isDeclared = evidence['workingDirectory.inside'].source === 'engine-api'
  await compare({
    fact: 'workingDirectory.inside',
    seen: inside,
    unknownBecause: evidence['workingDirectory.inside'].unknownBecause,
    expected: async () => isDeclared
      ? await machine.docker('inspect', '--format', '{{.Config.WorkingDir}}', snapshot.container.id) || '/'
      : machine.run('readlink', '--no-newline', link),
    command: isDeclared ? 'docker inspect --format {{.Config.WorkingDir}}' : `readlink ${link}`,
  })
  await compare({
    fact: 'workingDirectory.onHost',
    seen: onHost,
    unknownBecause: evidence['workingDirectory.onHost'].unknownBecause,
    expected: () => identity(link),
    command: `stat --dereference ${link} ${onHost ?? ''}`,
    isSame: () => true,
  })
  const here = isDeclared ? `/proc/${firstPid(snapshot)}/root${inside ?? ''}` : link
  if (onHost !== null)
    await compare({ fact: 'workingDirectory.onHost.identity', seen: await identity(onHost).catch((error: unknown) => String(error)), unknownBecause: null, expected: () => identity(here), command: `stat --dereference ${here} ${onHost}` })
}
