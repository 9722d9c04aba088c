import type { PlannedMount } from '../model/run-plan'
import { csvFields, csvLine } from './csv-fields'
import { parseSize, sizeText } from './sizes'
import { parseSwitch } from './switch-value'
import { WrongValue } from './wrong-value'

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'] as const
const ABSOLUTE = 'Write the path from the top, such as /data.'

/** What follows `--volume`: `[SOURCE:]TARGET[:OPTIONS]` (docker-run(1)). */
export function parseVolume(spec: string): PlannedMount {
  const parts = spec.split(':')
  const [source, target, options] = parts.length === 1 ? [null, parts[0] ?? '', undefined] : [parts[0] ?? '', parts[1] ?? '', parts[2]]
  if (parts.length > 3 || source === '' || options === '')
    throw new WrongValue('is no mount', 'Write SOURCE:TARGET or SOURCE:TARGET:ro. A path with a colon needs --mount.')
  refuseRelative(source)
  return { flag: 'volume', source, target: absolute(target), options: parseOptions(options) }
}

/** What follows `--tmpfs`: `TARGET[:OPTIONS]`. */
export function parseTmpfs(spec: string): PlannedMount {
  const colon = spec.indexOf(':')
  return colon === -1
    ? { flag: 'tmpfs', target: absolute(spec), options: [] }
    : { flag: 'tmpfs', target: absolute(spec.slice(0, colon)), options: parseOptions(spec.slice(colon + 1)) }
}

/** The keys of `--mount` and their other names (docker/cli, opts/mount.go). */
const KEYS: Readonly<Record<string, string>> = {
  'type': 'type', 'source': 'source', 'src': 'source', 'target': 'target', 'dst': 'target', 'destination': 'target',
  'readonly': 'readonly', 'ro': 'readonly', 'bind-propagation': 'bind-propagation', 'volume-nocopy': 'volume-nocopy',
  'tmpfs-size': 'tmpfs-size', 'tmpfs-mode': 'tmpfs-mode',
}
const SWITCHES = ['readonly', 'volume-nocopy']
const OWN_KEYS: Readonly<Record<string, string>> = { 'bind-propagation': 'bind', 'volume-nocopy': 'volume', 'tmpfs-size': 'tmpfs', 'tmpfs-mode': 'tmpfs' }

/** What follows `--mount`: `type=bind,source=…,target=…`. */
export function parseMount(spec: string): PlannedMount {
  const given = new Map<string, string>()
  for (const field of csvFields(spec)) {
    const equals = field.indexOf('=')
    const written = (equals === -1 ? field : field.slice(0, equals)).toLowerCase()
    const key = Object.hasOwn(KEYS, written) ? KEYS[written] : undefined
    if (key === undefined)
      throw new WrongValue(`has the field ${written === '' ? 'without a name' : written}, which is not understood here`, `Use ${Object.keys(KEYS).join(', ')}; for others run the line in a terminal.`)
    if (equals === -1 && !SWITCHES.includes(key))
      throw new WrongValue(`has the field ${written} without a value`, `Write ${written}=….`)
    given.set(key, equals === -1 ? 'true' : field.slice(equals + 1))
  }
  const type = given.get('type')?.toLowerCase() ?? 'volume'
  const stranger = Object.entries(OWN_KEYS).find(([key, own]) => given.has(key) && own !== type)
  if (stranger)
    throw new WrongValue(`has the field ${stranger[0]}, which is for type=${stranger[1]}`, 'Remove the field, or change the type.')
  const target = absolute(given.get('target') ?? '')
  const source = given.get('source') ?? ''
  const isReadOnly = parseSwitch(given.get('readonly') ?? 'false')
  refuseRelative(source)
  switch (type) {
    case 'bind':
      if (source === '')
        throw new WrongValue('is a bind mount without a source', 'Add source=PATH, a path of the host.')
      return { flag: 'mount', type, source, target, isReadOnly, propagation: parsePropagation(given.get('bind-propagation')) }
    case 'volume':
      return { flag: 'mount', type, source: source === '' ? null : source, target, isReadOnly, isCopied: !parseSwitch(given.get('volume-nocopy') ?? 'false') }
    case 'tmpfs':
      if (source !== '')
        throw new WrongValue('is a tmpfs with a source, and has none', 'Remove source=….')
      return { flag: 'mount', type, target, isReadOnly, sizeBytes: parseSize(given.get('tmpfs-size') ?? '0') || null, mode: parseMode(given.get('tmpfs-mode')) }
    default:
      throw new WrongValue(`has the type ${type}, which is not understood here`, 'Use type=bind, type=volume or type=tmpfs.')
  }
}

function parsePropagation(text: string | undefined): typeof PROPAGATIONS[number] | null {
  if (text === undefined)
    return null
  const known = PROPAGATIONS.find(propagation => propagation === text.toLowerCase())
  if (known === undefined)
    throw new WrongValue(`has the propagation ${text}`, `Use ${PROPAGATIONS.join(', ')}.`)
  return known
}

function parseMode(text: string | undefined): number | null {
  if (text === undefined)
    return null
  if (!/^0*[0-7]{1,4}$/.test(text))
    throw new WrongValue(`has the mode ${text}, which is no octal number`, 'Write a mode such as 1777.')
  return Number.parseInt(text, 8) || null
}

/** As they stand after the colon: mount(8). Empty ones say nothing. */
const parseOptions = (text = ''): string[] => text.split(',').filter(option => option !== '')

function absolute(path: string): string {
  if (!path.startsWith('/'))
    throw new WrongValue(path === '' ? 'has no path in the container' : `has ${path} as path in the container, which does not begin at the top`, ABSOLUTE)
  return path
}

/** A shell knows the folder that it stands in; Isoscope stands in none of the person's. */
function refuseRelative(source: string | null): void {
  if (source !== null && /^[.~]/.test(source))
    throw new WrongValue(`has ${source} as source, which depends on where the command is run`, ABSOLUTE)
}

/** The flag and its value, which the parsers read back. */
export function mountFlag(mount: PlannedMount): [flag: string, value: string] {
  switch (mount.flag) {
    case 'volume':
      return ['-v', [...mount.source === null ? [] : [mount.source], mount.target, ...mount.options.length === 0 ? [] : [mount.options.join(',')]].join(':')]
    case 'tmpfs':
      return ['--tmpfs', [mount.target, ...mount.options.length === 0 ? [] : [mount.options.join(',')]].join(':')]
    case 'mount':
      return ['--mount', csvLine([`type=${mount.type}`, ...mount.type === 'tmpfs' || mount.source === null ? [] : [`source=${mount.source}`], `target=${mount.target}`, ...mount.isReadOnly ? ['readonly'] : [], ...ownFields(mount)])]
  }
}

function ownFields(mount: Extract<PlannedMount, { flag: 'mount' }>): string[] {
  switch (mount.type) {
    case 'bind':
      return mount.propagation === null ? [] : [`bind-propagation=${mount.propagation}`]
    case 'volume':
      return mount.isCopied ? [] : ['volume-nocopy']
    case 'tmpfs':
      return [
        ...mount.sizeBytes === null ? [] : [`tmpfs-size=${sizeText(mount.sizeBytes)}`],
        ...mount.mode === null ? [] : [`tmpfs-mode=${mount.mode.toString(8)}`],
      ]
  }
}
