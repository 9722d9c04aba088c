export interface DeviceCounters {
  /** One character a byte. */
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
}

/** `/proc/<pid>/net/dev` (proc_pid_net(5)): two header lines, then `name: ` and 16 counters; the 1st is bytes received, the 9th bytes sent. */
export function parseProcNetDev(text: string): DeviceCounters[] {
  return text.split('\n').slice(2).flatMap((line) => {
    const colon = line.lastIndexOf(':')
    const counters = line.slice(colon + 1).trim().split(/\s+/).map(Number)
    const [receivedBytes] = counters
    const sentBytes = counters[8]
    if (colon < 0 || receivedBytes === undefined || sentBytes === undefined || Number.isNaN(receivedBytes + sentBytes))
      return []
    return [{ name: line.slice(0, colon).trimStart(), receivedBytes, sentBytes }]
  })
}
