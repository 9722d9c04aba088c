import { docker } from '../../support/docker'

/** A running container with the host's PIDs of its processes, as docker tells them. */
export interface Members {
  readonly id: string
  readonly name: string
  readonly pids: ReadonlySet<number>
}

/** All containers that run now, by `docker ps` and `docker top`; one that went away between the two is left out. */
export async function runningMembers(): Promise<Members[]> {
  const running = (await docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}')).split('\n').filter(line => line !== '')
  const members = await Promise.all(running.map(async (line) => {
    const [id = '', name = ''] = line.split(' ')
    const listed = await docker('top', id, '-eo', 'pid').catch(() => null)
    return listed === null ? [] : [{ id, name, pids: new Set(listed.split('\n').slice(1).map(Number)) }]
  }))
  return members.flat()
}
