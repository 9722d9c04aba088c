import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { docker } from './docker'

const script = fileURLToPath(new URL('../../examples/nodeapp/build-and-run.sh', import.meta.url))

/** The sample of the story, started as `npm run sample` does it; it stays, as it may be a person's own. Gives its full id. */
export async function ensureNodeapp(): Promise<string> {
  await promisify(execFile)('bash', [script])
  return docker('inspect', '--format', '{{.Id}}', 'nodeapp-container')
}
