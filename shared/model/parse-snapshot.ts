import { ProblemError } from './problem'
import { Snapshot } from './snapshot'

/** A saved file's text as a snapshot; throws a ProblemError that says what is wrong with it. Heavy: import it lazily. */
export function parseSnapshot(text: string, fileName: string): Snapshot {
  const parsed = Snapshot.safeParse(parseJson(text, fileName))
  if (parsed.success)
    return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.')
  throw new ProblemError({
    code: 'SNAPSHOT_NOT_VALID',
    what: `${fileName} is no Isoscope snapshot of format 1: ${place ? `${place}: ` : ''}${issue?.message ?? 'not valid'}.`,
    fix: 'Choose a file that "isoscope snapshot <container> --json" or the Report page (JSON) wrote.',
  })
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    throw new ProblemError({
      code: 'SNAPSHOT_NOT_JSON',
      what: `${fileName} is not JSON, or is cut short.`,
      fix: 'Choose a file that "isoscope snapshot <container> --json" or the Report page (JSON) wrote.',
    })
  }
}
