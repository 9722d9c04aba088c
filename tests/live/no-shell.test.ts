import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { ensureStaticImage } from '../support/test-images'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'no-shell', image: await ensureStaticImage(), command: ['/sleep', '10000'] })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('has nothing inside that could have been asked', async () => {
  await expect(docker('exec', look.snapshot.container.id, 'ps')).rejects.toThrow(/ended with 12[67]/)
})
