import { expect, type Page } from '@playwright/test'
import { openTab } from './app'

const TABS = ['Overview', 'Processes', 'Files', 'Network', 'Resources', 'Logs', 'Run', 'Security', 'Compare', 'Report'] as const

/** What a document holds, apart from each other: a value that became a tag is no longer text. */
export interface Held {
  texts: string[]
  attributes: string[]
  /** Elements and attributes that could run or load something. */
  active: string[]
}

/** Picks the container in the list and goes through every page of it, every part of each; gives what each of them held. */
export async function walkPages(page: Page, container: string): Promise<Held[]> {
  const walked: Held[] = []
  const link = page.getByRole('main').getByRole('row', { name: container }).getByText(container, { exact: true })
  await expect(link).toBeVisible()
  walked.push(await heldBy(page))
  await link.click()
  await expect(page.getByRole('heading', { level: 1, name: container })).toBeVisible()
  await page.getByRole('button', { name: `Actions on ${container}` }).click()
  await page.getByRole('menuitem', { name: 'Run it again with…' }).click()
  await expect(page.getByRole('heading', { name: 'Run it again with…' })).toBeVisible()
  await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0)
  walked.push(await heldBy(page))
  for (const tab of TABS) {
    await openTab(page, tab)
    await expect(page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0)
    walked.push(await heldBy(page))
    for (const part of (await page.getByRole('tab').all()).slice(1)) {
      await part.click()
      await expect(part).toHaveAttribute('aria-selected', 'true')
      walked.push(await heldBy(page))
    }
  }
  return walked
}

const heldBy = (page: Page): Promise<Held> => page.evaluate(() => {
  // The window's own icon is an address of data, in the page's source.
  const elements = [...document.querySelectorAll('*:not(link[rel=icon])')]
  const attributes = elements.flatMap(element => [...element.attributes].map(({ name, value }) => `${name}=${value}`))
  const texts: string[] = []
  const nodes = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  while (nodes.nextNode())
    texts.push(nodes.currentNode.nodeValue ?? '')
  const isOurs = (address: string): boolean => new URL(address, document.baseURI).host === location.host
  const active = [
    ...elements.filter(element => element.matches('img, iframe, object, embed, form[action], base, video, audio, script:not([src])')).map(({ outerHTML }) => outerHTML),
    ...elements.flatMap(element => ['src', 'href'].filter(name => element.hasAttribute(name) && !isOurs(element.getAttribute(name) ?? '')).map(() => element.outerHTML)),
    ...attributes.filter(attribute => /^on/.test(attribute)),
  ]
  return { texts, attributes, active }
})
