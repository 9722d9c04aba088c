import type { RawInfo } from './docker-version'

/** What an engine does by itself: asked for or not, `docker inspect` says it all the same. */
export interface EngineDefaults {
  /** Its machine's: that of a container on the host's network. */
  readonly hostname: string
  readonly runtime: string
  readonly hasPrivateCgroup: boolean
  readonly cgroupVersion: '1' | '2'
  readonly logDriver: string
}

export const engineDefaults = ({ Name, DefaultRuntime, SecurityOptions, CgroupVersion, LoggingDriver }: RawInfo): EngineDefaults =>
  ({ hostname: Name, runtime: DefaultRuntime, hasPrivateCgroup: SecurityOptions.includes('name=cgroupns'), cgroupVersion: CgroupVersion === '2' ? '2' : '1', logDriver: LoggingDriver })
