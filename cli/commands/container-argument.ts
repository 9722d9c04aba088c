import { Argument, InvalidArgumentError } from 'commander'

/** The argument that names a container: a name or the beginning of an id, by the engine's own grammar for names. */
export const containerArgument = (): Argument =>
  new Argument('<container>', 'name, id or the beginning of an id').argParser((text) => {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text))
      throw new InvalidArgumentError('A container\'s name has letters, digits, "_", "." and "-" only.')
    return text
  })
