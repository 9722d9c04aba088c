import type { LabInventory } from '../../shared/model/lab'
import type { DockerEngine } from '../sources/docker'

/** Everything that an engine keeps, by kind: what is known under which name. */
export type Inventory = Readonly<Record<LabInventory['kind'], ReadonlyMap<string, string>>>

/** As `docker ps -a`, `docker images -a`, `docker volume ls` and `docker network ls`, without Isoscope's helper. */
export async function takeInventory(docker: DockerEngine, signal: AbortSignal): Promise<Inventory> {
  const [containers, images, volumes, networks] = await Promise.all([docker.list(signal), docker.everyImage(signal), docker.volumes(signal), docker.networks(signal)])
  return {
    containers: new Map(containers.map(({ Id, Names }) => [Id, Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12)])),
    images: new Map(images.map(({ Id, RepoTags }) => [Id, RepoTags.find(tag => tag !== '<none>:<none>') ?? Id.slice(7, 19)])),
    volumes: new Map(volumes.map(name => [name, name])),
    networks: new Map(networks.map(({ Name }) => [Name, Name])),
  }
}

const KINDS: readonly LabInventory['kind'][] = ['containers', 'images', 'volumes', 'networks']

/** What came and what went between the two, by name. */
export const compareInventories = (before: Inventory, after: Inventory): LabInventory[] => KINDS.map(kind => ({
  kind,
  before: before[kind].size,
  after: after[kind].size,
  came: missing(after[kind], before[kind]),
  gone: missing(before[kind], after[kind]),
}))

/** The names of what the first has and the second has not. */
const missing = (from: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...from].flatMap(([id, name]) => other.has(id) ? [] : [name])
