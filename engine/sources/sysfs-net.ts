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
export function readSysfsInterfaces(root: OpenFolder): SysfsInterface[] | null {
  const sys = root.openFolder(Buffer.from('sys'))
  try {
    if (sys.fileSystemType() !== SYSFS_MAGIC)
      return null
    const below = rootAt(sys)
    return below.within(['class', 'net'].map(name => Buffer.from(name)), folder => folder.entries()
      .filter(({ kind }) => kind === 'link')
      .flatMap(({ name }) => readInterface(below.within, name, folder.linkTarget(name))))
  }
  finally {
    sys.close()
  }
}

/** `/sys/class/net/eth0` is a link to `../../devices/virtual/net/eth0`; its levels are opened one by one instead. */
function readInterface(within: ReturnType<typeof rootAt>['within'], name: Buffer, target: Buffer | null): SysfsInterface[] {
  const levels = target?.toString('latin1').replace(/^\.\.\/\.\.\//, '').split('/').map(level => Buffer.from(level, 'latin1'))
  if (levels === undefined)
    return []
  try {
    return within(levels, (folder) => {
      const attribute = (of: string): string | null => textOrNull(folder, Buffer.from(of))
      const index = Number(attribute('ifindex') ?? Number.NaN)
      if (!Number.isInteger(index))
        return []
      return [{
        name: name.toString('latin1'),
        index,
        linkedIndex: Number(attribute('iflink') ?? index),
        macAddress: attribute('address'),
        mtu: numberOrNull(attribute('mtu')),
        state: attribute('operstate'),
        master: folder.linkTarget(Buffer.from('master'))?.toString('latin1').split('/').at(-1) ?? null,
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
function textOrNull(folder: OpenFolder, name: Buffer): string | null {
  try {
    const text = folder.readSmallFile(name, MAX_ATTRIBUTE_BYTES)?.toString('latin1').trim()
    return text ? text : null
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
