import { WrongValue } from './wrong-value'

const ON = ['1', 't', 'T', 'TRUE', 'true', 'True']
const OFF = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** As Go's strconv.ParseBool, which docker reads `--flag=value` with. */
export function parseSwitch(text: string): boolean {
  if (!ON.includes(text) && !OFF.includes(text))
    throw new WrongValue('is neither true nor false', 'Write true or false.')
  return ON.includes(text)
}
