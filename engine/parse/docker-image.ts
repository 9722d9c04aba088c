import { z } from 'zod'
import type { Image, ImageConfig } from '../../shared/model/image'
import { looksSecret } from '../../shared/text/secret-names'

const text = z.string().nullish().transform(value => value ?? '')
const texts = z.array(z.string()).nullish().transform(value => value ?? [])
const keys = z.record(z.string(), z.unknown()).nullish().transform(value => Object.keys(value ?? {}))

/** One item of `GET /images/json`. */
export const RawImage = z.object({
  Id: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  RepoTags: texts,
  RepoDigests: texts,
  /** What it was built on; empty: nothing that the engine has. Podman's is without what an id begins with. */
  ParentId: text.transform(id => /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id),
  Created: z.number().catch(0),
  Size: z.number().catch(0),
  /** Those of what Isoscope made for a while alone (shared/model/temporary.ts). */
  Labels: z.object({ 'io.isoscope.temporary.image': z.string().optional(), 'io.isoscope.temporary.owner': z.string().optional() }).nullish(),
})
export type RawImage = z.infer<typeof RawImage>

/** As docker shows an image's id. */
export const shortImageId = ({ Id }: Pick<RawImage, 'Id'>): string => Id.slice('sha256:'.length, 'sha256:'.length + 12)

/** `GET /images/{id}/json`, only what matters to a plan. */
export const RawImageConfig = z.object({
  Config: z.object({
    User: text,
    Entrypoint: texts,
    Cmd: texts,
    WorkingDir: text,
    Env: texts,
    ExposedPorts: keys,
    Volumes: keys,
    Healthcheck: z.looseObject({ Test: texts }).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    StopSignal: text,
  }).nullish(),
})
export type RawImageConfig = z.infer<typeof RawImageConfig>

export const parseImage = ({ Id, RepoTags, Created, Size }: RawImage, config: RawImageConfig | null): Image => ({
  id: Id,
  tags: RepoTags.filter(tag => tag !== '<none>:<none>'),
  sizeBytes: Size,
  createdAt: new Date(Created * 1000).toISOString(),
  config: config && parseImageConfig(config),
})

export const parseImageConfig = ({ Config }: RawImageConfig): ImageConfig => ({
  user: Config?.User ?? '',
  entrypoint: Config?.Entrypoint ?? [],
  command: Config?.Cmd ?? [],
  workingDirectory: Config?.WorkingDir ?? '',
  environment: (Config?.Env ?? []).map((variable) => {
    const name = variable.split('=')[0] ?? ''
    return { name, looksSecret: looksSecret(name) }
  }),
  exposed: (Config?.ExposedPorts ?? []).map((key) => {
    const [port, protocol = 'tcp'] = key.split('/')
    return { containerPort: Number(port), protocol }
  }).filter(({ containerPort }) => Number.isInteger(containerPort)),
  volumes: Config?.Volumes ?? [],
  hasHealthCheck: Config?.Healthcheck != null && Config.Healthcheck.Test[0] !== 'NONE',
})
