// Makes helper/programs.json anew. It is committed: nobody needs a compiler to run Isoscope.
//   node build/helper/build-helper.mjs
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { makePrograms } from './compile.mjs'

await writeFile(resolve(import.meta.dirname, '../../helper/programs.json'), `${JSON.stringify(await makePrograms(), null, 2)}\n`)
