import type { Situation } from './situation'

const HOSTILE = '\u001b[31m<img src=x onerror=alert(1)>\u202E'

/** Users, rights, limits, and what is declared. */
export const RIGHTS_SITUATIONS: readonly Situation[] = [
  { name: 'user', flags: ['--user=1000:1000'] },
  { name: 'user-by-name', flags: ['--user=app'] },
  { name: 'user-unknown', flags: ['--user=4242:4343', '--group-add=7'] },
  { name: 'read-only', flags: ['--read-only'] },
  { name: 'cap-add', flags: ['--cap-add=NET_ADMIN', '--cap-add=SYS_PTRACE'] },
  { name: 'cap-drop', flags: ['--cap-drop=NET_RAW', '--cap-drop=CHOWN'] },
  { name: 'cap-none', flags: ['--cap-drop=ALL'] },
  { name: 'cap-user', flags: ['--cap-add=NET_ADMIN', '--user=1000'] },
  { name: 'no-new-privileges', flags: ['--security-opt=no-new-privileges'] },
  { name: 'seccomp-unconfined', flags: ['--security-opt=seccomp=unconfined'] },
  { name: 'apparmor-unconfined', flags: ['--security-opt=apparmor=unconfined'] },
  { name: 'paths-unconfined', flags: ['--security-opt=systempaths=unconfined'] },
  { name: 'privileged', flags: ['--privileged'], needs: ['privileged'] },
  { name: 'memory', flags: ['--memory=64m', '--memory-swap=64m'], needs: ['limits'] },
  { name: 'cpus', flags: ['--cpus=0.5'], needs: ['limits'] },
  { name: 'cpuset-shares', flags: ['--cpuset-cpus=0', '--cpu-shares=512'], needs: ['limits'] },
  { name: 'pids-limit', flags: ['--pids-limit=20'], needs: ['limits'] },
  { name: 'ulimit', flags: ['--ulimit=nofile=64:128', '--ulimit=core=0'], needs: ['ulimit'] },
  { name: 'nested-cgroup', flags: [], processes: 2, command: ['sh', '-c', 'sleep 10000 & wait'], needs: ['host-cgroup'], then: [{ script: nestedGroup() }] },
  { name: 'confined', flags: ['--read-only', '--memory=64m', '--cpus=0.5', '--pids-limit=20', '--security-opt=no-new-privileges', '--cap-drop=ALL', '--user=1000', '--network=none'], needs: ['limits'] },
  { name: 'hostile-words', flags: ['--label', `evil=${HOSTILE}`, '--label', 'a=b=c', '--env', `EVIL=${HOSTILE}`, '--env', 'EMPTY='] },
  { name: 'devices', flags: ['--device=/dev/null:/dev/other:r', '--device=/dev/zero'], needs: ['devices'] },
]

/** Its second process goes into a group of its own below the container's, as an engine inside of a container makes them. */
function nestedGroup(): string {
  const move = 'mkdir "$group/inner" && echo "$child" > "$group/inner/cgroup.procs"'
  return [
    'child=$(ps --ppid {pid} -o pid= | tr -d " ")',
    'if path=$(sed -n "s/^0:://p" /proc/{pid}/cgroup) && [ -e "/sys/fs/cgroup$path/cgroup.procs" ]; then group=/sys/fs/cgroup$path',
    'else group=/sys/fs/cgroup/pids$(sed -n "s/^[0-9]*:pids://p" /proc/{pid}/cgroup); fi',
    move,
  ].join('\n')
}
