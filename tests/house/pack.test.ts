import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { asarFaults } from '../../build/pack/asar-contents.mjs'
import { desktopEntry, MEDIA_TYPE, MEDIA_TYPES } from '../../build/pack/desktop-files.mjs'
import { fuseFaults, fusesFor } from '../../build/pack/fuses.mjs'
import { dependencyFolders } from '../../build/pack/lockfile.mjs'
import { toIcns } from '../../build/icons/icns.mjs'
import { readConfiguration } from '../../build/pack/builder.mjs'
import { comparison, spread } from '../../build/bench/statistics.mjs'
import { runtimePackages } from '../../build/pack/licences.mjs'
import packageJson from '../../package.json'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const none = { dependencies: {}, optionalDependencies: {} }

it('the packages for users have every fuse of Electron set on purpose', async () => {
  expect((await readConfiguration()).electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('both ways to pack know the same file type and the same scheme', async () => {
  expect(await readConfiguration()).toMatchObject({
    productName: 'Isoscope',
    asar: true,
    npmRebuild: false,
    protocols: [{ schemes: ['isoscope'] }],
    linux: { executableName: 'isoscope', fileAssociations: [{ ext: 'isoscope.json', mimeType: MEDIA_TYPE }], synopsis: packageJson.description },
    mac: { hardenedRuntime: true, entitlements: 'build/entitlements.mac.plist' },
  })
  expect(desktopEntry({ name: 'x', synopsis: 'y' })).toContain(`MimeType=${MEDIA_TYPE};x-scheme-handler/isoscope;`)
  expect(MEDIA_TYPES).toContain(`type="${MEDIA_TYPE}"`)
})

it('macOS is asked for nothing but to compile at run time', () => {
  const keys = [...readFileSync(at('build/entitlements.mac.plist'), 'utf8').matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)
  expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
})

it('a fuse that is not as it was wanted is named, and one that this Electron lacks is not set', () => {
  const wanted = { runAsNode: false, onlyLoadAppFromAsar: true, grantFileProtocolExtraPrivileges: false }
  const found = new Map([['runAsNode', 'on'], ['onlyLoadAppFromAsar', 'on']])
  expect(fuseFaults(wanted, found)).toEqual(['runAsNode is on, not off', 'grantFileProtocolExtraPrivileges is absent, not off'])
  expect(fusesFor(wanted, found)).toEqual({ runAsNode: false, onlyLoadAppFromAsar: true })
})

it('an asar with a foreign package, a source map or a file of another folder is refused', () => {
  const contents = {
    paths: ['/out', '/out/main', '/out/main/index.js', '/out/main/index.js.map', '/out/cli/isoscope.js', '/package.json', '/node_modules/a/package.json'],
    packages: ['a@1.0.0', 'vitest@4.1.12'],
  }
  expect(asarFaults(contents, new Set(['a@1.0.0']))).toEqual([
    'vitest@4.1.12 is no dependency of the application',
    '/out/main/index.js.map is not needed to run it',
    '/out/cli/isoscope.js is none of its files',
  ])
})

it('dependencies are found where npm puts them: in the package, else around it', () => {
  const packages = {
    'node_modules/a': { ...none, dependencies: { b: '2', c: '1' }, optionalDependencies: { absent: '1' } },
    'node_modules/a/node_modules/b': { ...none, dependencies: { c: '1' } },
    'node_modules/b': none,
    'node_modules/c': none,
    'node_modules/dev': none,
  }
  expect(dependencyFolders(packages, ['a'])).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'])
})

it('no package that only tests or builds need is one of the application\'s', async () => {
  const names = [...await runtimePackages()].map(name => name.slice(0, name.lastIndexOf('@')))
  expect(names).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)))
  expect(names.filter(name => name in packageJson.devDependencies && !['@types/node', 'tar-stream'].includes(name))).toEqual([])
})

it('an .icns holds its length, and each picture under the types of its width', () => {
  const icns = toIcns(new Map([[24, Buffer.from('no')], [32, Buffer.from('png')]]))
  expect(icns.toString('latin1')).toBe('icns\0\0\0\x1eicp5\0\0\0\x0bpngic11\0\0\0\x0bpng')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
})

it('a measurement is told as the median and its spread, beside the goal', () => {
  expect(spread([3, 1, 2, 10])).toEqual({ median: 2.5, low: 1, high: 10 })
  expect(comparison('start-up', 'ms', ['a', [30, 10, 20]], ['b', [10]], 1.5)).toBe('start-up   a 20 ms (10 to 30), b 10 ms (10 to 10): ratio 2.00, goal 1.5')
})
