import type { Term } from '../../components/terms'
import type { CapabilitySet } from './capability-rows'

/** The five sets of a process (capabilities(7)). */
export const CAPABILITY_TERMS: Record<CapabilitySet, Term> = {
  effective: { title: 'Effective', text: 'What the kernel asks for when the process does something. These are in force now.', manPage: 'capabilities(7)' },
  permitted: { title: 'Permitted', text: 'What the process may make effective whenever it likes. One that was given up here is gone.', manPage: 'capabilities(7)' },
  bounding: { title: 'Bounding', text: 'What no program started from here can ever go beyond. A setuid program can still reach what is in it.', manPage: 'capabilities(7)' },
  inheritable: { title: 'Inheritable', text: 'What is kept for a program whose file asks for it. Docker leaves it empty since version 20.10.14.', manPage: 'capabilities(7)' },
  ambient: { title: 'Ambient', text: 'What an ordinary user’s programs get without asking. It is empty unless somebody fills it on purpose.', manPage: 'capabilities(7)' },
}
