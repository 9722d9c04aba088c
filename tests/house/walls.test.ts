import { ESLint } from 'eslint'
import { expect, it } from 'vitest'

const eslint = new ESLint()

/** Whether ESLint lets a file of this folder import that module; other rules do not count. */
async function mayImport(file: string, module: string): Promise<boolean> {
  const [result] = await eslint.lintText(`import '${module}'\n`, { filePath: file })
  if (!result)
    throw new Error(`${file} is not linted at all`)
  return result.messages.every(message => message.ruleId !== 'no-restricted-imports')
}

it.each([
  ['shared/model/x.ts', ['node:fs', 'electron', 'vue', 'ws', '../../engine/service', '../../cli/main', '../../electron/channel', '../../renderer/main', '../../tests/support/docker']],
  ['engine/collect/x.ts', ['electron', 'vue', 'ws', 'commander', '../../electron/channel', '../../cli/main', '../../renderer/main', '../../tests/support/docker']],
  ['electron/x.ts', ['ws', 'vue', '../cli/main', '../renderer/main', '../engine/sources/docker', '../engine/parse/proc-stat', '../engine/collect/scene', '../engine/snapshot', '../tests/support/docker']],
  ['cli/commands/x.ts', ['electron', 'vue', '../../electron/channel', '../../renderer/main', '../../engine/sources/docker', '../../engine/parse/proc-stat', '../../engine/collect/scene', '../../engine/snapshot', '../../tests/support/docker']],
  ['renderer/views/x.ts', ['node:fs', 'electron', 'ws', '../../engine/service', '../../cli/main', '../../electron/channel', '../../tests/support/docker']],
])('%s is refused what lies behind a wall', async (file, modules) => {
  const accepted = []
  for (const module of modules) {
    if (await mayImport(file, module))
      accepted.push(module)
  }
  expect(accepted).toEqual([])
})

it.each([
  ['shared/report/x.ts', ['zod', '../model/snapshot', '../analysis/analyse']],
  ['engine/sources/x.ts', ['node:fs/promises', '../../shared/model/problem', '../parse/proc-stat']],
  ['electron/x.ts', ['node:path', 'electron', '../engine/service', '../engine/save-file', '../engine/read-snapshot-file', '../shared/contract/serve']],
  ['cli/web/x.ts', ['node:http', 'ws', 'commander', '../../engine/service', '../../engine/save-file', '../../engine/read-snapshot-file', '../../shared/contract/serve']],
  ['renderer/stores/x.ts', ['vue', 'pinia', 'echarts/core', '../../shared/model/snapshot']],
])('%s may import its own side', async (file, modules) => {
  const refused = []
  for (const module of modules) {
    if (!await mayImport(file, module))
      refused.push(module)
  }
  expect(refused).toEqual([])
})

it('refuses a wall in a Vue component too', async () => {
  const [result] = await eslint.lintText('<script setup lang="ts">\nimport \'node:fs\'\n</script>\n<template><p /></template>\n', { filePath: 'renderer/views/X.vue' })
  expect(result?.messages.map(message => message.ruleId)).toContain('no-restricted-imports')
})
