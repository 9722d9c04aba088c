import type { ListeningSocket, NetworkInterface, NetworkView } from '../../model/network'
import type { Snapshot } from '../../model/snapshot'
import type { IdMapping, PasswdEntry } from '../../model/users'
import { formatBytes } from '../../text/format-bytes'
import { formatCount } from '../../text/format-count'
import { hostWords } from '../../text/host-words'
import { type Block, type Section, type Side, orUnknown, UNKNOWN } from '../document'
import type { Notes } from '../notes'
import { sourcesOf } from '../sources'

const LIMIT = 40

/** Interfaces, ports, host names and users on both sides. */
export function networkSection(snapshot: Snapshot, notes: Notes): Section {
  const { network, hostname, users, host } = snapshot
  const { heading, place } = hostWords(host)
  return {
    title: 'Network and names',
    blocks: [
      {
        kind: 'table',
        caption: 'Names and modes',
        columns: [{ head: 'Fact', width: 30 }, { head: 'Inside', face: 'code', side: 'inside', width: 35 }, { head: heading, face: 'code', side: 'outside' }],
        rows: [
          ['Host name', orUnknown(hostname.inside), orUnknown(hostname.host)],
          ['Default gateway', gateway(network.inside), gateway(network.host)],
          ['Network mode', network.mode, '–'],
          ...network.attached.map(({ name, address, gateway: through }) => [`Attached to ${name}`, orUnknown(address), through === null ? UNKNOWN : `gateway ${through}`]),
        ],
      },
      ...view(network.inside, 'Inside', 'inside'),
      ...view(network.host, `On the host, ${place}`, 'outside'),
      published(snapshot),
      idMaps(users.uidMap, users.gidMap),
      passwd(users.inside, users.host),
      sourcesOf(snapshot, notes, ['network.inside', 'network.host', 'network.published', 'hostname.inside', 'hostname.host', 'users.inside', 'users.host', 'users.idMaps']),
    ],
  }
}

const gateway = (found: NetworkView | null): string => (found ? found.defaultGateway ?? 'none' : UNKNOWN)

function view(found: NetworkView | null, where: string, side: Side): Block[] {
  if (!found)
    return [{ kind: 'text', text: `${where}: the network could not be read.` }]
  return [
    {
      kind: 'table',
      caption: `${where}: interfaces`,
      columns: [
        { head: 'Interface', face: 'code', side, width: 13 }, { head: 'Addresses', face: 'code' }, { head: 'State', width: 10 }, { head: 'MAC', face: 'code', width: 17 },
        { head: 'Received', face: 'number', width: 11 }, { head: 'Sent', face: 'number', width: 11 }, { head: 'Leads to', face: 'code', width: 14 },
      ],
      rows: found.interfaces.slice(0, LIMIT).map(interfaceRow),
      omitted: Math.max(0, found.interfaces.length - LIMIT),
      noun: 'interfaces',
    },
    ...[...whyUnknownEnds(found.interfaces)].map((because): Block => ({ kind: 'text', text: `${where}: where it says ${UNKNOWN}, what an interface leads to could not be told: ${because}.` })),
    ...found.otherAddresses.length > 0 ? [{ kind: 'text', text: `${where}: addresses whose interface could not be told: ${found.otherAddresses.slice(0, LIMIT).join(', ')}.` } satisfies Block] : [],
    {
      kind: 'table',
      caption: `${where}: listening sockets`,
      columns: [
        { head: 'Protocol', face: 'code', width: 13 }, { head: 'Address', face: 'code', side, width: 30 }, { head: 'Port', face: 'number', side, width: 10 },
        { head: 'PID on host', face: 'number', side: 'outside', width: 14 }, { head: 'Program', face: 'code' },
      ],
      rows: found.listening.slice(0, LIMIT).map(socketRow),
      omitted: Math.max(0, found.listening.length - LIMIT),
      noun: 'sockets',
    },
  ]
}

const interfaceRow = ({ name, addresses, state, macAddress, receivedBytes, sentBytes, ...ends }: NetworkInterface): string[] => [
  name, addresses.join(', ') || 'none', stateText(state), macAddress ?? '–', formatBytes(receivedBytes), formatBytes(sentBytes), leadsTo(ends),
]

