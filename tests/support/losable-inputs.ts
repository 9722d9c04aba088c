import type { OpenFolder } from '../../engine/sources/open-folder'
import { type ProcSource, Unreadable } from '../../engine/sources/proc-source'
import type { RawFile, RawProcess } from '../../engine/sources/raw-process'

/** How a file of the kernel can be missing. */
export type Loss = 'gone' | 'refused'

/** Which questions were asked of a source, and which of them is lost. Questions are named by the way that leads to the file. */
export interface Losses {
  readonly asked: Set<string>
  lost: string | null
  loss: Loss
}

export const noLosses = (): Losses => ({ asked: new Set(), lost: null, loss: 'refused' })

/** The same source, but for the lost question: that file is gone, or may not be read. */
export function losableProc(proc: ProcSource, losses: Losses): ProcSource {
  return {
    ...proc,
    readProcesses: (wanted, pids, visit, signal) => proc.readProcesses(wanted, pids, raw => visit(withLoss(raw, losses)), signal),
    listPids: () => answered(losses, 'pids', () => proc.listPids()),
    readText: path => answeredOrGone(losses, `text ${path}`, () => proc.readText(path)),
    listFolder: path => answered(losses, `folder ${path}`, () => proc.listFolder(path)),
    readLink: path => answeredOrGone(losses, `link ${path}`, () => proc.readLink(path)),
    inodeOf: path => answeredOrGone(losses, `inode ${path}`, () => proc.inodeOf(path)),
    readHostFile: path => answeredOrGone(losses, `host file ${path}`, () => proc.readHostFile(path)),
    openFolder: path => answered(losses, `open ${path}`, async () => losableFolder(path, await proc.openFolder(path), losses)),
  }
}

/** Files that are gone, and those that may not be read, are both empty there: only the refusal differs. */
function withLoss(raw: RawProcess, { asked, lost, loss }: Losses): RawProcess {
  const isLost = (file: string): boolean => {
    asked.add(`process ${raw.pid} ${file}`)
    return lost === `process ${raw.pid} ${file}`
  }
  const file = (name: string, found: RawFile): RawFile => isLost(name) ? { start: 0, end: 0, refusal: loss === 'gone' ? null : 'EACCES' } : found
  return {
    pid: raw.pid,
    bytes: raw.bytes,
    stat: file('stat', raw.stat),
    status: file('status', raw.status),
    ids: raw.ids !== null && isLost('ids') ? null : raw.ids,
    commandLine: file('commandLine', raw.commandLine),
    cgroup: file('cgroup', raw.cgroup),
    namespaces: raw.namespaces.map((inode, index) => isLost(`namespace ${index}`) ? 0 : inode),
    namespacesRefusal: raw.namespacesRefusal,
  }
}

function losableFolder(way: string, folder: OpenFolder, losses: Losses): OpenFolder {
  const at = (name: Uint8Array): string => `${way}/${Buffer.from(name).toString('latin1')}`
  return {
    ...folder,
    entries: () => answered(losses, `entries ${way}`, () => folder.entries()),
    entriesWithStatus: except => answered(losses, `entries with status ${way}`, () => folder.entriesWithStatus(except)),
    openFolder: name => answered(losses, `open ${at(name)}`, async () => losableFolder(at(name), await folder.openFolder(name), losses)),
    status: name => answeredOrGone(losses, `status ${at(name)}`, () => folder.status(name)),
    linkTarget: name => answeredOrGone(losses, `target ${at(name)}`, () => folder.linkTarget(name)),
    readSmallFile: (name, maxBytes) => answeredOrGone(losses, `small file ${at(name)}`, () => folder.readSmallFile(name, maxBytes)),
    fileSystemType: () => answered(losses, `file system ${way}`, () => folder.fileSystemType()),
  }
}

/** A question to which "gone" is an answer: null. */
async function answeredOrGone<T>(losses: Losses, question: string, ask: () => Promise<T | null>): Promise<T | null> {
  losses.asked.add(question)
  return losses.lost === question && losses.loss === 'gone' ? null : answered(losses, question, ask)
}

async function answered<T>({ asked, lost, loss }: Losses, question: string, ask: () => Promise<T>): Promise<T> {
  asked.add(question)
  if (lost === question)
    throw new Unreadable(question, loss === 'gone' ? 'ENOENT' : 'EACCES')
  return ask()
}
