import { expect, it } from 'vitest'
import type { Image } from '../../../../shared/model/image'
import { toolboxImages } from '../../../../shared/run/toolbox-images'

const image = (tags: string[], sizeBytes: number, command: string[] = []): Image => ({
  id: `sha256:${'a'.repeat(64)}`,
  tags,
  sizeBytes,
  createdAt: '2026-01-01T00:00:00Z',
  config: { user: '', entrypoint: [], command, workingDirectory: '', environment: [], exposed: [], volumes: [], hasHealthCheck: false },
})

it('the ones that most likely have a shell come first, and of these the smallest', () => {
  const images = [
    image(['distroless:latest'], 1),
    image(['python:3.13-alpine'], 50, ['python3']),
    image(['registry.example/tools/netshoot:v1', 'netshoot:v1'], 400, ['zsh']),
    image(['busybox:latest'], 4, ['sh']),
    image(['my-alpine:1'], 30),
    image(['own:2'], 3, ['/bin/bash', '-l']),
    image([], 2, ['sh']),
    image(['alpinist:1'], 2, ['climb']),
  ]
  expect(toolboxImages(images).map(({ name, likelyHasShell }) => `${name} ${likelyHasShell}`)).toEqual([
    'own:2 true', 'busybox true', 'my-alpine:1 true', 'python:3.13-alpine true', 'registry.example/tools/netshoot:v1 true', 'distroless false', 'alpinist:1 false',
  ])
})
