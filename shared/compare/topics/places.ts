import type { Engine } from '../../model/engine'
import type { Host } from '../../model/host'
import { type Answer, evidenceSays, type Question, type Topic } from '../question'

/** An empty text is an engine that does not tell. */
const engine = (fact: string, what: string, ask: (engine: Engine) => string | null): Question =>
  ({ fact: `engine.${fact}`, what, ask: snapshot => ask(snapshot.engine) || null, whyNot: evidenceSays('engine') })

const host = (fact: string, what: string, ask: (host: Host) => Answer): Question =>
  ({ fact: `host.${fact}`, what, ask: snapshot => ask(snapshot.host) || null, whyNot: evidenceSays('host') })

/** Where it runs: two snapshots may be of two machines, or of one before and after an update. */
export const places: Topic = {
  title: 'Engine and host',
  questions: [
    engine('version', 'engine', ({ product, version }) => version && `${product} ${version}`),
    engine('storageDriver', 'storage driver', ({ storageDriver }) => storageDriver),
    engine('cgroupVersion', 'version of control groups', ({ cgroupVersion }) => cgroupVersion),
    host('hostname', 'name of the host', ({ hostname }) => hostname),
    host('operatingSystem', 'operating system', ({ operatingSystem }) => operatingSystem),
    host('kernelVersion', 'kernel', ({ kernelVersion }) => kernelVersion),
  ],
}
