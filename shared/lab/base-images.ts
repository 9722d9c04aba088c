import type { Image } from '../model/image'

/** An image that the lab's may be built from. */
export interface BaseImage {
  /** The name that the Dockerfile has. */
  readonly name: string
  /** Whether it has a shell, by its name or by what it starts; false: nothing tells. */
  readonly isLikely: boolean
}

/** What is known to have a shell, best first: small ones, then those that one has anyway. */
const KNOWN = [/busybox/, /alpine/, /debian/, /ubuntu/, /fedora|rocky|alma|centos|oraclelinux|amazonlinux/, /opensuse|archlinux/, /node/, /python|ruby|perl|php|golang|openjdk|temurin/, /nginx|httpd|redis|postgres|mysql|mariadb|mongo/]
const STARTS_SHELL = /(?:^|\/)(?:ba|da|a|z)?sh$|entrypoint(?:\.sh)?$/

/** Those with a name, the best one first. Nobody can look into an image before a container is made of it. */
export function baseImages(images: readonly Image[]): BaseImage[] {
  return images
    .flatMap(({ tags, config, sizeBytes }) => {
      const [name] = tags.filter(tag => !tag.startsWith('isoscope-lab-'))
      return name === undefined ? [] : [{ name, rank: rankOf(name, config), sizeBytes }]
    })
    .sort((a, b) => a.rank - b.rank || a.sizeBytes - b.sizeBytes)
    .map(({ name, rank }) => ({ name, isLikely: rank < NOTHING_TELLS }))
}

const NOTHING_TELLS = KNOWN.length + 1

function rankOf(name: string, config: Image['config']): number {
  const known = KNOWN.findIndex(words => words.test(name.split('/').at(-1) ?? ''))
  if (known !== -1)
    return known
  return [...config?.entrypoint ?? [], ...config?.command ?? []].some(word => STARTS_SHELL.test(word)) ? KNOWN.length : NOTHING_TELLS
}
