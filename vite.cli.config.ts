import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/**
 * The command line and the web host: one Node.js program beside the page in out/, with its packages inside. Loaded from node_modules, `zod`
 * alone is a hundred files. What only one command needs is a file of its own, loaded when it runs.
 */
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/cli',
    sourcemap: true,
    rolldownOptions: { input: { isoscope: resolve(import.meta.dirname, 'cli/main.ts') }, output: { chunkFileNames: '[name].js' } },
  },
})
