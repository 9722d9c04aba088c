import { z } from 'zod'
import { EngineStatus, KnownEndpoint } from '../model/engine'
import { FolderListing } from '../model/files'
import { HelperStatus } from '../model/helper'
import { ContainerList, LiveSample, ProcessTick } from '../model/live'
import { Preferences } from '../model/preferences'
import { Problem } from '../model/problem'
import { Snapshot } from '../model/snapshot'
import { type Client, query, stream } from './define'

const Nothing = z.object({})
const ContainerId = z.string().regex(/^[0-9a-f]{64}$/)
const EveryMs = z.number().int().min(250).max(60_000)

/** A key of the host's own menus and what it does, as the help lists it: `Ctrl+R`, `Read again`. */
export const Shortcut = z.object({ keys: z.string(), does: z.string() })
export type Shortcut = z.infer<typeof Shortcut>

/** Who answers, and what it can do beyond the calls that every host has; a control whose ability is missing is not drawn. */
export const HostInfo = z.object({
  host: z.enum(['desktop', 'web', 'recording']),
  version: z.string(),
  /**
   * `report.pdf`: this host found a way to print; `files.list`: folders can be opened beyond what the snapshot holds;
   * `preferences`: it keeps them, and asks the engine where they say; `helper`: the helper container may be allowed here.
   */
  abilities: z.array(z.enum(['report.pdf', 'files.list', 'preferences', 'helper'])),
  shortcuts: z.array(Shortcut),
})
export type HostInfo = z.infer<typeof HostInfo>

export const ReportFormat = z.enum(['pdf', 'html', 'markdown', 'json'])
export type ReportFormat = z.infer<typeof ReportFormat>

/** `saved`: the host wrote it where the person chose. `download`: the page hands it to the browser. */
export const ExportedReport = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), path: z.string() }),
  z.object({ outcome: z.literal('download'), fileName: z.string(), mediaType: z.string(), base64: z.string() }),
  z.object({ outcome: z.literal('cancelled') }),
])
export type ExportedReport = z.infer<typeof ExportedReport>

/** What a host with menus, links and files of its own asks the page to do. */
export const HostCommand = z.discriminatedUnion('command', [
  /** The beginning of an id: 12 to 64 hex digits. */
  z.object({ command: z.literal('openContainer'), idPrefix: z.string().regex(/^[0-9a-f]{12,64}$/) }),
  /** A file that a person chose, as text; the page parses it as it does any saved file. */
  z.object({ command: z.literal('openSnapshot'), fileName: z.string(), text: z.string() }),
  z.object({ command: z.literal('goTo'), page: z.enum(['containers', 'engine', 'preferences', 'help']) }),
  z.object({ command: z.literal('openSample') }),
  z.object({ command: z.literal('readAgain') }),
  /** To the report of the container that is shown. */
  z.object({ command: z.literal('exportReport') }),
])
export type HostCommand = z.infer<typeof HostCommand>

/** What a host with a window of its own shows of the page. */
export const PageState = z.object({
  title: z.string().max(300),
  /** The container that is shown, for the list of recent ones. */
  container: z.object({ id: ContainerId, name: z.string().max(300) }).nullable(),
  /** That container is one of a recording: nothing of it can be read again. */
  isRecording: z.boolean(),
  /** A scan or an export runs. */
  isBusy: z.boolean(),
  /** The engine that answers, in words; null: none, or it is not known yet. */
  engine: z.string().max(300).nullable(),
})
export type PageState = z.infer<typeof PageState>

/** `problem`: what was kept could not be read, so these are the defaults. */
export const KeptPreferences = z.object({ preferences: Preferences, problem: Problem.nullable() })
export type KeptPreferences = z.infer<typeof KeptPreferences>

/** Everything that a front end may ask. Start reading here. */
export const contract = {
  'host.describe': query(Nothing, HostInfo),
  /** Ends at once where a host has no commands of its own. */
  'host.commands': stream(Nothing, HostCommand),
  'host.showState': query(PageState, Nothing),
  /** Both fail where the host has no ability `preferences`: the page then keeps them itself. */
  'preferences.read': query(Nothing, KeptPreferences),
  /** Answers when they are kept and the engine's address is the one to be asked from now on. */
  'preferences.write': query(Preferences, Nothing),
  'engine.status': query(Nothing, EngineStatus),
  /** Every endpoint that this computer knows of, each asked how it does. */
  'engine.endpoints': query(Nothing, z.array(KnownEndpoint)),
  /** From now on this one alone is asked; null: as docker would choose. */
  'engine.choose': query(z.object({ endpointId: z.string().max(100).nullable() }), EngineStatus),
  'helper.status': query(Nothing, HelperStatus),
  /** Allows or forbids the helper container for the engine that is asked now; forbidden, it ends at once. */
  'helper.allow': query(z.object({ isAllowed: z.boolean() }), HelperStatus),
  /** The list at once, then again after every change; drained by the host, so a slow page never slows the engine. */
  'containers.watch': stream(Nothing, ContainerList),
  'snapshot.take': query(z.object({ containerId: ContainerId }), Snapshot),
  /** First what is known of the last hour, then one sample at a time. */
  'live.watch': stream(z.object({ containerId: ContainerId, everyMs: EveryMs }), z.array(LiveSample)),
  /**
   * What changes among the processes of one container, or of the whole machine of its engine (`scope: 'host'`, which has the
   * container's as well); `visible` are the host PIDs that are on screen.
   */
  'processes.watch': stream(z.object({ containerId: ContainerId, scope: z.enum(['container', 'host']), everyMs: EveryMs, visible: z.array(z.number().int()).max(1000) }), ProcessTick),
  /** `names`: the folder's path as raw name per level, as listings gave them. */
  'files.list': query(z.object({ containerId: ContainerId, names: z.array(z.string().max(1024)).max(64) }), FolderListing),
  /** Exports a snapshot that this host took, by its id: what was seen is what is written. */
  'report.export': query(z.object({ snapshotId: z.string().max(64), format: ReportFormat, redact: z.boolean() }), ExportedReport),
}
export type IsoscopeContract = typeof contract
export type IsoscopeClient = Client<IsoscopeContract>
