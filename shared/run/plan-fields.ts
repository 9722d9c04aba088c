import { type PlannedMount, RunPlan } from '../model/run-plan'
import { VALUES } from './flags'
import { mountFlag } from './mount-spec'
import { portText } from './port-spec'
import { shellLine } from '../text/shell-quote'
import { shellWords } from './shell-words'
import { cpusText, sizeText } from './sizes'
import { WrongValue } from './wrong-value'

/**
 * A part of the plan as a person types it in a field of its own, with the words that the flag on the line takes. `set` changes the plan that it is given,
 * and throws WrongValue or ProblemError for what cannot be; an empty text leaves it to the image or the engine.
 */
export interface PlanField {
  readonly text: (plan: RunPlan) => string
  readonly set: (plan: RunPlan, text: string) => void
}

/** As the flag's value on the line is read. */
function take(plan: RunPlan, flag: string, value: string): void {
  const read = VALUES.get(flag)
  if (read === undefined)
    throw new Error(`a field asks for the flag ${flag}, which is not read`)
  read(plan, value)
}

const single = (flag: string, text: PlanField['text'], clear: (plan: RunPlan) => void): PlanField => ({
  text,
  set: (plan, typed) => {
    const value = typed.trim()
    clear(plan)
    if (value !== '')
      take(plan, flag, value)
  },
})

/** One in each line, or between any blanks where none can hold one. */
const several = (texts: (plan: RunPlan) => string[], clear: (plan: RunPlan) => void, add: (plan: RunPlan, value: string) => void, between: '\n' | ' '): PlanField => ({
  text: plan => texts(plan).join(between),
  set: (plan, typed) => {
    const values = typed.split(between === ' ' ? /[\s,]+/ : '\n').filter(value => value.trim() !== '')
    clear(plan)
    for (const value of values) {
      try {
        add(plan, between === ' ' ? value.trim() : value)
      }
      catch (error) {
        throw error instanceof WrongValue && values.length > 1 ? new WrongValue(`${error.message} (“${value.trim()}”)`, error.fix) : error
      }
    }
  },
})

const mountText = (mount: PlannedMount): string => mount.flag === 'volume' ? mountFlag(mount)[1] : mountFlag(mount).join(' ')

function addMount(plan: RunPlan, written: string): void {
  const [, flag = 'volume', value = ''] = /^(?:--(volume|tmpfs|mount)[ =]|-v )?\s*(.*)$/.exec(written.trim()) ?? []
  take(plan, flag, value)
}

function setImage(plan: RunPlan, typed: string): void {
  const name = typed.trim()
  if (name !== '' && !RunPlan.shape.image.safeParse(name).success)
    throw new WrongValue('is no name of an image', 'Write a name such as nginx, nginx:1.27 or registry.example/team/app.')
  plan.image = name
}

export const PLAN_FIELDS = {
  image: { text: ({ image }) => image, set: setImage },
  command: {
    text: ({ command }) => shellLine(command),
    set: (plan, typed) => { plan.command = shellWords(typed).map(({ text }) => text) },
  },
  name: single('name', ({ name }) => name, (plan) => { plan.name = '' }),
  user: single('user', ({ user }) => user, (plan) => { plan.user = '' }),
  ports: several(({ ports }) => ports.map(portText), (plan) => { plan.ports = [] }, (plan, value) => take(plan, 'publish', value.trim()), '\n'),
  environment: several(({ environment }) => environment.map(({ name, value }) => `${name}=${value}`), (plan) => { plan.environment = [] }, (plan, value) => take(plan, 'env', value), '\n'),
  mounts: several(({ mounts }) => mounts.map(mountText), (plan) => { plan.mounts = [] }, addMount, '\n'),
  capabilitiesAdded: several(plan => plan.capabilitiesAdded, (plan) => { plan.capabilitiesAdded = [] }, (plan, value) => take(plan, 'cap-add', value), ' '),
  capabilitiesDropped: several(plan => plan.capabilitiesDropped, (plan) => { plan.capabilitiesDropped = [] }, (plan, value) => take(plan, 'cap-drop', value), ' '),
  cpus: single('cpus', ({ limits: { nanoCpus } }) => nanoCpus === null ? '' : cpusText(nanoCpus), (plan) => { plan.limits.nanoCpus = null }),
  memory: single('memory', ({ limits: { memoryBytes } }) => memoryBytes === null ? '' : sizeText(memoryBytes), (plan) => { plan.limits.memoryBytes = null }),
  pids: single('pids-limit', ({ limits: { pids } }) => pids === null ? '' : String(pids), (plan) => { plan.limits.pids = null }),
  appArmor: {
    text: ({ securityOptions }) => securityOptions.find(option => APPARMOR.test(option))?.replace(APPARMOR, '') ?? '',
    set: (plan, typed) => { setOption(plan, APPARMOR, typed.trim() === '' ? null : `apparmor=${typed.trim()}`) },
  },
} as const satisfies Readonly<Record<string, PlanField>>
export type PlanFieldName = keyof typeof PLAN_FIELDS

const APPARMOR = /^apparmor[=:]/
const SECCOMP = /^seccomp[=:]/
const NO_NEW_PRIVILEGES = /^no-new-privileges(?:[=:]|$)/

/** In place of every option of that kind. */
function setOption(plan: RunPlan, kind: RegExp, option: string | null): void {
  plan.securityOptions = [...plan.securityOptions.filter(other => !kind.test(other)), ...option === null ? [] : [option]]
}

export const hasNoNewPrivileges = ({ securityOptions }: RunPlan): boolean =>
  securityOptions.some(option => /^no-new-privileges(?:[=:]true)?$/.test(option))
export const setNoNewPrivileges = (plan: RunPlan, is: boolean): void => setOption(plan, NO_NEW_PRIVILEGES, is ? 'no-new-privileges' : null)

export const isWithoutSeccomp = ({ securityOptions }: RunPlan): boolean => securityOptions.some(option => SECCOMP.test(option) && option.endsWith('unconfined'))
export const setWithoutSeccomp = (plan: RunPlan, is: boolean): void => setOption(plan, SECCOMP, is ? 'seccomp=unconfined' : null)

/** One entry of the field holds a line break, which no line of a field can: it is changed on the docker line alone. */
export const hasLineBreak = ({ environment, mounts }: RunPlan, field: PlanFieldName): boolean =>
  (field === 'environment' && environment.some(({ name, value }) => `${name}${value}`.includes('\n')))
  || (field === 'mounts' && mounts.some(mount => mountText(mount).includes('\n')))
