import { Option } from 'commander'

/** The person's leave, for this run alone. */
export const helperOption = (): Option =>
  new Option('--helper', 'let Isoscope\'s helper container run on the engine, for what this computer may not read')
