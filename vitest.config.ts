import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const node = (name: string, include: string[], testTimeout = 10_000) =>
  ({ test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: 120_000 } })

export default defineConfig({
  test: {
    // The machines that run all of it have two cores, of which one is vitest's own default.
    maxWorkers: 2,
    projects: [
      node('unit', ['tests/unit/{engine,shared,cli,electron,verify}/**/*.test.ts']),
      { plugins: [vue()], test: { name: 'page', include: ['tests/unit/renderer/**/*.test.ts'], environment: 'happy-dom' } },
      node('contract', ['tests/contract/**/*.test.ts'], 30_000),
      node('live', ['tests/live/**/*.test.ts'], 120_000),
      node('cli', ['tests/cli/**/*.test.ts'], 120_000),
      node('house', ['tests/house/**/*.test.ts'], 60_000),
    ],
  },
})
