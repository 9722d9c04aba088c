import type { IsoscopeContract } from '../../shared/contract/contract'
import type { Handlers } from '../../shared/contract/define'
import { ProblemError } from '../../shared/model/problem'
import { redact } from '../../shared/report/redact'
import { reportFileName } from '../../shared/report/report-file-name'
import type { Service } from '../../engine/service'
import { findBrowser } from '../pdf/find-browser'
import { renderReport } from '../report/render-report'
import { REPORT_FORMATS } from '../report/report-formats'

interface WebHandlerOptions {
  service: Service
  version: string
  env: NodeJS.ProcessEnv
  /** It was started with leave to run the helper container, which the page may take back and give again. */
  isHelperOffered: boolean
  /** It was started with leave to change the engine. */
  allowsActions: boolean
}

const NOT_KEPT_HERE = {
  code: 'PREFERENCES_NOT_KEPT',
  what: 'The web host keeps no preferences.',
  fix: 'The page keeps them in its browser. The engine is chosen as the docker command does, with DOCKER_HOST.',
}

const HELPER_NOT_OFFERED = {
  code: 'HELPER_NOT_OFFERED',
  what: 'This web host was started without leave to run the helper container.',
  fix: 'Start it with `isoscope serve --helper`.',
}

/** A PDF starts a browser: reports are made one after another. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const next = last.then(task)
    last = next.catch(() => {})
    return next
  }
}

/** All calls as the web host answers them: the engine's, and the two that differ between hosts. */
export function createWebHandlers({ service, version, env, isHelperOffered, allowsActions }: WebHandlerOptions): Handlers<IsoscopeContract> {
  const inTurn = createQueue()
  return {
    ...service.handlers,
    // A browser's own menus, title and tabs do what these are for.
    'host.commands': async function* () {},
    'host.showState': async () => ({}),
    'preferences.read': async () => { throw new ProblemError(NOT_KEPT_HERE) },
    'preferences.write': async () => { throw new ProblemError(NOT_KEPT_HERE) },
    'host.describe': async () => {
      const browser = await findBrowser(env)
      return {
        host: 'web',
        version,
        abilities: ['files.list', ...browser ? ['report.pdf' as const] : [], ...isHelperOffered ? ['helper' as const] : [], ...allowsActions ? ['actions' as const] : []],
        shortcuts: [],
      }
    },
    'helper.allow': async ({ isAllowed }, { signal }) => {
      if (!isHelperOffered)
        throw new ProblemError(HELPER_NOT_OFFERED)
      service.permitHelper(isAllowed ? 'every' : [])
      return service.helperStatus(signal)
    },
    'report.export': async ({ snapshotId, format, redact: isRedacted }, { signal }) => {
      const taken = service.recentSnapshot(snapshotId)
      const snapshot = isRedacted ? redact(taken) : taken
      const { extension, mediaType } = REPORT_FORMATS[format]
      const bytes = await inTurn(() => renderReport(snapshot, format, { env, signal }))
      return {
        outcome: 'download',
        fileName: reportFileName(snapshot, extension),
        mediaType,
        base64: Buffer.from(bytes).toString('base64'),
      }
    },
  }
}
