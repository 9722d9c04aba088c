import type { Situation } from './situation'

const IDLE = ['sleep', '10000'] as const

/**
 * perl's own threads: the perl of the engine's machine, as no program of busybox has any. It reads this from its stdin: for one that is given
 * with `-e` it opens /dev/null, which is not below /host.
 */
const FOUR_THREADS = 'use threads; threads->create(sub { sleep 10000 }) for 1..3; sleep 10000'

/** Enough of the engine's machine to run a program of it below /host. */
const PROGRAMS_OF_HOST = ['--volume=/usr:/host/usr:ro', '--volume=/bin:/host/bin:ro', '--volume=/lib:/host/lib:ro', '--volume=/lib64:/host/lib64:ro']

/** Names that are made to be taken for something else: as printf of the shell writes them into its own comm. */
const ODD_NAMES = ['a) R 1 1 (b', 'two\\nlines', '\\377\\376\\200', '\\033[31mred', '<b>=1+1</b>', 'abcdefghijklm\\342\\202\\254', ' lead', 'x (deleted)']
const NAMING = ODD_NAMES.map(name => `(exec sh -c 'printf "${name}" > /proc/$$/comm; read line < /tmp/fifo') &`).join('\n')

/** Processes: how many, of whom, from where. */
export const PROCESS_SITUATIONS: readonly Situation[] = [
  { name: 'plain', flags: [] },
  { name: 'no-shell', flags: [], image: 'static', command: ['/sleep', '10000'] },
  { name: 'many-processes', flags: [], command: ['sh', '-c', 'for i in $(seq 60); do sleep 10000 & done; wait'], processes: 61 },
  { name: 'threads', flags: [...PROGRAMS_OF_HOST], command: ['sh', '-c', `echo '${FOUR_THREADS}' | chroot /host /usr/bin/perl & exec sleep 10000`], processes: 2 },
  { name: 'zombies', flags: [], command: ['sh', '-c', 'true & false & exec sleep 10000'] },
  { name: 'init', flags: ['--init'], command: ['sh', '-c', 'sleep 10000 & sleep 10000'], processes: 3, needs: ['init'] },
  { name: 'exec', flags: ['--workdir=/home/app'], processes: 3, then: [{ docker: ['exec', '--detach', '{id}', 'sh', '-c', 'sleep 9999 & wait'] }] },
  { name: 'exec-as-user', flags: [], processes: 2, then: [{ docker: ['exec', '--detach', '--user=1000', '{id}', ...IDLE] }] },
  { name: 'exec-privileged', flags: [], processes: 2, needs: ['privileged'], then: [{ docker: ['exec', '--detach', '--privileged', '{id}', ...IDLE] }] },
  { name: 'orphans', flags: [], command: ['sh', '-c', '(sleep 10000 & sleep 0) & exec sleep 10000'], processes: null },
  { name: 'sessions', flags: [], command: ['sh', '-c', 'setsid sh -c "sleep 10000 | sleep 10000" & exec sleep 10000'], processes: 4 },
  { name: 'entered-pid', flags: [], then: [{ guest: ['nsenter', '--target={pid}', '--pid', '--', ...IDLE] }] },
  { name: 'entered-network', flags: [], then: [{ guest: ['nsenter', '--target={pid}', '--net', '--', ...IDLE] }] },
  { name: 'entered-uts-ipc', flags: [], then: [{ guest: ['nsenter', '--target={pid}', '--uts', '--ipc', '--', ...IDLE] }] },
  { name: 'entered-all', flags: [], then: [{ guest: ['nsenter', '--target={pid}', '--mount', '--uts', '--ipc', '--net', '--pid', '--', ...IDLE] }] },
  { name: 'nested-pid', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined'], command: ['sh', '-c', 'unshare -p -f sleep 9998 & exec sleep 10000'], processes: 3 },
  { name: 'nested-twice', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined'], command: ['sh', '-c', 'unshare -p -f unshare -p -f sleep 9998 & exec sleep 10000'], processes: 4 },
  { name: 'nested-all', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined', '--security-opt=seccomp=unconfined'], command: ['sh', '-c', 'unshare -m -u -i -n -p -f sleep 9998 & exec sleep 10000'], processes: 3 },
  { name: 'time-namespace', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined', ...PROGRAMS_OF_HOST], command: ['sh', '-c', 'chroot /host /usr/bin/unshare --time --fork sleep 9997 & exec sleep 10000'], processes: 3 },
  { name: 'odd-process-names', flags: ['--tmpfs=/tmp'], command: ['sh', '-c', `mkfifo /tmp/fifo\n${NAMING}\nwait`, 'with space', 'new\nline', '', '--flag=\u202Ereversed'], processes: ODD_NAMES.length + 1 },
  { name: 'other-user-inside', flags: [], command: ['sh', '-c', 'su app -s /bin/sh -c "sleep 9999" & exec sleep 10000'], processes: null },
]
