import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface ProgramFolder {
  path: string
  /** Writes a shell script that can be run, and gives its path. */
  write: (name: string, script: string) => string
  writeText: (name: string, text: string) => void
  remove: () => void
}

/** A folder of its own for programs that stand in for Electron. */
export function createProgramFolder(): ProgramFolder {
  const path = mkdtempSync(join(tmpdir(), 'isoscope-house-'))
  return {
    path,
    write(name, script) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      return file
    },
    writeText: (name, text) => writeFileSync(join(path, name), text),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Answers as Electron run as Node does, and writes its arguments when it is run as Electron. */
export const workingElectron = (version: string, open = 'echo "window: $*"'): string => `
if [ "$ELECTRON_RUN_AS_NODE" = 1 ]; then printf ${version}; exit 0; fi
${open}`

/** What the dynamic loader of Linux says, and its exit code. */
export const electronWithoutLibrary = `
echo "electron: error while loading shared libraries: libgbm.so.1: cannot open shared object file: No such file or directory" >&2
exit 127`
