/** A flag's value that cannot be taken: why, in a sentence without its end, and what to do. The reader of the line adds where. */
export class WrongValue extends Error {
  readonly fix: string

  constructor(why: string, fix: string) {
    super(why)
    this.name = 'WrongValue'
    this.fix = fix
  }
}
