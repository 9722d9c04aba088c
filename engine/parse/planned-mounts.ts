import { PlannedMount } from '../../shared/model/run-plan'
import { parseTmpfs, parseVolume } from '../../shared/run/mount-spec'
import { isNothing } from './asked-beyond-plan'
import type { RawAsked, RawAskedMount } from './docker-asked'
import { type Losses, planParts } from './plan-parts'

/** A volume that nobody named has 64 hex digits for a name: each container gets one of its own. */
const isNameless = (source: string | null): boolean => /^[0-9a-f]{64}$/.test(source ?? '')

/** The mounts that were asked for, by the flag that asks for them; the image's own volumes are not among them. */
export function plannedMounts({ Config, HostConfig }: RawAsked, ofImage: readonly string[], lost: Losses): PlannedMount[] {
  const parts = planParts(lost)
  const mountAt = (text: string, of: string): string => `its mount at ${text} (${of})`
  const texts = [
    ...HostConfig.Binds.flatMap(text => parts.read(parseVolume, text, mountAt(text, '--volume'))),
    ...Config.Volumes.filter(target => !ofImage.includes(target)).flatMap(text => parts.read(parseVolume, text, mountAt(text, '--volume'))),
    ...[...HostConfig.Tmpfs].flatMap(([target, options]) => parts.read(parseTmpfs, options === '' ? target : `${target}:${options}`, mountAt(target, '--tmpfs'))),
  ]
  const others = parts.each(PlannedMount, HostConfig.Mounts.map(mount => ({ flag: 'mount', ...fields(mount) })), ({ target, type }) => `its mount at ${target} (${type})`)
  const unread = HostConfig.Mounts.flatMap(mount => unreadOptions(mount).map(option => `the option ${option} of its mount at ${mount.Target}`))
  for (const words of unread)
    lost.push(words)
  return [...texts.map(withoutName), ...others]
}

/** Without a name there is no place for options either. */
const withoutName = (mount: PlannedMount): PlannedMount =>
  mount.flag === 'volume' && isNameless(mount.source) ? { ...mount, source: null, options: [] } : mount

/** As a plan has them; one of a kind that it knows nothing of is no mount of a plan. */
function fields({ Type, Source, Target, ReadOnly, BindOptions, VolumeOptions, TmpfsOptions }: RawAskedMount): { type: string, target: string } & Record<string, unknown> {
  const common = { type: Type, target: Target, isReadOnly: ReadOnly }
  switch (Type) {
    case 'bind':
      return { ...common, source: Source, propagation: BindOptions?.Propagation || null }
    case 'volume':
      return { ...common, source: Source === '' || isNameless(Source) ? null : Source, isCopied: VolumeOptions?.NoCopy !== true }
    case 'tmpfs':
      return { ...common, sizeBytes: TmpfsOptions?.SizeBytes || null, mode: TmpfsOptions?.Mode || null }
    default:
      return common
  }
}

/** Consistency is of Docker Desktop's former shares alone. */
const READ = new Set(['Type', 'Source', 'Target', 'ReadOnly', 'Consistency', 'Propagation', 'NoCopy', 'SizeBytes', 'Mode'])

const unreadOptions = ({ BindOptions, VolumeOptions, TmpfsOptions, ...mount }: RawAskedMount): string[] =>
  [mount, BindOptions, VolumeOptions, TmpfsOptions].flatMap(of => Object.entries(of ?? {}).flatMap(([key, value]) => READ.has(key) || isNothing(value) ? [] : [key]))
