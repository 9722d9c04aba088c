// node taker-process.mjs '{"uid": 1000, "gid": 1000, "groups": [105], "viewpoint": {…}}': takes the snapshot of each container whose id comes
// in a line, as that user, and answers with a line: {"snapshot": …} or {"error": …}. It starts as root, so that it can read this checkout
// wherever it lies, and gives up root for good before the first question.
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { uid, gid, groups, viewpoint } = JSON.parse(process.argv[2] ?? '')
const { module } = await runnerImport(fileURLToPath(new URL('take.ts', import.meta.url)))
process.setgroups?.(groups)
process.setgid?.(gid)
process.setuid?.(uid)
const { take, end } = module.snapshotTaker(viewpoint)
for await (const containerId of createInterface({ input: process.stdin })) {
  const answer = await take(containerId).then(
    (/** @type {unknown} */ snapshot) => ({ snapshot }),
    (/** @type {unknown} */ error) => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
await end()
