import { emptyPlan, RunPlan } from '../model/run-plan'
import { NOT_TAKEN, SECOND_NAMES, SHORT, SWITCHES, VALUES } from './flags'
import { lineProblem, type Place, shown } from './line-problem'
import { type Word, shellWords } from './shell-words'
import { parseSwitch } from './switch-value'
import { WrongValue } from './wrong-value'

/** Longer than any line that a person pastes; what is longer is not read. */
const MOST_CHARACTERS = 100_000

/**
 * What a pasted `docker run …` asks for, with or without `sudo` and a prompt, over as many lines as backslashes join. It is read as a POSIX
 * shell and docker's own parser (spf13/pflag) read it; nothing is executed, looked up or substituted. Throws ProblemError RUN_LINE_…, which
 * names the word, where it stands and what to do.
 */
export function parseRunLine(line: string): RunPlan {
  if (line.length > MOST_CHARACTERS)
    throw lineProblem('RUN_LINE_TOO_LONG', 'The text is too long for a command line', { text: '', at: 0 }, 'Paste one docker run command alone.')
  const text = line.replaceAll(/\r\n?/g, '\n').replace(/^\s*[$#%>][ \t]+/, prompt => ' '.repeat(prompt.length))
  const words = afterCommand(shellWords(text), text)
  const plan = emptyPlan('')
  const [image, ...command] = takeFlags(plan, words, text)
  if (image === undefined)
    throw lineProblem('RUN_LINE_WITHOUT_IMAGE', 'No image is named', { text, at: text.length }, 'Write the image after the flags: docker run [FLAGS] IMAGE [COMMAND].')
  plan.image = image.text
  plan.command = command.map(word => word.text)
  return checked(plan, image, text)
}

/** What follows `docker run`. */
function afterCommand(words: readonly Word[], text: string): Word[] {
  const [first, ...more] = words[0]?.text === 'sudo' ? words.slice(1) : words
  const own = more[0]?.text === 'container' ? more.slice(1) : more
  const isEngine = first !== undefined && /^(?:\/(?:[^/]+\/)*)?(?:docker|podman)$/.test(first.text)
  if (!isEngine || own[0]?.text !== 'run') {
    const stranger = (isEngine ? own[0] ?? first : first) ?? { text: '', at: text.length }
    const what = isEngine && stranger.text.startsWith('-')
      ? `${shown(stranger.text)} stands between docker and run, and chooses another engine or its settings`
      : `The line does not begin with docker run: ${stranger.text === '' ? 'nothing is there' : `${shown(stranger.text)} stands there`}`
    throw lineProblem('RUN_LINE_NOT_RUN', what, { text, at: stranger.at }, 'Paste a line that begins with docker run; the engine is the one that Isoscope is connected to.')
  }
  return own.slice(1)
}

/** Takes the flags into the plan; gives what follows them. A word that is no flag ends them, and so does `--`. */
function takeFlags(plan: RunPlan, words: readonly Word[], text: string): Word[] {
  const rest = [...words]
  for (;;) {
    const word = rest[0]
    if (word === undefined || !word.text.startsWith('-') || word.text === '-')
      return rest
    rest.shift()
    if (word.text === '--')
      return rest
    if (word.text.startsWith('--'))
      takeLong(plan, word, rest, text)
    else
      takeShort(plan, word, rest, text)
  }
}

function takeLong(plan: RunPlan, word: Word, rest: Word[], text: string): void {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word.text) ?? []
  takeFlag(plan, { name: SECOND_NAMES.get(name) ?? name, shownAs: `--${name}`, value, place: { text, at: word.at } }, rest)
}

/** `-itd`, `-p8080:80`, `-p=8080:80`: letters without a value may be followed by others, the first with one takes what follows it. */
function takeShort(plan: RunPlan, word: Word, rest: Word[], text: string): void {
  const place = { text, at: word.at }
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text.charAt(at)
    const name = SHORT.get(letter)
    const after = word.text.slice(at + 1)
    if (name === undefined)
      throw unknownFlag(`-${letter}`, word, place)
    if (after.startsWith('=') && after.length > 1)
      return takeFlag(plan, { name, shownAs: `-${letter}`, value: after.slice(1), place }, rest)
    if (!SWITCHES.has(name))
      return takeFlag(plan, { name, shownAs: `-${letter}`, value: after === '' ? undefined : after, place }, rest)
    takeFlag(plan, { name, shownAs: `-${letter}`, value: undefined, place }, rest)
  }
}

interface Flag { readonly name: string, readonly shownAs: string, readonly value: string | undefined, readonly place: Place }

/** A value that does not stand in the same word is the next one, whatever that is. */
function takeFlag(plan: RunPlan, { name, shownAs, value, place }: Flag, rest: Word[]): void {
  const isOn = SWITCHES.get(name)
  const take = VALUES.get(name)
  if (isOn === undefined && take === undefined)
    throw unknownFlag(shownAs, null, place, name)
  const given = value ?? (isOn ? 'true' : rest.shift()?.text)
  if (given === undefined)
    throw lineProblem('RUN_LINE_WITHOUT_VALUE', `${shownAs} has no value: the line ends after it`, place, `Write the value after ${shownAs}.`)
  try {
    isOn?.(plan, parseSwitch(given))
    take?.(plan, given)
  }
  catch (error) {
    if (error instanceof WrongValue)
      throw lineProblem('RUN_LINE_WRONG_VALUE', `${shown(given)} of ${shownAs} ${error.message}`, place, error.fix)
    throw error
  }
}

function unknownFlag(shownAs: string, word: Word | null, place: Place, name = ''): Error {
  if (NOT_TAKEN.has(name))
    return lineProblem('RUN_LINE_FLAG_NOT_TAKEN', `${shown(shownAs)} is a flag of docker that has no place in Isoscope’s form`, place, 'Leave the flag out, or run the line in a terminal.')
  const within = word === null || word.text === shownAs ? '' : ` in ${shown(word.text)}`
  return lineProblem('RUN_LINE_FLAG_UNKNOWN', `${shown(shownAs)}${within} is no flag of docker run`, place, 'Look for a typing mistake; what belongs to the container’s own command comes after the image.')
}

function checked(plan: RunPlan, image: Word, text: string): RunPlan {
  // What is named twice counts once, and the last time: docker keeps labels, kernel settings and limits by their names.
  plan.labels = lastOfEach(plan.labels)
  plan.sysctls = lastOfEach(plan.sysctls)
  plan.limits.ulimits = lastOfEach(plan.limits.ulimits)
  if (plan.isRemovedAtEnd && plan.restart.policy !== 'no')
    throw lineProblem('RUN_LINE_CONTRADICTS', '--rm removes the container when it ends, and --restart starts it again', { text, at: image.at }, 'Leave one of the two out.')
  const { data, error } = RunPlan.safeParse(plan)
  if (data)
    return data
  if (error.issues[0]?.path[0] === 'image')
    throw lineProblem('RUN_LINE_WRONG_IMAGE', `${shown(image.text)} is no name of an image`, { text, at: image.at }, 'Write a name such as nginx, nginx:1.27 or registry.example/team/app.')
  throw lineProblem('RUN_LINE_WRONG_VALUE', `What is asked for cannot be: ${error.issues[0]?.path.join('.') ?? ''} is too much, or not allowed`, { text, at: image.at }, 'Ask for less, or run the line in a terminal.')
}

const lastOfEach = <T extends { name: string }>(all: readonly T[]): T[] => [...new Map(all.map(one => [one.name, one])).values()]
