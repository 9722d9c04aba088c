import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { ROOT } from '../launch/build-first.mjs'

const MODULES = {
  'local-proc': 'engine/sources/local-proc.ts',
  'cgroup-files': 'engine/sources/cgroup-files.ts',
  'read-cgroup': 'engine/collect/read-cgroup.ts',
  'network-view': 'engine/collect/network-view.ts',
  'sysfs-net': 'engine/sources/sysfs-net.ts',
  'scan-host': 'engine/collect/scan-host.ts',
  'process-ticker': 'engine/processes/process-ticker.ts',
  'docker': 'engine/sources/docker.ts',
  'helper': 'engine/helper.ts',
  'owner': 'engine/sources/owner.ts',
  'service': 'engine/service.ts',
}
const FOLDER = join(ROOT, 'out/bench/engine')

/**
 * @typedef {object} Engine the engine's modules that are measured, as they are built for the command line
 * @property {typeof import('../../engine/sources/local-proc.js')} localProc
 * @property {typeof import('../../engine/sources/cgroup-files.js')} cgroupFiles
 * @property {typeof import('../../engine/collect/read-cgroup.js')} readCgroup
 * @property {typeof import('../../engine/collect/network-view.js')} networkView
 * @property {typeof import('../../engine/sources/sysfs-net.js')} sysfsNet
 * @property {typeof import('../../engine/collect/scan-host.js')} scanHost
 * @property {typeof import('../../engine/processes/process-ticker.js')} processTicker
 * @property {typeof import('../../engine/sources/docker.js')} docker
 * @property {typeof import('../../engine/helper.js')} helper
 * @property {typeof import('../../engine/sources/owner.js')} owner
 * @property {typeof import('../../engine/service.js')} service
 */

export async function buildEngine() {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: { ssr: true, target: 'node20', outDir: FOLDER, emptyOutDir: true, rolldownOptions: { input: Object.fromEntries(Object.entries(MODULES).map(([name, path]) => [name, join(ROOT, path)])) } },
  })
}

/** @returns {Promise<Engine>} what `buildEngine` built */
export async function loadEngine() {
  const load = (/** @type {keyof typeof MODULES} */ name) => import(pathToFileURL(join(FOLDER, `${name}.js`)).href)
  return {
    localProc: await load('local-proc'),
    cgroupFiles: await load('cgroup-files'),
    readCgroup: await load('read-cgroup'),
    networkView: await load('network-view'),
    sysfsNet: await load('sysfs-net'),
    scanHost: await load('scan-host'),
    processTicker: await load('process-ticker'),
    docker: await load('docker'),
    helper: await load('helper'),
    owner: await load('owner'),
    service: await load('service'),
  }
}
