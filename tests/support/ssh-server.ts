import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { ENGINE_SOCKET } from './engine-socket'

export interface SshServer {
  readonly address: string
  readonly port: number
  /** An environment in which `ssh` knows this server and has the key for it; also the docker command finds that `ssh`. */
  readonly env: NodeJS.ProcessEnv
  /** How often somebody has logged in. */
  readonly logins: () => number
  /** Another environment: `ssh` with these lines of configuration before those that fit. */
  readonly envWith: (lines: string) => NodeJS.ProcessEnv
  /** Ends the server, and removes its keys and all environments. */
  readonly end: () => Promise<void>
}

/** A real sshd on loopback with keys and configuration of its own. `more` is added to its sshd_config. */
export async function startSshServer(more = ''): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'isoscope-sshd-'))
  const port = await freePort()
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)])
  copyFileSync(join(folder, 'user.pub'), join(folder, 'authorized'))
  // Where sshd as root confines what is not logged in yet; packages leave it to the init system.
  mkdirSync('/run/sshd', { recursive: true })
  const config = join(folder, 'sshd_config')
  writeFileSync(config, `${more}
ListenAddress 127.0.0.1:${port}
HostKey ${join(folder, 'host')}
AuthorizedKeysFile ${join(folder, 'authorized')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel VERBOSE
SetEnv DOCKER_HOST=unix://${ENGINE_SOCKET}
`)
  let log = ''
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(sshd, 'close')
  await new Promise<void>((resolve, reject) => {
    sshd.stderr.on('data', (chunk) => {
      log += String(chunk)
      if (log.includes('Server listening'))
        resolve()
    })
    sshd.once('close', () => reject(new Error(`sshd ended: ${log}`)))
  })
  writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`)

  function envWith(lines: string): NodeJS.ProcessEnv {
    const bin = mkdtempSync(join(folder, 'bin-'))
    writeFileSync(join(bin, 'config'), `${lines}
IdentityFile ${join(folder, 'user')}
IdentitiesOnly yes
UserKnownHostsFile ${join(folder, 'known_hosts')}
StrictHostKeyChecking yes
`)
    // ssh finds its configuration by the account, not by HOME.
    writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${join(bin, 'config')}' "$@"\n`)
    chmodSync(join(bin, 'ssh'), 0o755)
    return { ...process.env, SSH_AUTH_SOCK: '', PATH: `${bin}:${process.env['PATH']}` }
  }

  return {
    address: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    port,
    env: envWith(''),
    envWith,
    logins: () => log.split('Accepted publickey').length - 1,
    end: async () => {
      sshd.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
