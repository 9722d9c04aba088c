/** What an engine has to say of a container at least: null for everything that may be null. */
export const SMALLEST_INSPECT = {
  Id: 'c'.repeat(64),
  State: { Status: null, Pid: null },
  Config: { User: null },
  HostConfig: {
    PidMode: null, NetworkMode: null, IpcMode: null, UTSMode: null, UsernsMode: null, Privileged: null, ReadonlyRootfs: null, CapAdd: null, CapDrop: null,
    SecurityOpt: null, MaskedPaths: null, ReadonlyPaths: null, Memory: null, NanoCpus: null, CpuQuota: null, PidsLimit: null,
  },
  Mounts: null,
}
