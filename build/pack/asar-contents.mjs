import { extractFile, listPackage } from '@electron/asar'
import { z } from 'zod'

/** What may lie in the application besides its package.json, README and LICENSE. */
const OWN = /^\/(out\/(main|preload|renderer)|main|preload|renderer|node_modules)\//
const TOP = ['/package.json', '/README.md', '/LICENSE']
const NEVER = /\.(map|ts|gyp|gypi)$|\/\.bin\/|\.test\.[cm]?js$/

const PackageFile = z.object({ name: z.string(), version: z.string() })

/**
 * @typedef {object} AsarContents
 * @property {string[]} paths all files and folders, from `/`
 * @property {string[]} packages the installed packages, as `name@version`: electron-builder lays them out in its own way
 */

/**
 * @param {string} asar
 * @returns {AsarContents}
 */
export function readAsar(asar) {
  const paths = listPackage(asar, { isPack: false })
  const packages = paths.filter(path => /\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path)).map((path) => {
    const { name, version } = PackageFile.parse(JSON.parse(extractFile(asar, path.slice(1)).toString()))
    return `${name}@${version}`
  })
  return { paths, packages }
}

/**
 * One line for each thing that must not be there: a package that is not among the allowed ones, a source map, a source.
 * @param {AsarContents} contents
 * @param {ReadonlySet<string>} allowed as `name@version`
 */
export function asarFaults({ paths, packages }, allowed) {
  const folders = new Set(paths.map(path => path.slice(0, path.lastIndexOf('/'))))
  return [
    ...packages.filter(name => !allowed.has(name)).map(name => `${name} is no dependency of the application`),
    ...paths.filter(path => NEVER.test(path)).map(path => `${path} is not needed to run it`),
    ...paths.filter(path => !OWN.test(path) && !TOP.includes(path) && !folders.has(path)).map(path => `${path} is none of its files`),
  ]
}
