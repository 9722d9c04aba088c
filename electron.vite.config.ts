import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The main process, and the engine's process, which it starts by the file beside its own. */
const MAIN_PROGRAMS = { index: at('electron/main.ts'), engine: at('electron/engine-main.ts') }
/** What both load goes into a file of its own: otherwise one program may find itself inside the other, which runs it. */
const SHARED = { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } }

/**
 * What Electron 22 lacks of what is used. Node 16 has no global DOMException (17) and no statfs(2) (18.15), here by the command,
 * whose own `/proc/self` is another one. And its main process sometimes misses that a socket was opened and sends nothing on
 * it until a timer runs (measured: 10 of 410 starts waited for their list; none of 363 with this timer).
 */
const FOR_ELECTRON_22 = `
setInterval(() => {}, 100).unref()
globalThis.DOMException ??= (() => { try { atob('~') } catch (error) { return error.constructor } })()
require('node:fs').statfsSync ??= path => ({
  type: Number.parseInt(require('node:child_process').execFileSync('stat', ['--file-system', '--format=%t',
    String(path).replace('/proc/self/', '/proc/' + process.pid + '/')]), 16),
})`

/**
 * One of the programs for the oldest Electron that the desktop tests may meet (22: Node 16, no ESM main): one CommonJS file with
 * its dependencies inside.
 */
const floor = (name: keyof typeof MAIN_PROGRAMS): UserConfig => ({
  main: {
    build: {
      outDir: 'out/floor/main',
      emptyOutDir: false,
      target: 'node16',
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { [name]: MAIN_PROGRAMS[name] },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', banner: FOR_ELECTRON_22 },
      },
    },
  },
})

const current = defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: { input: MAIN_PROGRAMS, output: { chunkFileNames: '[name].js', ...SHARED } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node16',
      externalizeDeps: false,
      // A sandboxed preload is CommonJS and can load nothing but electron.
      rolldownOptions: {
        input: { index: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [vue()],
    // vue-i18n's own switches (its documentation, “Optimization”): the Composition API alone, and no hook for developer tools.
    define: { __VUE_I18N_FULL_INSTALL__: 'false', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false', __INTLIFY_DROP_MESSAGE_COMPILER__: 'false' },
    css: { transformer: 'lightningcss' },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      target: 'chrome108',
      cssTarget: 'chrome108',
      // In one file of 80 kB: Vite never asks for the style of a part again when it did not come.
      cssCodeSplit: false,
      // In kB: echarts is one chunk of 550, loaded with the first chart.
      chunkSizeWarningLimit: 700,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
})

const program = process.env['ISOSCOPE_ELECTRON_FLOOR']
export default program === 'index' || program === 'engine' ? floor(program) : current
