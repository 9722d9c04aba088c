import { constants, createReadStream } from 'node:fs'
import { lstat, open, readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack, type Pack } from 'tar-stream'
import { ProblemError } from '../../shared/model/problem'
import { visibleText } from '../../shared/text/visible-text'
import { ignorePatterns, type IgnorePatterns } from './ignore-patterns'

/** Beyond this somebody named a folder that was never meant to be sent. */
const MOST_BYTES = 8 * 1024 ** 3
/** An ignore file is text that a person wrote. */
const MOST_IGNORE_BYTES = 1024 * 1024

export interface BuildFolder {
  /** A tar of the folder as the docker client sends it: everything is root's, links are sent as links and never followed. Read as fast as it is taken. */
  readonly tar: () => Readable
}

/**
 * Looks at a folder that an image is to be built of. Throws ProblemError BUILD_FOLDER_… where there is none, or no Dockerfile in it; the tar
 * fails with one where a file cannot be read, or changes while it is.
 */
export async function openBuildFolder(folder: string, dockerfile: string): Promise<BuildFolder> {
  const root = await realpath(folder).catch((error: unknown) => { throw unreadable(folder, error) })
  if (root === '/')
    throw new ProblemError({ code: 'BUILD_FOLDER_TOO_LARGE', what: 'The whole computer is no folder to build an image of.', fix: 'Name the folder that has the Dockerfile.' })
  const found = await lstat(join(root, dockerfile)).catch((error: unknown) => { throw missingDockerfile(folder, dockerfile, error) })
  if (!found.isFile())
    throw missingDockerfile(folder, dockerfile, null)
  const ignored = ignorePatterns(await readIgnoreFile(root, dockerfile))
  return {
    tar: () => {
      const archive = pack()
      // Whoever reads the tar is told of a failure; the archive alone would end the program with it.
      archive.on('error', () => {})
      const budget = { bytes: MOST_BYTES }
      addFolder(archive, root, '', { ignored, kept: new Set([dockerfile.split('/').filter(part => part !== '.' && part !== '').join('/'), '.dockerignore']), budget })
        .then(() => archive.finalize(), (error: unknown) => archive.destroy(error instanceof Error ? error : new Error('the folder could not be read')))
      return Readable.from(archive)
    },
  }
}

interface Rules {
  readonly ignored: IgnorePatterns
  /** The engine needs them to read them, and leaves them out itself. */
  readonly kept: ReadonlySet<string>
  readonly budget: { bytes: number }
}

async function addFolder(archive: Pack, root: string, folder: string, rules: Rules): Promise<void> {
  const names = await readdir(join(root, folder)).catch((error: unknown) => { throw unreadable(join(root, folder), error) })
  for (const name of names.sort()) {
    const path = folder === '' ? name : `${folder}/${name}`
    const isLeftOut = rules.ignored.ignores(path) && !rules.kept.has(path)
    const isOnTheWay = isLeftOut && (rules.ignored.mayTakeBelow(path) || [...rules.kept].some(kept => kept.startsWith(`${path}/`)))
    if (!isLeftOut || isOnTheWay)
      await addOne(archive, root, path, rules, isLeftOut)
  }
}

async function addOne(archive: Pack, root: string, path: string, rules: Rules, isLeftOut: boolean): Promise<void> {
  const full = join(root, path)
  const { mode, mtime, size, ...found } = await lstat(full).then(stats => ({
    mode: stats.mode & 0o7777, mtime: stats.mtime, size: stats.size, isFolder: stats.isDirectory(), isFile: stats.isFile(), isLink: stats.isSymbolicLink(),
  }), (error: unknown) => { throw unreadable(full, error) })
  const header = { name: path, mode, mtime, uid: 0, gid: 0 }
  if (found.isFolder) {
    if (!isLeftOut)
      await written(archive, { ...header, name: `${path}/`, type: 'directory' })
    await addFolder(archive, root, path, rules)
  }
  else if (isLeftOut) {
    return
  }
  else if (found.isLink) {
    await written(archive, { ...header, type: 'symlink', linkname: await readlink(full) })
  }
  else if (found.isFile) {
    rules.budget.bytes -= size
    if (rules.budget.bytes < 0)
      throw new ProblemError({ code: 'BUILD_FOLDER_TOO_LARGE', what: `The folder has more than ${MOST_BYTES / 1024 ** 3} GiB to send.`, fix: 'Name what is not needed in a file .dockerignore, or build in a terminal.' })
    await addFile(archive, full, { ...header, size })
  }
  // Sockets, pipes and devices are nothing that an image could keep.
}

const written = (archive: Pack, header: Parameters<Pack['entry']>[0]): Promise<void> => new Promise((resolve, reject) => {
  archive.entry(header, '', (error?: Error | null) => error ? reject(error) : resolve())
})

/** Exactly as many bytes as were announced: what has become longer is cut, what has become shorter cannot be sent. */
async function addFile(archive: Pack, full: string, header: { name: string, mode: number, mtime: Date, uid: number, gid: number, size: number }): Promise<void> {
  if (header.size === 0)
    return written(archive, { ...header, type: 'file' })
  const file = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: unknown) => { throw unreadable(full, error) })
  try {
    await pipeline(createReadStream('', { fd: file, autoClose: false, end: header.size - 1 }), archive.entry({ ...header, type: 'file' }))
  }
  catch (error) {
    throw archive.destroyed ? error : new ProblemError({ code: 'BUILD_FILE_CHANGED', what: `${visibleText(full)} changed while it was sent.`, fix: 'Build again when nothing writes there.' }, { cause: error })
  }
  finally {
    await file.close()
  }
}

/** A Dockerfile may have an ignore file of its own beside it, which goes before the folder's. */
async function readIgnoreFile(root: string, dockerfile: string): Promise<string> {
  for (const name of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    const stats = await lstat(join(root, name)).catch(() => null)
    if (stats?.isFile() && stats.size <= MOST_IGNORE_BYTES)
      return readFile(join(root, name), 'utf8')
  }
  return ''
}

const unreadable = (path: string, error: unknown): ProblemError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = code === 'ENOENT' ? 'is not there' : code === 'EACCES' || code === 'EPERM' ? 'may not be read' : code === 'ENOTDIR' ? 'is no folder' : code === 'ELOOP' ? 'became a link while it was sent' : `could not be read (${code})`
  return new ProblemError({ code: 'BUILD_FOLDER_UNREADABLE', what: `${visibleText(path)} ${why}.`, fix: 'Name a folder of the computer that Isoscope runs on, which it may read.' }, { cause: error })
}

const missingDockerfile = (folder: string, dockerfile: string, error: unknown): ProblemError =>
  new ProblemError({ code: 'BUILD_FOLDER_WITHOUT_DOCKERFILE', what: `${visibleText(folder)} has no file ${visibleText(dockerfile)}.`, fix: 'Name the folder that has the Dockerfile, or the Dockerfile in it.' }, { cause: error })