const leadsTo = ({ hostPeer, hostBridge, hostPeerUnknownBecause }: Pick<NetworkInterface, 'hostPeer' | 'hostBridge' | 'hostPeerUnknownBecause'>): string =>
  [hostPeer, hostBridge].filter(part => part !== null).join(' → ') || (hostPeerUnknownBecause === null ? '–' : UNKNOWN)

const whyUnknownEnds = (interfaces: readonly NetworkInterface[]): Set<string> =>
  new Set(interfaces.flatMap(({ hostPeer, hostPeerUnknownBecause }) => hostPeer !== null || hostPeerUnknownBecause === null ? [] : [hostPeerUnknownBecause]))

/** `unknown` is sysfs's own word for a driver that reports no state, such as the loopback's: the fact was read. */
const stateText = (state: string | null): string => (state === 'unknown' ? 'not reported' : orUnknown(state))

const socketRow = ({ protocol, address, port, hostPid, command }: ListeningSocket): string[] =>
  [protocol, address, String(port), orUnknown(hostPid), orUnknown(command)]

const published = ({ network }: Snapshot): Block => ({
  kind: 'table',
  caption: 'Ports of the host that lead inside',
  columns: [
    { head: 'Host address', face: 'code', side: 'outside', width: 30 }, { head: 'Host port', face: 'number', side: 'outside', width: 14 },
    { head: 'Port inside', face: 'number', side: 'inside', width: 14 }, { head: 'Protocol', face: 'code' },
  ],
  rows: network.published.slice(0, LIMIT).map(({ hostAddress, hostPort, containerPort, protocol }) =>
    [hostPort === null ? 'not published' : hostAddress || 'every address', hostPort === null ? '–' : String(hostPort), String(containerPort), protocol]),
  omitted: Math.max(0, network.published.length - LIMIT),
  noun: 'ports',
})

function idMaps(uidMap: IdMapping[] | null, gidMap: IdMapping[] | null): Block {
  if (!uidMap && !gidMap)
    return { kind: 'text', text: 'Which ids inside are which outside could not be read.' }
  const rows = (kind: string, map: IdMapping[] | null): string[][] => (map
    ? map.slice(0, LIMIT).map(({ inside, onHost, count }) => [kind, String(inside), String(onHost), formatCount(count)])
    : [[kind, UNKNOWN, UNKNOWN, UNKNOWN]])
  return {
    kind: 'table',
    caption: 'Which ids inside are which outside',
    columns: [
      { head: 'Map', width: 16 }, { head: 'First id inside', face: 'number', side: 'inside', width: 20 },
      { head: 'First id on the host', face: 'number', side: 'outside', width: 20 }, { head: 'How many' },
    ],
    rows: [...rows('users', uidMap), ...rows('groups', gidMap)],
  }
}

/** Users by id, so that one id with two names stands in one row. */
function passwd(inside: PasswdEntry[] | null, host: PasswdEntry[] | null): Block {
  if (!inside && !host)
    return { kind: 'text', text: 'The users could not be read, neither inside nor on the host.' }
  const nameOf = (entries: PasswdEntry[] | null, uid: number): string =>
    (entries ? entries.filter(entry => entry.uid === uid).map(({ name }) => name).join(', ') || '–' : UNKNOWN)
  const uids = [...new Set([...inside ?? [], ...host ?? []].map(({ uid }) => uid))].sort((a, b) => a - b)
  return {
    kind: 'table',
    caption: `Users: ${inside ? formatCount(inside.length) : UNKNOWN} inside, ${host ? formatCount(host.length) : UNKNOWN} on the host`,
    columns: [{ head: 'uid', face: 'number', width: 10 }, { head: 'Name inside', face: 'code', side: 'inside', width: 40 }, { head: 'Name on the host', face: 'code', side: 'outside' }],
    rows: uids.slice(0, LIMIT).map(uid => [String(uid), nameOf(inside, uid), nameOf(host, uid)]),
    omitted: Math.max(0, uids.length - LIMIT),
    noun: 'ids',
  }
}
