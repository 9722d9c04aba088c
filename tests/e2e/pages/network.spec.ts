import { expect, openTab, sample, test } from '../app'

const { network, hostname, users } = sample
const eth = network.inside?.interfaces.find(({ hostPeer }) => hostPeer !== null)

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Network')
  await expect(page.getByRole('region', { name: 'Hostname inside' })).toBeVisible()
})

test('both hostnames stand side by side', async ({ page }) => {
  await expect(page.getByRole('region', { name: 'Hostname inside' })).toContainText(hostname.inside ?? '')
  await expect(page.getByRole('region', { name: 'Host’s name · this computer' })).toContainText(hostname.host ?? '')
})

test('an interface is drawn to its other end and into its bridge', async ({ page }) => {
  const wires = page.getByRole('list', { name: 'Interfaces and what they are joined to' })
  await expect(wires.getByRole('listitem').filter({ hasText: eth?.addresses[0] ?? '' }))
    .toContainText(new RegExp(`${eth?.name}.*is joined to.*${eth?.hostPeer}.*in the bridge.*${eth?.hostBridge}`))
})

test('a published port is drawn from the host to who listens inside', async ({ page }) => {
  const [port] = network.published.filter(({ hostPort }) => hostPort !== null)
  const listener = network.inside?.listening.find(socket => socket.port === port?.containerPort)
  const ways = page.getByRole('list', { name: 'Published ports, from the host to the inside' })
  await expect(ways.getByRole('listitem').first())
    .toContainText(new RegExp(`${port?.containerPort}/${port?.protocol}.*${listener?.command}.*is reached from.*:${port?.hostPort}`))
})

test('choosing an interface inside chooses its other end on the host', async ({ page }) => {
  await page.getByRole('tab', { name: 'Interfaces' }).click()
  await page.getByRole('grid', { name: 'Interfaces inside' }).getByRole('row', { name: new RegExp(`^${eth?.name} `) }).click()
  await expect(page.getByRole('grid', { name: 'Interfaces of the host' }).getByRole('row', { selected: true })).toContainText(eth?.hostPeer ?? '')
  await expect(page.getByText(eth?.macAddress ?? '')).toBeVisible()
})

test('choosing a listener shows who holds its published port on the host', async ({ page }) => {
  await page.getByRole('tab', { name: 'Listening' }).click()
  const port = network.published.find(({ hostPort }) => hostPort !== null)
  await page.getByRole('grid', { name: 'Listening inside' }).getByRole('row', { name: new RegExp(`^${port?.containerPort} `) }).click()
  await expect(page.getByRole('grid', { name: 'Listening on the host' }).getByRole('row', { selected: true })).toContainText(String(port?.hostPort))
})

test('accounts of both sides are searched at once', async ({ page }) => {
  await page.getByRole('tab', { name: 'Users' }).click()
  await page.getByRole('searchbox', { name: 'A name or a UID, on both sides' }).fill('root')
  for (const [name, entries] of [['Accounts inside', users.inside], ['Accounts on the host', users.host]] as const) {
    const rows = page.getByRole('table', { name }).getByRole('row')
    await expect(rows).toHaveCount(1 + (entries?.filter(entry => entry.name.includes('root')).length ?? 0))
  }
})

test('the first process is named on both sides, with the map in words', async ({ page }) => {
  await page.getByRole('tab', { name: 'Users' }).click()
  const who = page.getByRole('region', { name: 'Who the first process is' })
  await expect(who).toContainText(`${users.main.user}`)
  await expect(who).toContainText(`UID ${users.main.hostUid}`)
  await expect(who).toContainText('0 inside is 0 on the host')
})

for (const part of ['Wiring', 'Interfaces', 'Listening', 'Users']) {
  test(`axe finds nothing in the part ${part}`, async ({ page, expectAccessible }) => {
    await page.getByRole('tab', { name: part }).click()
    await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true')
    await expectAccessible()
  })
}
