import { z } from 'zod'
import type { Ledger } from '../ledger'
import type { Look } from '../look'

const Inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  RestartCount: z.number(),
  State: z.object({ Status: z.string(), Pid: z.number(), ExitCode: z.number() }),
  Config: z.object({ User: z.string(), WorkingDir: z.string(), Labels: z.record(z.string(), z.string()).nullable(), Env: z.array(z.string()).nullable() }),
  HostConfig: z.object({
    Privileged: z.boolean(),
    ReadonlyRootfs: z.boolean(),
    PidMode: z.string(),
    NetworkMode: z.string(),
    IpcMode: z.string(),
    UTSMode: z.string(),
    UsernsMode: z.string(),
    Memory: z.number(),
    NanoCpus: z.number(),
    PidsLimit: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
  }),
})

/** Names and numbers that the docker command prints of a container and its engine. */
export async function compareDeclared({ machine, snapshot: { container, engine } }: Look, { compare }: Ledger): Promise<void> {
  const inspected = async () => z.array(Inspected).parse(JSON.parse(await machine.docker('inspect', container.id)))[0]
  const command = `docker inspect ${container.name}`
  const sorted = (lines: readonly string[]): string[] => [...lines].sort()
  await compare({
    fact: 'container',
    seen: {
      id: container.id,
      name: container.name,
      imageId: container.imageId,
      state: container.state,
      hostPid: container.hostPid,
      user: container.user,
      workingDirectory: container.workingDirectory,
      isPrivileged: container.isPrivileged,
      isReadOnlyRoot: container.isReadOnlyRoot,
      modes: [container.modes.pid, container.modes.network, container.modes.ipc, container.modes.uts, container.modes.user],
      labels: sorted(container.labels.filter(({ name, value }) => /^[ -[\]-~]*$/.test(name + value)).map(({ name, value }) => `${name}=${value}`)),
      environment: sorted(container.environment.map(({ name }) => name)),
    },
    unknownBecause: null,
    expected: async () => {
      const raw = await inspected()
      if (raw === undefined)
        throw new Error('docker inspect names no container')
      const { Config, HostConfig, State } = raw
      return {
        id: raw.Id,
        name: raw.Name.replace(/^\//, ''),
        imageId: raw.Image,
        state: State.Status,
        hostPid: State.Pid === 0 ? null : State.Pid,
        user: Config.User,
        // The engine says nothing of the root directory.
        workingDirectory: Config.WorkingDir || '/',
        isPrivileged: HostConfig.Privileged,
        isReadOnlyRoot: HostConfig.ReadonlyRootfs,
        modes: [HostConfig.PidMode, HostConfig.NetworkMode, HostConfig.IpcMode, HostConfig.UTSMode, HostConfig.UsernsMode],
        labels: sorted(Object.entries(Config.Labels ?? {}).filter(([name, value]) => /^[ -[\]-~]*$/.test(name + value)).map(([name, value]) => `${name}=${value}`)),
        environment: sorted((Config.Env ?? []).map(line => line.split('=')[0] ?? '')),
      }
    },
    command,
  })
  await compare({
    fact: 'engine',
    seen: [engine.version, engine.kernelVersion, engine.storageDriver],
    unknownBecause: null,
    expected: async () => (await machine.docker('info', '--format', '{{.ServerVersion}}\n{{.KernelVersion}}\n{{.Driver}}')).split('\n'),
    command: 'docker info',
  })
  await compare({ fact: 'engine.kernelVersion', seen: engine.kernelVersion, unknownBecause: null, expected: async () => (await machine.run('uname', '-r')).trim(), command: 'uname -r' })
}
