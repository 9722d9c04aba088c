import { Buffer } from 'node:buffer'
import { rootAt } from './container-root'
import type { OpenFolder } from './open-folder'
import { Unreadable } from './proc-source'

/** SYSFS_MAGIC of statfs(2). */
const SYSFS_MAGIC = 0x62656572
const MAX_ATTRIBUTE_BYTES = 4096

/** What sysfs says of one network interface (Documentation/ABI/testing/sysfs-class-net). */
export interface SysfsInterface {
  /** One character a byte. */
  readonly name: string
  readonly index: number
  /** The index of what it is linked to: its own, the other end of a veth pair, or the device below it. */
  readonly linkedIndex: number
  readonly macAddress: string | null
  readonly mtu: number | null
  readonly state: string | null
  /** The bridge or bond that it is plugged into. */
  readonly master: string | null
}

/**
 * The interfaces of the network namespace that the sysfs at `sys` below `root` was mounted from. Null when there is none: a container may
 * have anything at `/sys`, so the opened folder itself is asked whether it is the kernel's. Throws Unreadable.
 */
export async function readSysfsInterfaces(root: OpenFolder): Promise<SysfsInterface[] | null> {
  const sys = await root.openFolder(Buffer.from('sys'))
  try {
    if (await sys.fileSystemType() !== SYSFS_MAGIC)
      return null
    const below = rootAt(sys)
    return await below.within(['class', 'net'].map(name => Buffer.from(name)), async (folder) => {
      const links = (await folder.entries()).filter(({ kind }) => kind === 'link')
      const found = await Promise.all(links.map(async ({ name }) => readInterface(below.within, name, await folder.linkTarget(name))))
      return found.flat()
    })
  }
  finally {
    sys.close()
  }
}

/** `/sys/class/net/eth0` is a link to `../../devices/virtual/net/eth0`; its levels are opened one by one instead. */
async function readInterface(within: ReturnType<typeof rootAt>['within'], name: Buffer, target: Buffer | null): Promise<SysfsInterface[]> {
  const levels = target?.toString('latin1').replace(/^\.\.\/\.\.\//, '').split('/').map(level => Buffer.from(level, 'latin1'))
  if (levels === undefined)
    return []
  try {
    return await within(levels, async (folder) => {
      const [ifindex, iflink, macAddress, mtu, state] = await Promise.all(['ifindex', 'iflink', 'address', 'mtu', 'operstate'].map(of => textOrNull(folder, Buffer.from(of))))
      const index = Number(ifindex ?? Number.NaN)
      if (!Number.isInteger(index))
        return []
      const master = await folder.linkTarget(Buffer.from('master'))
      return [{
        name: name.toString('latin1'),
        index,
        linkedIndex: Number(iflink ?? index),
        macAddress: macAddress ?? null,
        mtu: numberOrNull(mtu ?? null),
        state: state ?? null,
        master: master?.toString('latin1').split('/').at(-1) ?? null,
      }]
    })
  }
  catch (error) {
    if (error instanceof Unreadable && error.code === 'ENOENT')
      return [] // it was unplugged meanwhile
    throw error
  }
}

const numberOrNull = (text: string | null): number | null => text === null || !/^\d+$/.test(text) ? null : Number(text)

/** An attribute without its newline; null when it is empty, or when this kind of interface has none (EINVAL). */
async function textOrNull(folder: OpenFolder, name: Buffer): Promise<string | null> {
  try {
    const text = (await folder.readSmallFile(name, MAX_ATTRIBUTE_BYTES))?.toString('latin1').trim()
    return text ? text : null
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
