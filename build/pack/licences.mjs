import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../launch/build-first.mjs'
import { dependencyFolders } from './lockfile.mjs'

const PackageFile = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  // As packages said it before 2015.
  licenses: z.array(z.object({ type: z.string() })).default([]),
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).optional(),
})

const LockFile = z.object({
  packages: z.record(z.string(), z.object({
    version: z.string().optional(),
    dependencies: z.record(z.string(), z.string()).default({}),
    optionalDependencies: z.record(z.string(), z.string()).default({}),
  })),
})

/** What the application's main process may load at run time, as `name@version`. @returns {Promise<Set<string>>} */
export async function runtimePackages() {
  const packages = await lockedPackages()
  const folders = dependencyFolders(packages, Object.keys(packages['']?.dependencies ?? {}))
  return new Set(folders.map(folder => `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${packages[folder]?.version}`))
}

/** @returns {Promise<import('./lockfile.mjs').LockedPackages>} */
async function lockedPackages() {
  return LockFile.parse(JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'))).packages
}

/**
 * The licences of everything that a package holds beside our own code and Electron, which has its own files: what the main process loads,
 * and what the page is built from. Throws when one names no licence.
 * @returns {Promise<{ text: string, count: number }>}
 */
export async function gatherLicences() {
  const packages = await lockedPackages()
  const names = new Set([...Object.keys(packages['']?.dependencies ?? {}), ...await packagesOfThePage()])
  const sections = await Promise.all(dependencyFolders(packages, [...names]).map(folder => licenceOf(folder)))
  const nameless = sections.filter(section => section.licence === null).map(section => section.title)
  if (nameless.length > 0)
    throw new Error(`No licence is named by ${nameless.join(', ')}: it must not be shipped.`)
  return {
    count: sections.length,
    text: [HEAD, ...sections.map(({ title, licence, words }) => `${'─'.repeat(72)}\n${title}\nLicence: ${licence}\n\n${words}\n`)].join('\n'),
  }
}

const HEAD = `Isoscope holds, or is built from, the packages below.
Electron and Chromium: see LICENSE.electron.txt and LICENSES.chromium.html.
`

/** What renderer/ and shared/ import by name. The bundler may leave out some of what these depend on. @returns {Promise<string[]>} */
async function packagesOfThePage() {
  const files = (await Promise.all(['renderer', 'shared'].map(async folder =>
    (await readdir(join(ROOT, folder), { recursive: true })).filter(path => /\.(ts|vue)$/.test(path)).map(path => join(ROOT, folder, path))))).flat()
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')))
  const specifiers = texts.flatMap(text => [...text.matchAll(/(?:from|import)\s*\(?\s*'([^.'][^']*)'/g)].map(([, specifier = '']) => specifier))
  return [...new Set(specifiers.filter(specifier => !specifier.startsWith('node:')).map(packageName))]
}

const packageName = (/** @type {string} */ specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')

/** @param {string} folder below the checkout */
async function licenceOf(folder) {
  const { name, version, license, licenses, author } = PackageFile.parse(JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8')))
  const files = (await readdir(join(ROOT, folder))).filter(file => /^(licen[cs]e|copying|notice)/i.test(file)).sort()
  const words = await Promise.all(files.map(file => readFile(join(ROOT, folder, file), 'utf8').catch(() => '')))
  return {
    title: `${name} ${version}`,
    licence: license ?? (licenses.map(({ type }) => type).join(', ') || null),
    words: words.map(text => text.trim()).filter(Boolean).join('\n\n') || `The package holds no text of it.${author ? ` Author: ${author}.` : ''}`,
  }
}
