import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The command line and the web host: one Node program beside the page in out/. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/cli',
    sourcemap: true,
    rolldownOptions: { input: { isoscope: resolve(import.meta.dirname, 'cli/main.ts') } },
  },
})
