import type { Image } from '../model/image'

/** By their names: made to be looked around with, or a distribution's own. */
const WITH_SHELL = /(?:^|[/_-])(?:busybox|alpine|toolbox|netshoot|debian|ubuntu|fedora)(?=$|[:._-])/
const SHELL = /(?:^|\/)(?:bash|zsh|ash|dash|sh)$/

/** Which of an engine's images serve as a toolbox: the ones that surely or most likely have a shell first, and of these the smallest. */
export function toolboxImages(images: readonly Image[]): { name: string, likelyHasShell: boolean }[] {
  return images
    .flatMap(({ tags, sizeBytes, config }) => tags.slice(0, 1).map(name => ({
      name,
      sizeBytes,
      likelyHasShell: WITH_SHELL.test(name) || [...config?.entrypoint ?? [], ...config?.command ?? []].slice(0, 1).some(program => SHELL.test(program)),
    })))
    .sort((a, b) => Number(b.likelyHasShell) - Number(a.likelyHasShell) || a.sizeBytes - b.sizeBytes)
    .map(({ name, likelyHasShell }) => ({ name: name.replace(/:latest$/, ''), likelyHasShell }))
}
