import { createClient } from '../../shared/contract/client'
import { contract, type ExportedReport, type IsoscopeClient, type IsoscopeContract, type ReportFormat } from '../../shared/contract/contract'
import type { Handlers } from '../../shared/contract/define'
import { serve } from '../../shared/contract/serve'
import type { LiveSample } from '../../shared/model/live'
import { ProblemError } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { formatTime } from '../../shared/text/format-time'
import { loadPart } from '../load-part'
import { createMemoryWires } from './wire-memory'

const NOT_KEPT_HERE = { code: 'PREFERENCES_NOT_KEPT', what: 'A recording keeps no preferences.', fix: 'Close the recording first.' }

const NO_SHELL_HERE = { code: 'SHELL_NOT_RECORDED', what: 'A recording has no terminal.', fix: 'Open the running container to work in it.' }

const NO_ENGINE_HERE = { code: 'HELPER_WITHOUT_ENGINE', what: 'A recording asks no engine, so no helper container can run.', fix: 'Close the recording first.' }

/** The page's third client: answers every call of the contract from one saved snapshot. Nothing can be read again. */
export function createSavedSnapshotClient(snapshot: Snapshot): IsoscopeClient {
  const { container } = snapshot
  const sample: LiveSample = {
    at: snapshot.takenAt,
    inside: snapshot.processCounts.inside,
    host: snapshot.processCounts.host,
    cpuSeconds: snapshot.cgroup.cpu.usageSeconds,
    memoryBytes: snapshot.cgroup.memory.usageBytes,
    pids: snapshot.cgroup.pids.current,
    readAtSeconds: null,
  }
  const handlers: Handlers<IsoscopeContract> = {
    'host.commands': async function* () {},
    'host.showState': async () => ({}),
    'host.describe': async () => ({ host: 'recording', version: snapshot.isoscopeVersion, abilities: [], shortcuts: [] }),
    'preferences.read': async () => { throw new ProblemError(NOT_KEPT_HERE) },
    'preferences.write': async () => { throw new ProblemError(NOT_KEPT_HERE) },
    'engine.status': async () => ({
      engine: snapshot.engine,
      why: 'It is a recording.',
      setAside: null,
      tried: [{ endpoint: snapshot.engine.endpoint, isReachable: true, answer: `Recorded at ${formatTime(snapshot.takenAt)}.` }],
      startSteps: [],
    }),
    'engine.endpoints': async () => [],
    'engine.choose': async () => { throw new ProblemError({ code: 'ENDPOINT_UNKNOWN', what: 'A recording has no engine to choose.', fix: 'Close the recording first.' }) },
    'helper.status': async () => ({ state: 'off', because: 'a recording asks no engine', engineId: null, containerId: null }),
    'helper.allow': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'containers.watch': async function* () {
      yield { at: snapshot.takenAt, containers: [container], problem: null }
    },
    'container.act': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'view.run': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'images.list': async () => [],
    'run.context': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'container.run': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'container.plan': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'container.runAgain': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'image.pull': () => { throw new ProblemError(NO_ENGINE_HERE) },
    'image.build': () => { throw new ProblemError(NO_ENGINE_HERE) },
    'lab.watch': async function* () {},
    'lab.perform': async () => { throw new ProblemError(NO_ENGINE_HERE) },
    'lab.renew': async () => ({}),
    'actions.watch': async function* () {
      yield []
    },
    'snapshot.take': async ({ containerId }) => {
      if (containerId !== container.id)
        throw new ProblemError({ code: 'CONTAINER_NOT_RECORDED', what: 'This recording is of another container.', fix: 'Choose the container in the list.' })
      return snapshot
    },
    'live.watch': async function* () {
      yield [sample]
    },
    'processes.watch': async function* () {},
    'logs.watch': () => {
      throw new ProblemError({ code: 'LOGS_NOT_RECORDED', what: 'A recording has no logs.', fix: 'Open the running container to read what it writes.' })
    },
    'shell.find': async () => { throw new ProblemError(NO_SHELL_HERE) },
    'shell.open': () => { throw new ProblemError(NO_SHELL_HERE) },
    'shell.write': async () => { throw new ProblemError(NO_SHELL_HERE) },
    'shell.resize': async () => { throw new ProblemError(NO_SHELL_HERE) },
    'shell.close': async () => { throw new ProblemError(NO_SHELL_HERE) },
    'toolbox.offer': async () => { throw new ProblemError(NO_SHELL_HERE) },
    'toolbox.open': () => { throw new ProblemError(NO_SHELL_HERE) },
    'files.list': async ({ names }) => {
      if (names.length > 0 || !snapshot.files.rootInside)
        throw new ProblemError({ code: 'FOLDER_NOT_RECORDED', what: 'This recording holds only the names in /.', fix: 'Open the running container to look further.' })
      return { path: '/', entries: snapshot.files.rootInside, omittedCount: 0 }
    },
    'report.export': async ({ format, redact: isRedacted }) => exportReport(snapshot, format, isRedacted),
  }
  const wires = createMemoryWires()
  serve(contract, handlers, wires.host, { onError: error => reportError(error), allowsActions: false })
  return createClient<IsoscopeContract>(wires.page)
}

async function exportReport(taken: Snapshot, format: ReportFormat, isRedacted: boolean): Promise<ExportedReport> {
  const [{ toHtml }, { toMarkdown }, { toJson }, { redact }, { reportFileName }] = await loadPart(() => Promise.all([
    import('../../shared/report/to-html'),
    import('../../shared/report/to-markdown'),
    import('../../shared/report/to-json'),
    import('../../shared/report/redact'),
    import('../../shared/report/report-file-name'),
  ]))
  const snapshot = isRedacted ? redact(taken) : taken
  const download = (extension: string, mediaType: string, text: string): ExportedReport =>
    ({ outcome: 'download', fileName: reportFileName(snapshot, extension), mediaType, base64: toBase64(text) })
  switch (format) {
    case 'html': return download('html', 'text/html', toHtml(snapshot))
    case 'markdown': return download('md', 'text/markdown', toMarkdown(snapshot))
    case 'json': return download('json', 'application/json', toJson(snapshot))
    case 'pdf': throw new ProblemError({ code: 'PDF_UNAVAILABLE', what: 'A recording cannot print.', fix: 'Export HTML and print that.' })
  }
}

/** UTF-8 as base64; a character at a time, because a spread of a whole report is too many arguments. */
function toBase64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text))
    binary += String.fromCharCode(byte)
  return btoa(binary)
}
