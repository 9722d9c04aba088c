import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { desktopEntry, MEDIA_TYPES } from './desktop-files.mjs'

const run = promisify(execFile)

/** Where the application lies; electron-builder's own packages have it there too. */
const HOME = 'opt/Isoscope'

/** Both scripts, after: the menus and media types are looked through anew, where the desktop has that. DPKG_ROOT is dpkg's `--root`. */
const UPDATE_DESKTOP = `#!/bin/sh
set -e
if command -v update-desktop-database >/dev/null; then
  update-desktop-database -q "\${DPKG_ROOT:-}/usr/share/applications" || true
fi
if command -v update-mime-database >/dev/null; then
  update-mime-database "\${DPKG_ROOT:-}/usr/share/mime" || true
fi
`

/**
 * @typedef {object} Deb
 * @property {string} folder the unpacked application
 * @property {string} icons a folder of NxN.png
 * @property {string} version
 * @property {string} name as the menus show it
 * @property {string} synopsis one line
 * @property {string} maintainer
 * @property {string[]} depends
 * @property {string[]} recommends
 * @property {string} licence a file
 * @property {string} to the .deb
 */

/**
 * Makes a Debian package of an unpacked application, with Debian's own dpkg-deb.
 * @param {Deb} deb
 */
export async function makeDeb(deb) {
  const tree = await mkdtemp(join(tmpdir(), 'isoscope-deb-'))
  try {
    await chmod(tree, 0o755)
    await fillTree(tree, deb)
    await run('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', tree, deb.to])
  }
  finally {
    await rm(tree, { recursive: true, force: true })
  }
}

/**
 * @param {string} tree
 * @param {Deb} deb
 */
async function fillTree(tree, deb) {
  await cp(deb.folder, join(tree, HOME), { recursive: true, verbatimSymlinks: true })
  // Chromium's sandbox where users may not make namespaces: it must belong to root and run as root.
  await chmod(join(tree, HOME, 'chrome-sandbox'), 0o4755)
  await write(tree, 'usr/share/applications/isoscope.desktop', desktopEntry(deb))
  await write(tree, 'usr/share/mime/packages/isoscope.xml', MEDIA_TYPES)
  await mkdir(join(tree, 'usr/bin'), { recursive: true })
  await symlink(`/${HOME}/isoscope`, join(tree, 'usr/bin/isoscope'))
  for (const icon of (await readdir(deb.icons)).filter(name => /^\d+x\d+\.png$/.test(name)))
    await copy(join(deb.icons, icon), tree, `usr/share/icons/hicolor/${icon.replace('.png', '')}/apps/isoscope.png`)
  await copy(deb.licence, tree, 'usr/share/doc/isoscope/copyright')
  await write(tree, 'DEBIAN/control', control(deb, await sizeKib(tree)))
  for (const script of ['postinst', 'postrm'])
    await write(tree, `DEBIAN/${script}`, UPDATE_DESKTOP, 0o755)
}

/**
 * @param {Deb} deb
 * @param {number} installedKib
 */
const control = ({ version, maintainer, synopsis, depends, recommends }, installedKib) => `Package: isoscope
Version: ${version}
Architecture: amd64
Maintainer: ${maintainer}
Installed-Size: ${installedKib}
Depends: ${depends.join(', ')}
Recommends: ${recommends.join(', ')}
Section: devel
Priority: optional
Description: ${synopsis}
`

/** @param {string} tree */
async function sizeKib(tree) {
  const { stdout } = await run('du', ['--summarize', '--block-size=1024', '--apparent-size', tree])
  return Number.parseInt(stdout)
}

/**
 * @param {string} tree
 * @param {string} path
 * @param {string} text
 */
async function write(tree, path, text, mode = 0o644) {
  await mkdir(dirname(join(tree, path)), { recursive: true })
  await writeFile(join(tree, path), text)
  await chmod(join(tree, path), mode)
}

/**
 * @param {string} file
 * @param {string} tree
 * @param {string} path
 */
async function copy(file, tree, path) {
  await mkdir(dirname(join(tree, path)), { recursive: true })
  await cp(file, join(tree, path))
}
