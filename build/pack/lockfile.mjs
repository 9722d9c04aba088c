/**
 * @typedef {object} LockedPackage
 * @property {string | undefined} [version]
 * @property {Record<string, string>} dependencies
 * @property {Record<string, string>} optionalDependencies
 *
 * @typedef {Record<string, LockedPackage>} LockedPackages by the folder that npm puts them into: `node_modules/a/node_modules/b`
 */

/**
 * The folders of packages and all that they depend on, as npm lays them out (package-lock.json, `packages`).
 * @param {LockedPackages} packages
 * @param {readonly string[]} names of packages that the project itself depends on
 * @returns {string[]} sorted
 */
export function dependencyFolders(packages, names) {
  /** @type {Set<string>} */
  const found = new Set()
  const visit = (/** @type {string} */ from, /** @type {string} */ name) => {
    const folder = resolveFolder(packages, from, name)
    if (folder === null || found.has(folder))
      return
    found.add(folder)
    for (const next of Object.keys({ ...packages[folder]?.dependencies, ...packages[folder]?.optionalDependencies }))
      visit(folder, next)
  }
  names.forEach(name => visit('', name))
  return [...found].sort()
}

/**
 * As Node.js looks for it: in the package's own node_modules, then in those around it.
 * @param {LockedPackages} packages
 * @param {string} from
 * @param {string} name
 * @returns {string | null} null: an optional one that is not locked
 */
function resolveFolder(packages, from, name) {
  const around = from.split('/node_modules/').map((_part, index, parts) => parts.slice(0, parts.length - index).join('/node_modules/'))
  const candidates = [...around.map(folder => `${folder}/node_modules/${name}`), `node_modules/${name}`]
  return candidates.find(folder => packages[folder]) ?? null
}
