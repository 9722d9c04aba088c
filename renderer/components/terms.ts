import type { NamespaceType } from '../../shared/model/namespace-type'

/** A word of the field, explained where it is first met: two sentences, and the manual page that says more. */
export interface Term {
  title: string
  text: string
  manPage: string
}

/** What each namespace keeps apart (namespaces(7)). */
export const NAMESPACE_TERMS: Record<NamespaceType, Term> = {
  mnt: {
    title: 'Mount namespace',
    text: 'The list of file systems that a process can see, so its whole tree from / down. With a private one the container has a root of its own, and mounting inside changes nothing outside.',
    manPage: 'mount_namespaces(7)',
  },
  pid: {
    title: 'PID namespace',
    text: 'The set of processes that can be seen, and the numbers that they have. In a private one the first process is number 1 inside, while the host sees the same process under another number.',
    manPage: 'pid_namespaces(7)',
  },
  net: {
    title: 'Network namespace',
    text: 'Interfaces, addresses, routes, ports and firewall rules. With a private one port 80 inside is not port 80 of the host until it is published.',
    manPage: 'network_namespaces(7)',
  },
  ipc: {
    title: 'IPC namespace',
    text: 'System V message queues, semaphores and shared memory, and POSIX message queues. Processes in different ones cannot reach each other through these.',
    manPage: 'ipc_namespaces(7)',
  },
  uts: {
    title: 'UTS namespace',
    text: 'The hostname and the NIS domain name. With a private one the container is called something else than its host.',
    manPage: 'uts_namespaces(7)',
  },
  user: {
    title: 'User namespace',
    text: 'Which user and group numbers inside stand for which outside, and where capabilities count. Docker shares the host\'s by default, so root inside is root outside, held back by other means.',
    manPage: 'user_namespaces(7)',
  },
  cgroup: {
    title: 'Cgroup namespace',
    text: 'Which part of the control group tree a process sees as its root. It hides the host\'s paths; the limits themselves apply with or without it.',
    manPage: 'cgroup_namespaces(7)',
  },
  time: {
    title: 'Time namespace',
    text: 'Offsets of the monotonic and boot clocks, so uptime can differ; the calendar clock is always shared. Docker does not make one, so this is normally the host\'s.',
    manPage: 'time_namespaces(7)',
  },
}

/** Other words that pages explain. */
export const TERMS = {
  namespace: {
    title: 'Namespace',
    text: 'A kernel wrapper around one global thing, such as the process list or the network, that gives the processes in it a copy of their own. Two processes are in the same one exactly when the inode numbers of /proc/<pid>/ns/<type> are equal.',
    manPage: 'namespaces(7)',
  },
  cgroup: {
    title: 'Control group',
    text: 'A group of processes whose use of CPU, memory and process numbers the kernel counts and can limit. Namespaces decide what a container sees; control groups decide how much it may use.',
    manPage: 'cgroups(7)',
  },
  rss: {
    title: 'Resident memory',
    text: 'The part of a process that is in physical memory now. Pages shared between processes are counted in each of them, so a sum is too large.',
    manPage: 'proc_pid_status(5)',
  },
} as const satisfies Record<string, Term>
