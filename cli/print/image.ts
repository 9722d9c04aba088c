/**
 * An image in the words of `docker ps`: twelve digits of an id, and a name without its digest and without what is meant where nothing is
 * said (`docker.io/`, and there `library/`).
 */
export function formatImage(image: string): string {
  const id = /^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/.exec(image)?.[1]
  return id ?? image.replace(/@sha256:[0-9a-f]{64}$/, '').replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '')
}
