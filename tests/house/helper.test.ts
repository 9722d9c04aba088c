import { expect, it } from 'vitest'
import { sourceSha256 } from '../../build/helper/compile.mjs'
import programs from '../../helper/programs.json'

const MACHINES = ['amd64', 'arm64'] as const

it('the helper\'s programs are made from the source beside them', async () => {
  expect(programs.sourceSha256).toBe(await sourceSha256())
})

it('the helper\'s programs are small, static and for their machine', () => {
  const ELF_MACHINES = { amd64: 62, arm64: 183 }
  for (const machine of MACHINES) {
    const bytes = Buffer.from(programs[machine].base64, 'base64')
    expect(bytes.length).toBeLessThan(20_000)
    // elf(5): e_machine; no program header is PT_INTERP (3) or PT_DYNAMIC (2).
    expect(bytes.readUInt16LE(18)).toBe(ELF_MACHINES[machine])
    const [offset, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)]
    const kinds = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(offset + index * size))
    expect(kinds.filter(kind => kind === 2 || kind === 3)).toEqual([])
  }
})
