/** Where `ssh` is to go. Everything else (keys, jumps, names of hosts) is in the person's own ssh configuration. */
export interface SshTarget {
  readonly user: string | null
  readonly host: string
  readonly port: number | null
  /** The engine's socket there; null: where the docker command of that machine finds it. */
  readonly socketPath: string | null
}

/**
 * Letters that neither `ssh` nor the shell on the other side read as anything else; nothing begins with a hyphen, which would be
 * an option.
 */
const ADDRESS = /^ssh:\/\/(?:(?<user>\w[\w.+-]{0,63})@)?(?<host>[A-Za-z0-9_][\w.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?<port>\d{1,5}))?(?<path>\/[\w./+@-]{0,106})?$/

/** `ssh://user@host:22/path/of/the.sock` as docker reads it; null for everything that is not exactly that. */
export function sshTarget(address: string): SshTarget | null {
  const { user, host, port, path } = address.match(ADDRESS)?.groups ?? {}
  if (host === undefined || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)))
    return null
  return {
    user: user ?? null,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? null : Number(port),
    socketPath: path === undefined || /^\/+$/.test(path) ? null : path,
  }
}

/**
 * Nothing is ever asked of the person (`BatchMode`): what needs an answer fails with ssh's own words. A peer that is gone is found
 * within half a minute. Forwarding, which the configuration may switch on, is not for a connection that carries an engine's API.
 */
const OPTIONS = [
  'BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=10', 'ServerAliveCountMax=3', 'LogLevel=ERROR',
  'ClearAllForwardings=yes', 'ForwardAgent=no', 'ForwardX11=no', 'ControlPersist=no',
]

/** The arguments of `ssh` for one stream of bytes to the engine. `controlPath` is the socket over which streams share one connection. */
export function sshArguments({ user, host, port, socketPath }: SshTarget, controlPath: string, isMaster: boolean): string[] {
  return [
    '-T',
    ...OPTIONS.flatMap(option => ['-o', option]),
    '-o', `ControlMaster=${isMaster ? 'yes' : 'no'}`,
    '-S', controlPath.replaceAll('%', '%%'),
    ...user === null ? [] : ['-l', user],
    ...port === null ? [] : ['-p', String(port)],
    '--', host,
    'docker', ...socketPath === null ? [] : [`--host=unix://${socketPath}`], 'system', 'dial-stdio',
  ]
}
