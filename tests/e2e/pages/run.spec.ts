import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { docker, dockerWithInput } from '../../support/docker'
import { packTar } from '../../support/pack-tar'
import { startRegistry } from '../../support/registry'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from '../app'

const NAME = `isoscope-test-run-page-${process.pid}`
const BUILT = `isoscope-test-run-page-built-${process.pid}`
let image: string
test.beforeEach(async ({ page, openApp }) => {
  image = await ensureBusyboxImage()
  await openApp()
  await page.getByRole('link', { name: 'Run a container' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Run a container' })).toBeVisible()
})
test.afterEach(async () => {
  for (const name of [NAME, `${NAME}-other`])
    await docker('rm', '--force', '--volumes', name).catch(() => {})
})

const line = (page: Page): Locator => page.getByRole('textbox', { name: /^docker run line/ })
const field = (page: Page, name: string): Locator => page.getByRole('main').getByLabel(name, { exact: true })
const open = (page: Page, part: string): Promise<void> => page.getByRole('group').filter({ has: page.getByRole('heading', { name: part }) }).locator('summary').click()
const question = (page: Page): Locator => page.getByRole('alertdialog')

async function verdicts(table: Locator): Promise<Record<string, string>> {
  const rows = await table.locator('tbody tr').all()
  return Object.fromEntries(await Promise.all(rows.map(async row => [await row.getByRole('rowheader').innerText(), await row.getByRole('cell').nth(1).innerText()])))
}

/** Runs what the form has. */
async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run…' }).click()
  await question(page).getByRole('button', { name: 'Run', exact: true }).click()
}

test('the form becomes the docker line, and a line the form', async ({ page, expectAccessible }) => {
  await expect(page.getByText('Name an image first.')).toBeVisible()
  await field(page, 'Image').fill(image)
  await expect(page.getByText('The engine has it:')).toBeVisible()
  await field(page, 'Name').fill(NAME)
  await field(page, 'Published ports, one a line').fill('127.0.0.1:8080:80\n53/udp')
  await field(page, 'Environment, one a line').fill('GREETING=good day')
  await field(page, 'Mounts, one a line').fill('/srv:/data:ro\n--tmpfs /tmp')
  await field(page, 'Network').selectOption('host')
  await open(page, 'Limits')
  await field(page, 'CPUs').fill('1.5')
  await open(page, 'Rights')
  await field(page, 'Capabilities dropped').fill('ALL')
  await page.getByRole('checkbox', { name: /^No new privileges/ }).check()
  await field(page, 'Command').fill('sh -c "echo \'a b\'"')
  await expect(line(page)).toHaveValue(`docker run -d --name ${NAME} -e 'GREETING=good day' --network host -p 127.0.0.1:8080:80 -p 53/udp -v /srv:/data:ro --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --cpus 1.5 ${image} sh -c 'echo '\\''a b'\\'''`)
  await expectAccessible()

  await line(page).fill(`docker run --name other -m 64m --pid host --restart on-failure:3 --device /dev/fuse ${image} top`)
  await expect(field(page, 'Name')).toHaveValue('other')
  await expect(field(page, 'Memory')).toHaveValue('64m')
  await expect(field(page, 'Published ports, one a line')).toHaveValue('')
  await expect(field(page, 'Command')).toHaveValue('top')
  // What has no field stays.
  await field(page, 'Name').fill('another')
  await expect(line(page)).toHaveValue(`docker run --name another --restart on-failure:3 --device /dev/fuse --pid host --memory 64m ${image} top`)
})

test('what cannot be read is said where it stands, and the form keeps what it had', async ({ page, expectAccessible }) => {
  await field(page, 'Image').fill(image)
  await field(page, 'Name').fill(NAME)
  await line(page).fill('docker run --memroy 64m nginx')
  await expect(page.getByText('“--memroy” is no flag of docker run (column 12).')).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue(NAME)
  await expect(page.getByRole('button', { name: 'Run…' })).toBeDisabled()
  await page.getByRole('button', { name: 'Write it as the form has it' }).click()
  await expect(line(page)).toHaveValue(`docker run -d --name ${NAME} ${image}`)

  await field(page, 'Published ports, one a line').fill('99999')
  await expect(page.getByRole('alert')).toContainText('no port to publish')
  await expectAccessible()
  await expect(page.getByRole('button', { name: 'Run…' })).toBeDisabled()
  // Another page and back: nothing is lost.
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: /^Containers/ }).click()
  await page.getByRole('link', { name: 'Run a container' }).click()
  await expect(field(page, 'Published ports, one a line')).toHaveValue('99999')
  await expect(field(page, 'Name')).toHaveValue(NAME)
})

