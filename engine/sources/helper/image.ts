import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import programs from '../../../helper/programs.json'
import { HELPER_LABEL } from '../action-gate'
import { makeUstar } from './ustar'

const PROGRAM = 'isoscope-helper'

/** An image that an engine takes with `POST /images/load`, as `docker save` writes it. */
export interface HelperImage {
  /** `sha256:…` of its configuration: what Docker calls it, the same every time. */
  readonly id: string
  readonly tag: string
  readonly tar: Buffer
}

/** As `GET /info` names machines (uname(2)), and as images do. */
const MACHINES = new Map<string, 'amd64' | 'arm64'>([['x86_64', 'amd64'], ['amd64', 'amd64'], ['aarch64', 'arm64'], ['arm64', 'arm64']])

/** Made on the spot from the program that is part of Isoscope: no registry is asked. Null: there is no program for that machine. */
export function helperImage(architecture: string): HelperImage | null {
  const machine = MACHINES.get(architecture)
  return machine ? imageOf(machine, Buffer.from(programs[machine].base64, 'base64')) : null
}

/** OCI image specification, `config.md`; `manifest.json` of `docker save`. */
function imageOf(machine: string, program: Buffer): HelperImage {
  const layer = makeUstar([{ name: PROGRAM, mode: 0o755, bytes: program }])
  const config = Buffer.from(JSON.stringify({
    architecture: machine,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Entrypoint: [`/${PROGRAM}`], Labels: { [HELPER_LABEL]: '1' } },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'Isoscope' }],
  }))
  const tag = `${PROGRAM}:${sha256(config).slice(0, 12)}`
  const manifest = Buffer.from(JSON.stringify([{ Config: `${sha256(config)}.json`, RepoTags: [tag], Layers: ['layer.tar'] }]))
  return {
    id: `sha256:${sha256(config)}`,
    tag,
    tar: makeUstar([
      { name: `${sha256(config)}.json`, mode: 0o644, bytes: config },
      { name: 'layer.tar', mode: 0o644, bytes: layer },
      { name: 'manifest.json', mode: 0o644, bytes: manifest },
    ]),
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
