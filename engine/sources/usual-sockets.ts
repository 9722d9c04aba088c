import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../../shared/model/engine'
import type { Surroundings } from './surroundings'

type Usual = readonly [origin: string, path: string | undefined, where: 'linux' | 'darwin' | 'both']

/** Profiles of Colima, machines of Podman: more than anybody has. */
const MAX_NAMES = 50

/**
 * Where the known engines put their sockets, in the order in which they are tried. Sources: the products' own documents; Colima's
 * profiles are folders below `~/.colima`, Podman's machines have a socket each.
 */
export function usualSockets({ env, homeDirectory, platform }: Surroundings): Endpoint[] {
  const home = (path: string): string => join(homeDirectory, path)
  const runtime = (path: string): string | undefined => env['XDG_RUNTIME_DIR'] && join(env['XDG_RUNTIME_DIR'], path)
  const temporary = env['TMPDIR'] && join(env['TMPDIR'], 'podman')
  const sockets: Usual[] = [
    ['Docker Engine', '/var/run/docker.sock', 'both'],
    ['Docker Desktop', home('.docker/run/docker.sock'), 'darwin'],
    ['Docker Desktop', home('.docker/desktop/docker.sock'), 'linux'],
    ['rootless Docker', runtime('docker.sock') ?? home('.docker/run/docker.sock'), 'linux'],
    ['Colima', home('.colima/default/docker.sock'), 'both'],
    ...namesIn(home('.colima')).filter(name => name !== 'default' && !/^[_.]/.test(name))
      .map((name): Usual => [`Colima "${name}"`, home(`.colima/${name}/docker.sock`), 'both']),
    ['OrbStack', home('.orbstack/run/docker.sock'), 'darwin'],
    ['Rancher Desktop', home('.rd/docker.sock'), 'both'],
    ['Podman', '/run/podman/podman.sock', 'linux'],
    ['rootless Podman', runtime('podman/podman.sock'), 'linux'],
    ...podmanMachines(runtime('podman'), 'linux'),
    ['Podman machine', home('.local/share/containers/podman/machine/podman.sock'), 'darwin'],
    ...podmanMachines(temporary, 'darwin'),
  ]
  return sockets.flatMap(([origin, path, where]) =>
    path !== undefined && (where === 'both' || where === platform) ? [{ origin, address: `unix://${path}` }] : [])
}

/** Whether there is anything at that socket's path: also what is no socket, or may not be looked at. */
export function isThere({ address }: Endpoint): boolean {
  try {
    return lstatSync(address.slice('unix://'.length), { throwIfNoEntry: false }) !== undefined
  }
  catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOTDIR')
  }
}

/** Podman 5: `podman-machine-default-api.sock` in a folder for temporary files. */
function podmanMachines(folder: string | undefined, where: Usual[2]): Usual[] {
  if (folder === undefined)
    return []
  return namesIn(folder).filter(name => name.endsWith('-api.sock'))
    .map((name): Usual => [`Podman machine "${name.slice(0, -'-api.sock'.length)}"`, join(folder, name), where])
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort().slice(0, MAX_NAMES)
  }
  catch {
    return []
  }
}
