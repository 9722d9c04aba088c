import type { Image } from '../shared/model/image'
import type { RunContext } from '../shared/model/run-context'
import { inspectAll } from './collect/inspect-all'
import { parseContainerDetail } from './parse/docker-detail'
import { parseImage } from './parse/docker-image'
import { parseListedContainer } from './parse/docker-list'
import { parseNetwork } from './parse/docker-network'
import { describeEngine, type RawInfo } from './parse/docker-version'
import type { DockerEngine } from './sources/docker'
import { askInLines } from './sources/in-lines'

/** What a front end has to know of an engine before a container is run on it. */
export async function readRunContext(docker: DockerEngine, signal: AbortSignal): Promise<RunContext> {
  const [version, info, networks, listed] = await Promise.all([docker.version(signal), docker.info(signal), docker.networks(signal), docker.list(signal)])
  const containers = listed.map(parseListedContainer)
  const inspected = await inspectAll(docker, containers, signal)
  return {
    engine: describeEngine(docker.endpoint, version, info),
    defaultRuntime: info.DefaultRuntime,
    rootFolder: info.DockerRootDir,
    hostMemoryBytes: info.MemTotal ?? null,
    enforces: ignoresLimits(info) ? { memory: false, cpu: false, pids: false } : { memory: info.MemoryLimit ?? null, cpu: info.CpuCfsQuota ?? null, pids: info.PidsLimit ?? null },
    networks: networks.map(parseNetwork),
    containers: containers.map((container, index) => {
      const raw = inspected[index]
      return {
        id: container.id,
        name: container.name,
        isRunning: container.state === 'running' || container.state === 'paused',
        modes: raw ? parseContainerDetail(raw, container).modes : null,
      }
    }),
  }
}

/** A rootless Podman tells what its kernel could do; with control groups of version 1 it makes containers without their limits, and says nothing of that (measured: 4.3). */
const ignoresLimits = ({ Rootless, CgroupVersion }: RawInfo): boolean => Rootless === true && CgroupVersion === '1'

/** The engine's images, those without a tag too, but not the helper container's. */
export async function listImages(docker: DockerEngine, signal: AbortSignal): Promise<Image[]> {
  const images = (await docker.images(signal)).filter(({ RepoTags }) => !RepoTags.some(tag => /(?:^|\/)isoscope-helper:[0-9a-f]{12}$/.test(tag)))
  const configs = await askInLines(images, ({ Id }) => docker.imageConfig(Id, signal), signal)
  return images.map((image, index) => parseImage(image, configs[index] ?? null))
}
