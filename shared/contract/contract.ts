import { z } from 'zod'
import { DoneAction, LifecycleVerb } from '../model/action'
import { ContainerPlan } from '../model/container-plan'
import { EngineStatus, KnownEndpoint } from '../model/engine'
import { FolderListing } from '../model/files'
import { HelperStatus } from '../model/helper'
import { Image } from '../model/image'
import { BuildRequest, ImageReference, ImageWork } from '../model/image-work'
import { Knob } from '../model/knob'
import { Lab, LabOrder } from '../model/lab'
import { ContainerList, LiveSample, ProcessTick } from '../model/live'
import { LogBatch, MAX_LOG_LINES } from '../model/logs'
import { Preferences } from '../model/preferences'
import { Problem } from '../model/problem'
import { RanContainer, RanSibling, RunContext } from '../model/run-context'
import { RunPlan } from '../model/run-plan'
import { FoundShells, MAX_SHELL_INPUT, ShellItem, ShellRequest, ShellSize } from '../model/shell'
import { Snapshot } from '../model/snapshot'
import { ToolboxOffer, ToolboxRequest } from '../model/toolbox'
import { ViewAnswer, ViewCommandId } from '../model/two-views'
import { action, actionStream, type Client, query, stream } from './define'

const Nothing = z.object({})
const ContainerId = z.string().regex(/^[0-9a-f]{64}$/)
/** execve(2) ends an argument at a NUL, and takes none of more than 128 KiB. */
const Argument = z.string().max(32 * 1024).refine(text => !text.includes('\0'), 'an argument has no NUL')
/** Of a terminal that is open, as `shell.open` gave it. */
const SessionId = z.string().uuid()
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
   * `preferences`: it keeps them, and asks the engine where they say; `helper`: the helper container may be allowed here;
   * `actions`: it changes the engine where a person asks for it.
   */
  abilities: z.array(z.enum(['report.pdf', 'files.list', 'preferences', 'helper', 'actions'])),
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
  z.object({ command: z.literal('goTo'), page: z.enum(['containers', 'engine', 'lab', 'preferences', 'help']) }),
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
  /** The engine that answers, in words and by its address; null: none, or it is not known yet. */
  engine: z.object({ words: z.string().max(300), address: z.string().max(1100) }).nullable(),
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
  /** From now on this one alone is asked; null: as docker would choose. `isRemembered`: of an earlier run, it gives way to what was named for this one. */
  'engine.choose': query(z.object({ endpointId: z.string().max(100).nullable(), isRemembered: z.boolean().optional() }), EngineStatus),
  'helper.status': query(Nothing, HelperStatus),
  /** Allows or forbids the helper container for the engine that is asked now; forbidden, it ends at once. */
  'helper.allow': query(z.object({ isAllowed: z.boolean() }), HelperStatus),
  /**
   * The list at once, then again after every change; drained by the host, so a slow page never slows the engine. A page that nobody can see
   * hears only that another engine was chosen: nothing is asked for it, so that an engine that wants to sleep may.
   */
  'containers.watch': stream(z.object({ isUnseen: z.boolean().optional() }), ContainerList),
  /** As the docker command of that name. Answers when it is done; goes on when whoever asked has left. */
  'container.act': action(z.object({ containerId: ContainerId, verb: LifecycleVerb }), Nothing),
  /**
   * One of the fixed commands in the container and outside of it, or a person's own in the container alone: `docker exec` without a terminal.
   * Ended at its limits (VIEW_LIMITS), and when whoever asked has left.
   */
  'view.run': action(z.object({ containerId: ContainerId, asked: z.union([z.object({ commandId: ViewCommandId }), z.object({ argv: z.array(Argument).min(1).max(256) })]) }), ViewAnswer),
  /** The images that the engine has, newest first as it lists them. */
  'images.list': query(Nothing, z.array(Image)),
  /** What decides how a container will be isolated before there is one: the engine's defaults, its networks, and whom one can join. */
  'run.context': query(Nothing, RunContext),
  /** As `docker run --detach` with the equal line. One that is made and does not start is removed again. */
  'container.run': action(RunPlan, RanContainer),
  /** What a container was made of; the values of its environment are left out of it. */
  'container.plan': query(z.object({ containerId: ContainerId }), ContainerPlan),
  /** Runs a sibling of that container, made of the same but for one flag (shared/run/sibling.ts), as `container.run` does. */
  'container.runAgain': action(z.object({ containerId: ContainerId, knob: Knob }), RanSibling),
  /** As `docker pull`, without passwords; ends with the image's id. Whoever leaves ends it. */
  'image.pull': actionStream(z.object({ reference: ImageReference }), ImageWork),
  /** As `docker build` of a folder of the computer that this host runs on; ends with the image's id. Whoever leaves ends it. */
  'image.build': actionStream(BuildRequest, ImageWork),
  /** The guided lab of this host: as it is at once, and again after each change. */
  'lab.watch': stream(Nothing, Lab),
  /** Does a step of it, and answers when it is done; goes on when whoever asked has left. */
  'lab.perform': action(LabOrder, Nothing),
  /** Forgets a lab that was ended, so that the next one can begin; any other stays. Nothing is asked of an engine. */
  'lab.renew': query(Nothing, Nothing),
  /** What Isoscope did to engines in this run because a person asked for it, and what it removed of its own: all of it, and again after each change. */
  'actions.watch': stream(Nothing, z.array(DoneAction)),
  'snapshot.take': query(z.object({ containerId: ContainerId }), Snapshot),
  /** First what is known of the last hour, then one sample at a time. */
  'live.watch': stream(z.object({ containerId: ContainerId, everyMs: EveryMs }), z.array(LiveSample)),
  /**
   * What changes among the processes of one container, or of the whole machine of its engine (`scope: 'host'`, which has the
   * container's as well); `visible` are the host PIDs that are on screen.
   */
  'processes.watch': stream(z.object({ containerId: ContainerId, scope: z.enum(['container', 'host']), everyMs: EveryMs, visible: z.array(z.number().int()).max(1000) }), ProcessTick),
  /**
   * The last `tail` lines that the container wrote, then each one that it writes; drained by the host, so a slow page never slows the engine, and is
   * told how many lines it missed. Fails when the container is removed, or its log cannot be read.
   */
  'logs.watch': stream(z.object({ containerId: ContainerId, tail: z.number().int().min(0).max(MAX_LOG_LINES) }), LogBatch),
  /** Looked for through the container's root: nothing runs in it for that. */
  'shell.find': query(z.object({ containerId: ContainerId }), FoundShells),
  /**
   * A terminal in the container, as `docker exec -it`: first that it is open, then what its programs write, then how its shell ended. What
   * the page does not take is held back at the program. The shell ends with the stream.
   */
  'shell.open': actionStream(ShellRequest, ShellItem),
  /** What a person typed. Answers when the engine has it, which it takes only as fast as the program reads. */
  'shell.write': action(z.object({ sessionId: SessionId, data: z.string().max(MAX_SHELL_INPUT) }), Nothing),
  'shell.resize': action(ShellSize.extend({ sessionId: SessionId }), Nothing),
  /** As if its window was closed: its programs hear SIGHUP. The stream ends then. */
  'shell.close': action(z.object({ sessionId: SessionId }), Nothing),
  /** How a toolbox for a container that runs would be run, and why so: it is in its namespaces, and sees its files. */
  'toolbox.offer': query(z.object({ containerId: ContainerId }), ToolboxOffer),
  /** As `docker run -it --rm` with the equal line, and then as `shell.open`. The toolbox is removed with the stream, and with the end of the container that it is beside. */
  'toolbox.open': actionStream(ToolboxRequest, ShellItem),
  /** `names`: the folder's path as raw name per level, as listings gave them. */
  'files.list': query(z.object({ containerId: ContainerId, names: z.array(z.string().max(1024)).max(64) }), FolderListing),
  /** Exports a snapshot that this host took, by its id: what was seen is what is written. */
  'report.export': query(z.object({ snapshotId: z.string().max(64), format: ReportFormat, redact: z.boolean() }), ExportedReport),
}
export type IsoscopeContract = typeof contract
export type IsoscopeClient = Client<IsoscopeContract>
