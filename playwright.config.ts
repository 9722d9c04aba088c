import { defineConfig } from '@playwright/test'
import type { HostName } from './tests/e2e/hosts/host'

/** Page specs that the desktop does not run, and why. */
const OF_THE_WEB_ALONE = [
  // A link that works once, a session and a socket that is lost: the desktop has a pipe that ends with its window.
  '**/connection.spec.ts',
  // Parts of the page come from a server; the desktop reads them from its files.
  '**/missing-parts.spec.ts',
  // The desktop has one window.
  '**/two-tabs.spec.ts',
  // What a browser keeps; the desktop keeps a file (desktop/preferences.spec.ts).
  '**/kept-in-browser.spec.ts',
]

const CHROMIUM = process.env['ISOSCOPE_CHROMIUM'] ?? '/usr/bin/chromium'

export default defineConfig<object, { hostName: HostName }>({
  outputDir: 'test-results',
  forbidOnly: true,
  // All projects look at one engine and its processes; two at once would see each other.
  workers: 1,
  timeout: 60_000,
  // How fast a machine is, a test does not say: that is what the bench is for.
  expect: { timeout: 15_000 },
  projects: [
    {
      name: 'web',
      testDir: 'tests/e2e/pages',
      use: {
        viewport: { width: 1280, height: 800 },
        contextOptions: { reducedMotion: 'reduce' },
        launchOptions: {
          executablePath: CHROMIUM,
          args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
        },
      },
    },
    { name: 'desktop-pages', testDir: 'tests/e2e/pages', testIgnore: OF_THE_WEB_ALONE, use: { hostName: 'desktop' } },
    { name: 'desktop', testDir: 'tests/e2e/desktop' },
    // An hour and more: npm run soak.
    { name: 'soak', testDir: 'tests/e2e/soak', use: { launchOptions: { executablePath: CHROMIUM } } },
    { name: 'packed', testDir: 'tests/e2e/packed' },
  ],
})
