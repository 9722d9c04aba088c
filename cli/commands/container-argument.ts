import { Argument, InvalidArgumentError } from 'commander'

/** The argument that names a container: a name, an id or the beginning of an id. */
export const containerArgument = (): Argument =>
  new Argument('<container>', 'name, id or the beginning of an id').argParser(parseContainerName)

/** By the engine's own grammar for names. Throws commander's error for a wrong argument. */
export function parseContainerName(text: string): string {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text))
    throw new InvalidArgumentError('A container\'s name has letters, digits, "_", "." and "-" only.')
  return text
}
