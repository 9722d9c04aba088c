import type { Term } from '../../components/terms'

/** The words of the Resources page that a reader may meet here for the first time. */
export const RESOURCE_TERMS = {
  reclaimable: {
    title: 'Memory that can be freed at once',
    text: 'Copies of file contents that nobody used lately (inactive page cache). The kernel drops them before it refuses memory to anyone, so “docker stats” does not count them.',
    manPage: 'cgroups(7)',
  },
  throttled: {
    title: 'Held back',
    text: 'How long the container’s processes stood still because they had used up their share of a period. It grows only under a limit that is too small for what they do.',
    manPage: 'cgroups(7)',
  },
  weight: {
    title: 'Weight',
    text: 'Its share of the processors when more is wanted than there is, beside the weights of the others. It limits nothing while processors are free.',
    manPage: 'cgroups(7)',
  },
  pids: {
    title: 'Tasks',
    text: 'Processes and their threads: the kernel numbers both, and both count here. That is why there are more tasks than processes.',
    manPage: 'cgroups(7)',
  },
} as const satisfies Record<string, Term>
