/** What a host tells of where it runs; the engine reads no environment by itself. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDirectory: string
  readonly platform: NodeJS.Platform
  /** The person has asked for TCP without TLS to other machines. */
  readonly allowsPlainTcp?: boolean
}
