import { hasEffective } from '../capabilities'
import { underPrivileged } from '../consequences'
import { isStopped } from '../lifecycle'
import { lowerWhenMapped } from '../root-on-host'
import type { Rule, Severity } from '../rule'
import { worst } from '../severity'

/** Disks, raw memory and ports, and the hypervisor: whoever opens one of these is past every file permission. */
const REACHES_THE_MACHINE = /^\/dev\/(?:sd[a-z]|vd[a-z]|xvd[a-z]|hd[a-z]|nvme\d|mmcblk\d|dm-\d|md\d|mapper\/|loop\d|mem$|kmem$|port$|kvm$)/
const HARMLESS = /^\/dev\/(?:null|zero|full|random|urandom|tty)$|^\/dev\/(?:snd(?:\/|$)|dri(?:\/|$)|nvidia)/

export const hostDevices: Rule = {
  id: 'host-devices',
  title: 'Devices of the host are open to the container',
  severity: 'high',
  reason: 'A device file leads past the file system to the hardware or the kernel behind it. A disk device shows every file of the host, whoever owns it.',
  remedy: 'Remove the `--device` (compose: `devices:`); where a device is needed give it without `m`, and read-only where that is enough: `--device /dev/x:/dev/x:r`.',
  reference: 'Docker documentation, “docker run --device”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { security, container, evidence: { security: read } } = snapshot
    const severityOf = (path: string): Severity => {
      if (REACHES_THE_MACHINE.test(path) || (path === '/dev/fuse' && hasEffective(snapshot, 'SYS_ADMIN')))
        return 'high'
      return HARMLESS.test(path) ? 'low' : 'medium'
    }
    const declared = container.devices.filter(({ inside }) => !security.devices.some(device => device.inside === inside))
    const devices = [...security.devices, ...declared]
    if (devices.length > 0) {
      const { severity, note } = lowerWhenMapped(snapshot, worst(devices.map(({ onHost }) => severityOf(onHost))))
      const lines = devices.map(({ onHost, inside, permissions }) => `Engine: ${onHost} of the host is at ${inside} (${permissions})`)
      return underPrivileged(snapshot, { status: 'fail', severity, evidence: [...lines, ...note] })
    }
    return read.unknownBecause === null || isStopped(snapshot)
      ? { status: 'pass', evidence: ['Engine: no device of the host is declared'] }
      : { status: 'unknown', because: read.unknownBecause, evidence: ['Engine: no device of the host is declared'] }
  },
}
