import type { Machine } from './machine'

/** The same machine, which is asked each question once: for comparisons that are all about one moment. */
export function askOnce(machine: Machine): Machine {
  return { run: once(machine.run), docker: once(machine.docker), dockerInto: once(machine.dockerInto), fromHere: machine.fromHere }
}

function once<T>(ask: (...words: string[]) => Promise<T>): (...words: string[]) => Promise<T> {
  const answers = new Map<string, Promise<T>>()
  return (...words) => {
    const question = JSON.stringify(words)
    const answer = answers.get(question) ?? ask(...words)
    answers.set(question, answer)
    return answer
  }
}
