import { expect, it } from 'vitest'
import { makePrograms } from '../../build/helper/compile.mjs'
import programs from '../../helper/programs.json'

/** Other tools make other bytes of the same source. Those that `programs.json` names are Debian 12's, on which the workflow compares them. */
it.each(['amd64', 'arm64'] as const)('the program for %s comes out the same, byte for byte, where the tools are the same', async (machine) => {
  const made = (await makePrograms())[machine]
  expect(Buffer.from(made.base64, 'base64').subarray(0, 4).toString('latin1')).toBe('\x7FELF')
  if (made.madeWith === programs[machine].madeWith)
    expect(made.base64).toBe(programs[machine].base64)
  else
    console.log(`It was made and not compared: the committed one is by ${programs[machine].madeWith}, and here is ${made.madeWith}.`)
})
