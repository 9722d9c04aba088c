import { Readable } from 'node:stream'
import type { Scene } from '../../engine/collect/scene'
import { parseContainerDetail } from '../../engine/parse/docker-detail'
import { RawInspect } from '../../engine/parse/docker-inspect'
import { RawContainer } from '../../engine/parse/docker-list'
import { RawInfo, RawVersion } from '../../engine/parse/docker-version'
import type { Change, DockerEngine } from '../../engine/sources/docker'
import { localProc } from '../../engine/sources/local-proc'
import { ProblemError } from '../../shared/model/problem'
import { SMALLEST_INSPECT } from './smallest-inspect'

/** What a stand-in engine answers; what is not given it refuses. */
export interface EngineAnswers {
  version?: object
  info?: object
  list?: readonly object[]
  inspect?: object
  changes?: readonly Change[]
  exported?: Buffer
}

/**
 * A scene around a container of `docker inspect`'s fields and a folder that stands for procfs: `procRoot` null is an engine elsewhere.
 * The container's first process is PID 7 there.
 */
export function sceneOf(inspect: { State?: object, Config?: object, HostConfig?: object } & Record<string, unknown>, procRoot: string | null, answers: EngineAnswers = {}): Scene {
  const raw = RawInspect.parse({
    ...SMALLEST_INSPECT,
    Name: '/app',
    ...inspect,
    Config: { ...SMALLEST_INSPECT.Config, ...inspect.Config },
    State: { Status: 'running', Pid: 7, ...inspect.State },
    HostConfig: { ...SMALLEST_INSPECT.HostConfig, ...inspect.HostConfig },
  })
  const container = parseContainerDetail(raw, { id: raw.Id, name: 'app', image: 'app', command: '', createdAt: '', state: 'running', status: 'Up', ports: [] })
  const proc = procRoot === null ? null : localProc(procRoot)
  const because = 'the engine is elsewhere'
  return {
    docker: engineThatAnswers(answers),
    engine: {
      endpoint: { origin: 'a test', address: 'unix:///nowhere' }, product: 'Docker Engine', name: 'engine', version: '20.10.24', apiVersion: '1.41', operatingSystem: '', kernelVersion: '',
      architecture: '', storageDriver: 'overlay2', cgroupVersion: '1', cgroupDriver: '', securityOptions: [], runtimes: [], isRootless: false, hasUserNamespaceRemap: false,
    },
    container,
    raw,
    containerNames: new Map(),
    runningContainers: [],
    unnamed: [],
    kernel: proc === null ? { proc, because } : { proc, proof: 'a test' },
    scan: null,
    reported: null,
    unreportedBecause: null,
    init: proc === null ? { proc, because } : { proc, hostPid: 7 },
    signal: new AbortController().signal,
  }
}

/** An engine of fixed answers, each as an engine gave it. */
export function engineThatAnswers({ version, info, list, inspect, changes, exported }: EngineAnswers): DockerEngine {
  const refuse = (): Promise<never> => Promise.reject(new ProblemError({ code: 'ENGINE_REFUSED', what: 'The engine said no.', fix: 'Ask another.' }))
  return {
    endpoint: { origin: 'a test', address: 'unix:///nowhere' },
    version: async () => version === undefined ? refuse() : { ...RawVersion.parse(version), spokenApiVersion: RawVersion.parse(version).ApiVersion },
    info: async () => info === undefined ? refuse() : RawInfo.parse(info),
    list: async () => list === undefined ? refuse() : list.map(each => RawContainer.parse(each)),
    inspect: async () => inspect === undefined ? refuse() : RawInspect.parse(inspect),
    asked: refuse,
    top: refuse,
    stats: refuse,
    changes: () => changes === undefined ? refuse() : Promise.resolve([...changes]),
    exportTar: () => exported === undefined ? refuse() : Promise.resolve(Readable.from([exported])),
    events: refuse,
    eventsOf: refuse,
    logs: refuse,
    retire: () => {},
    close: () => {},
    helpers: refuse,
    containersLabelled: refuse,
    loadImage: refuse,
    createHelper: refuse,
    attach: refuse,
    start: refuse,
    remove: refuse,
    removeImage: refuse,
    wait: refuse,
    resize: refuse,
    lifecycle: refuse,
    create: refuse,
    pull: refuse,
    build: refuse,
    images: refuse,
    imageConfig: refuse,
    everyImage: refuse,
    volumes: refuse,
    networks: refuse,
    createExec: refuse,
    startExec: refuse,
    startTerminal: refuse,
    resizeExec: refuse,
    inspectExec: refuse,
  }
}
