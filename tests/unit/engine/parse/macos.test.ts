import { expect, it } from 'vitest'
import { parseMacosUsers } from '../../../../engine/parse/macos-dscl'
import { parseMacosPs } from '../../../../engine/parse/macos-ps'
import { prettyName } from '../../../../engine/parse/os-release'

/**
 * Not captured on a Mac: made by hand after ps(1) and dscl(1) of macOS 14, with the names that every Mac has. `comm` is the whole path
 * there, a column is as wide as its widest value, numbers are right-aligned and names are padded.
 */
const PS = [
  '    1     0 root             /sbin/launchd',
  '  327     1 root             /usr/libexec/logd',
  '  398     1 _windowserver    /System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer -daemon',
  ' 1204     1 alice            /Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  '98765  1204 alice            -zsh',
  '',
].join('\n')

it('reads the processes of a Mac, whose program names hold blanks', () => {
  expect(parseMacosPs(PS)).toEqual([
    { pid: 1, ppid: 0, user: 'root', command: '/sbin/launchd' },
    { pid: 327, ppid: 1, user: 'root', command: '/usr/libexec/logd' },
    { pid: 398, ppid: 1, user: '_windowserver', command: '/System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer -daemon' },
    { pid: 1204, ppid: 1, user: 'alice', command: '/Applications/Visual Studio Code.app/Contents/MacOS/Electron' },
    { pid: 98765, ppid: 1204, user: 'alice', command: '-zsh' },
  ])
})

it('shows every byte of a name, and leaves out what is no process', () => {
  const latin1 = Buffer.from('    7     1 root             /tmp/\u202Eexe.\u001B[0m\nps: illegal option\n', 'utf8').toString('latin1')
  expect(parseMacosPs(latin1)).toEqual([{ pid: 7, ppid: 1, user: 'root', command: String.raw`/tmp/\u202eexe.\x1b[0m` }])
})

it('reads the accounts of a Mac; the number of nobody is that of ps and stat', () => {
  expect(parseMacosUsers('_amavisd                83\nalice                   501\ndaemon                  1\nnobody                  -2\nroot                    0\n'))
    .toEqual([{ name: '_amavisd', uid: 83 }, { name: 'alice', uid: 501 }, { name: 'daemon', uid: 1 }, { name: 'nobody', uid: 4294967294 }, { name: 'root', uid: 0 }])
})

it.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\n', 'Debian GNU/Linux 12 (bookworm)'],
  ['NAME=x\nPRETTY_NAME=\'Void\'\n', 'Void'],
  ['PRETTY_NAME="a \\"quoted\\" name"', 'a "quoted" name'],
  ['PRETTY_NAME=\nNAME=x', null],
  ['', null],
])('finds the name of the system in os-release: %j', (text, name) => {
  expect(prettyName(text)).toBe(name)
})
