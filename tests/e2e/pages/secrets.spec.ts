import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from '../app'
import { walkPages } from '../walk-pages'

const run = promisify(execFile)

/** A value of each shape that secrets have; none was ever anybody's. */
const ENVIRONMENT = Object.entries({
  PASSWORD: 'env-Hunter2-canary', DB_PASS: 'env-pass-canary', API_KEY: 'env-api-canary', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/envcanary',
  AWS_ACCESS_KEY_ID: 'AKIAENVCANARY0000001', GITHUB_TOKEN: 'ghp_envcanary00000000000000000000000001', SLACK_TOKEN: 'xoxb-111111-envcanary',
  OPENAI_API_KEY: 'sk-envcanary0000000000000000', JWT: 'eyJhbGciOiJIUzI1.eyJlbnYiOiJjYW5h.envcanary', DATABASE_URL: 'postgres://user:envcanary@db/app',
  REDIS_URL: 'redis://:envcanary-redis@cache:6379', PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----envcanary', COOKIE_SECRET: 'env-cookie-canary',
  SESSION: 'env-session-canary', PASSPHRASE: 'env passphrase canary', BEARER: 'Bearer env-bearer-canary', PLAIN: 'env-plain-canary',
  SMTP_AUTH: 'env-smtp-canary', CREDENTIALS: '{"key":"env-json-canary"}', EMPTY_LOOKING: '   env-blank-canary',
})
const LABELS = ['label-canary-1', 'label-canary-2'] as const
const ARGUMENTS = [
  ['--password', 'arg-canary-1'], ['--token=arg-canary-2'], ['API_KEY=arg-canary-3'], ['https://user:arg-canary-4@example.test/'],
  ['ghp_argcanary500000000000000000000000005'], ['Authorization: arg-canary-6'], ['-H', 'Authorization: Bearer arg-canary-7'],
]
const ARGUMENT_SECRETS = ['arg-canary-1', 'arg-canary-2', 'arg-canary-3', 'arg-canary-4', 'ghp_argcanary5', 'arg-canary-6', 'arg-canary-7']
const FORMATS = ['PDF', 'HTML', 'Markdown', 'JSON'] as const

let container: StartedContainer

test.beforeAll(async () => {
  container = await startContainer({
    name: 'secrets',
    image: await ensureBusyboxImage(),
    flags: [
      ...ENVIRONMENT.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...LABELS.flatMap(value => ['--label', `owner.${value}=${value}`]),
    ],
    command: ['sh', '-c', 'while :; do sleep 1000; done', 'sh', ...ARGUMENTS.flat()],
  })
})
test.afterAll(removeAll)

/** Which of these a text holds, also where a line was broken within one. */
function leaked(text: string, secrets: readonly string[]): string[] {
  const without = text.replace(/\s/g, '')
  return secrets.filter(secret => without.includes(secret.replace(/\s/g, '')))
}

test('values of the environment are nowhere, and what is masked is in no file', async ({ page, openApp, exported, host }) => {
  test.setTimeout(120_000)
  const environment = ENVIRONMENT.map(([, value]) => value)
  await openApp()
  const walked = await walkPages(page, container.name)
  const shown = walked.flatMap(({ texts, attributes }) => [...texts, ...attributes]).join('\n')
  expect(shown).toContain('AWS_SECRET_ACCESS_KEY')
  expect(leaked(shown, environment)).toEqual([])

  for (const isMasked of [false, true]) {
    await page.getByRole('checkbox', { name: 'Mask names and addresses' }).setChecked(isMasked)
    for (const format of FORMATS) {
      await page.getByRole('radio', { name: new RegExp(`^${format}`) }).check()
      const { path } = await exported(() => page.getByRole('button', { name: `Export ${format}` }).click())
      const text = format === 'PDF' ? (await run('pdftotext', [path, '-'])).stdout : await readFile(path, 'utf8')
      expect(text.length).toBeGreaterThan(1000)
      expect(leaked(text, environment), `${format}, masked: ${isMasked}`).toEqual([])
      if (isMasked)
        expect(leaked(text, [...LABELS.map(value => `"${value}"`), ...ARGUMENT_SECRETS]), `${format}, masked`).toEqual([])
      else if (format === 'JSON')
        expect(leaked(text, ARGUMENT_SECRETS), 'the same file, not masked, shows that they were there').toEqual(ARGUMENT_SECRETS)
    }
  }
  expect(leaked(host.said(), [...environment, ...LABELS, ...ARGUMENT_SECRETS])).toEqual([])
})
