import type { RunPlan } from '../model/run-plan'
import { isAddress } from './addresses'
import { parseSize, parseWhole } from './sizes'
import { WrongValue } from './wrong-value'

/** `NAME=VALUE` of `--env`. Without a value docker takes it from the shell that runs it, and there is none here. */
export function parseVariable(text: string): { name: string, value: string } {
  const equals = text.indexOf('=')
  if (equals === -1)
    throw new WrongValue('takes its value from the shell that docker runs in, and here is none', `Write ${text}=… with the value.`)
  return named(text, equals)
}

/** `NAME` or `NAME=VALUE` of `--label`. */
export function parseLabel(text: string): { name: string, value: string } {
  const equals = text.indexOf('=')
  return named(text, equals === -1 ? text.length : equals)
}

export function parseSysctl(text: string): { name: string, value: string } {
  const equals = text.indexOf('=')
  if (equals === -1)
    throw new WrongValue('has no value', 'Write NAME=VALUE, such as net.ipv4.ip_forward=1.')
  return named(text, equals)
}

function named(text: string, equals: number): { name: string, value: string } {
  const name = text.slice(0, equals)
  if (name === '')
    throw new WrongValue('has no name', 'Write NAME=VALUE.')
  return { name, value: text.slice(equals + 1) }
}

/** `HOST:ADDRESS` or `HOST=ADDRESS` of `--add-host` (docker/cli, opts/hosts.go). */
export function parseExtraHost(text: string): RunPlan['extraHosts'][number] {
  const [, name = '', written = ''] = /^([^=:]+)[=:](.+)$/s.exec(text) ?? []
  const address = written.replace(/^\[(.+)\]$/s, '$1')
  if (name === '' || (written !== 'host-gateway' && !isAddress(address)))
    throw new WrongValue('is no host with its address', 'Write NAME:ADDRESS, such as db:10.0.0.5, or NAME:host-gateway.')
  return { name, address }
}

export function parseDns(text: string): string {
  if (!isAddress(text))
    throw new WrongValue('is no IP address', 'Write the address of a name server, such as 9.9.9.9.')
  return text
}

/** `no`, `always`, `unless-stopped`, `on-failure[:TIMES]`. */
export function parseRestart(text: string): RunPlan['restart'] {
  const [policy = '', times, ...more] = text.split(':')
  if (policy === 'on-failure' && more.length === 0 && (times === undefined || /^\d{1,9}$/.test(times)))
    return { policy, maximumRetries: Number(times ?? 0) }
  if ((policy === 'no' || policy === 'always' || policy === 'unless-stopped' || policy === '') && times === undefined)
    return { policy: policy === '' ? 'no' : policy, maximumRetries: 0 }
  throw new WrongValue('is no restart policy', 'Use no, always, unless-stopped, on-failure or on-failure:TIMES.')
}

/** `ON-HOST[:INSIDE][:PERMISSIONS]` of `--device` (docker/cli, container/opts.go). */
export function parseDevice(text: string): RunPlan['devices'][number] {
  const [onHost = '', second, third, ...more] = text.split(':')
  const isMode = (part: string | undefined): part is string => part !== undefined && /^(?!.*(.).*\1)[rwm]{1,3}$/.test(part)
  const inside = isMode(second) && third === undefined ? cleanPath(onHost) : third === undefined ? cleanPath(second ?? onHost) : second ?? ''
  const permissions = third ?? (isMode(second) ? second : 'rwm')
  if (more.length > 0 || !inside.startsWith('/') || onHost === '' || !isMode(permissions) || onHost.endsWith('*'))
    throw new WrongValue('is no device', 'Write ON-HOST[:INSIDE][:PERMISSIONS] with one whole path each, such as /dev/fuse or /dev/sda:/dev/xvda:r.')
  return { onHost: second === undefined || (isMode(second) && third === undefined) ? inside : onHost, inside, permissions }
}

export function deviceText({ onHost, inside, permissions }: RunPlan['devices'][number]): string {
  if (onHost !== inside || cleanPath(inside) !== inside)
    return `${onHost}:${inside}:${permissions}`
  return permissions === 'rwm' ? onHost : `${onHost}:${permissions}`
}

/** As Go's path.Clean does with a path from the top. */
const cleanPath = (path: string): string => !path.startsWith('/')
  ? path
  : `/${path.split('/').reduce<string[]>((parts, part) => part === '' || part === '.' ? parts : part === '..' ? parts.slice(0, -1) : [...parts, part], []).join('/')}`

/** setrlimit(2), as docker/go-units names them. */
const ULIMITS = ['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime', 'sigpending', 'stack']

/** `NAME=SOFT[:HARD]`. */
export function parseUlimit(text: string): RunPlan['limits']['ulimits'][number] {
  const [, name = '', first, second] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text) ?? []
  const soft = Number(first)
  const hard = second === undefined ? soft : Number(second)
  if (!ULIMITS.includes(name) || ![soft, hard].every(limit => Number.isSafeInteger(limit) && limit >= -1))
    throw new WrongValue('is no limit', `Write NAME=SOFT[:HARD] with one of ${ULIMITS.join(', ')}; -1 is no limit.`)
  if (hard !== -1 && (soft > hard || soft === -1))
    throw new WrongValue('has a soft limit above the hard one', 'Give the lower one first.')
  return { name, soft, hard }
}

/** Of memory and swap: a size, or -1. */
export const parseSwap = (text: string): number => (text === '-1' ? -1 : parseSize(text))

export function parsePidsLimit(text: string): number {
  const limit = parseWhole(text)
  if (limit < -1)
    throw new WrongValue('is less than -1', 'Write a number of processes, or -1 for no limit.')
  return limit
}

export function parseShares(text: string): number {
  const shares = parseWhole(text)
  if (shares < 0)
    throw new WrongValue('is negative', 'Write a weight such as 512; 1024 is the usual one.')
  return shares
}

const SECURITY_KEYS = ['no-new-privileges', 'seccomp', 'apparmor', 'label', 'systempaths']

/** `--security-opt`, as it was written. A seccomp profile is a file that the docker client reads; Isoscope reads none. */
export function parseSecurityOption(text: string): string {
  const [, key = '', value] = /^([^=:]*)(?:[=:](.*))?$/s.exec(text) ?? []
  if (!SECURITY_KEYS.includes(key) || (value === undefined && key !== 'no-new-privileges') || (key === 'systempaths' && text !== 'systempaths=unconfined'))
    throw new WrongValue('is no security option', 'Use no-new-privileges, seccomp=unconfined, apparmor=PROFILE, label=…, or systempaths=unconfined.')
  if (key === 'seccomp' && value !== 'unconfined' && value !== 'builtin')
    throw new WrongValue('names a seccomp profile in a file, which Isoscope does not read', 'Use seccomp=unconfined or leave it out for the engine’s own filter; with a profile, run the line in a terminal.')
  return text
}
