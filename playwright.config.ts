import { defineConfig } from '@playwright/test'

export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: true,
  // Both projects look at one engine and its processes; two at once would see each other.
  workers: 1,
  timeout: 60_000,
  projects: [
    {
      name: 'web',
      testDir: 'tests/e2e/pages',
      use: {
        viewport: { width: 1280, height: 800 },
        contextOptions: { reducedMotion: 'reduce' },
        launchOptions: {
          executablePath: process.env['ISOSCOPE_CHROMIUM'] ?? '/usr/bin/chromium',
          args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
        },
      },
    },
    { name: 'desktop', testDir: 'tests/e2e/desktop' },
  ],
})
