import { createService, type Service, type ServiceOptions } from '../../engine/service'
import { tempFolder } from './temp-folder'

/** A service that knows nothing of this machine but what `env` says. */
export const serviceWith = (env: Record<string, string>, options: Partial<ServiceOptions> = {}): Service => createService({
  env: { PATH: process.env['PATH'], ...env },
  homeDirectory: tempFolder(),
  platform: 'linux',
  isoscopeVersion: '0.0.0-test',
  now: () => new Date(0),
  ...options,
})