test('a container is isolated as was foretold', async ({ page, expectAccessible }) => {
  await line(page).fill(`docker run --name ${NAME} --network none --read-only --pid host ${image} sleep 10000`)
  const foretold = page.getByRole('region', { name: 'How it would be isolated' })
  await expect(foretold).toContainText('foretold, not observed')
  await expect(foretold.locator('[data-type=pid]')).toContainText('--pid is host')
  const before = await verdicts(foretold.getByRole('table'))
  expect(before['pid']).toBe('host')
  expect(before['net']).toBe('private')
  await page.getByRole('button', { name: 'Run…' }).click()
  await expect(question(page)).toContainText(`docker run -d --name ${NAME} --network none --read-only --pid host ${image} sleep 10000`)
  await expectAccessible()
  await question(page).getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('link', { name: 'See how it is isolated' }).click()
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible()
  const strip = page.getByRole('list', { name: 'The boundary: eight namespaces' })
  for (const [type, verdict] of Object.entries(before))
    await expect(strip.getByRole('listitem').filter({ has: page.getByText(type, { exact: true }) })).toContainText(verdict)
  expect(await docker('inspect', '--format', '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.PidMode}} {{.HostConfig.NetworkMode}}', NAME)).toBe('true host none')

  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await expect(page.getByRole('region', { name: 'What Isoscope did' }).getByRole('row', { name: `--name ${NAME}` }).getByRole('button', { name: 'Undo…' })).toBeVisible()
})

test('a container that is joined is named, also when it begins to run meanwhile', async ({ page }) => {
  await line(page).fill(`docker run --name ${NAME} --network container:${NAME}-other ${image} sleep 10000`)
  const net = page.getByRole('region', { name: 'How it would be isolated' }).locator('[data-type=net]')
  await expect(net).toContainText('the engine has no such container')
  await docker('run', '--detach', '--name', `${NAME}-other`, '--network', 'none', image, 'sleep', '10000')
  await expect(net).toContainText(`shared with ${NAME}-other`)
  await expect(field(page, 'Network')).toHaveValue(`container:${NAME}-other`)
})

test('a name in use is said, and the form keeps what was typed', async ({ page }) => {
  await docker('create', '--name', NAME, '--network', 'none', image, 'true')
  await line(page).fill(`docker run --name ${NAME} --network none ${image} sleep 10000`)
  await run(page)
  await expect(question(page)).toContainText(`Another container is called ${NAME} already.`)
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  const problem = page.getByRole('main').getByText(`Another container is called ${NAME} already.`)
  await expect(problem).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue(NAME)
  await expect(field(page, 'Command')).toHaveValue('sleep 10000')
  await field(page, 'Name').fill(`${NAME}-other`)
  await expect(problem).toHaveCount(0)
  await run(page)
  await expect(page.getByText(`${NAME}-other runs.`)).toBeVisible()
})

test('one that ends at once says so, with its exit code and the way to its logs', async ({ page, expectAccessible }) => {
  await line(page).fill(`docker run --name ${NAME} --network none ${image} sh -c 'echo no; exit 3'`)
  await run(page)
  await expect(page.getByText(`${NAME} ended again at once with exit code 3.`)).toBeVisible()
  await page.getByText('As a service of a Compose file').click()
  await expectAccessible()
  await page.getByRole('link', { name: 'Read its logs' }).click()
  await expect(page).toHaveURL(/\/logs$/)
})

test('an image is built from a folder, and the form then has it', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'isoscope-test-run-page-'))
  try {
    writeFileSync(join(folder, 'Dockerfile'), `FROM ${image}\nUSER 1000\nRUN echo building it\n`)
    await open(page, 'Build an image first')
    await field(page, 'Folder on this computer').fill(folder)
    await field(page, 'Tag').fill(BUILT)
    await page.getByRole('button', { name: 'Build', exact: true }).click()
    await expect(page.getByText('Built, and named in the form:')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('log')).toContainText('building it')
    await expect(field(page, 'Image')).toHaveValue(BUILT)
    await expect(page.getByText('The engine has it:')).toBeVisible()
    await expect(field(page, 'User')).toHaveAttribute('placeholder', '1000')
  }
  finally {
    rmSync(folder, { recursive: true })
    await docker('rmi', '--force', BUILT)
  }
})

test('an image that the engine has not is fetched by a button, and a failure is said', async ({ page }) => {
  await dockerWithInput([await packTar({ name: 'stamp', body: `${process.pid} ${Date.now()}` })], ['import', '-', BUILT])
  const registry = await startRegistry(BUILT)
  await docker('rmi', BUILT)
  try {
    await field(page, 'Image').fill(registry.image)
    await expect(page.getByText(`docker pull ${registry.image}`)).toBeVisible()
    await page.getByRole('button', { name: `Pull ${registry.image}` }).click()
    await expect(page.getByText('The engine has it:')).toBeVisible()
    await expect(field(page, 'Image')).toHaveValue(registry.image)
  }
  finally {
    await docker('rmi', '--force', registry.image).catch(() => {})
    await registry.close()
  }
  // A registry where none is: the answer comes at once.
  await field(page, 'Image').fill('127.0.0.1:9/isoscope-test/none')
  await page.getByRole('button', { name: 'Pull 127.0.0.1:9/isoscope-test/none' }).click()
  await expect(page.getByText('The engine cannot reach the registry of 127.0.0.1:9/isoscope-test/none.')).toBeVisible()
})
