import type { Image } from '../model/image'

/** As the engine lists its own names: without Docker Hub's address, and with `latest` where no tag is named (distribution/reference). */
function listedName(reference: string): string {
  const short = reference.replace(/^(?:(?:index\.)?docker\.io\/)?(?:library\/)?/, '')
  return /:[\w.-]+$/.test(short) ? short : `${short}:latest`
}

/** The image that a container of that name would be made of: by name, else by its id or the beginning of it. Undefined: the engine has to fetch it. */
export const findImage = (images: readonly Image[], reference: string): Image | undefined =>
  images.find(({ tags }) => tags.includes(listedName(reference)) || tags.includes(reference))
  ?? (/^(?:sha256:)?[0-9a-f]{4,64}$/.test(reference) ? images.find(({ id }) => id.startsWith(reference.startsWith('sha256:') ? reference : `sha256:${reference}`)) : undefined)
