import { describe, expect, it } from 'vitest'
import { describeEngine, RawInfo, RawVersion } from '../../../../engine/parse/docker-version'

/** `GET /version` and `GET /info` of Podman 4.3.1 on Debian 12, as it answered; what is left out is of no matter here. */
const VERSION = { Platform: { Name: 'linux/amd64/debian-12' }, Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }], Version: '4.3.1', ApiVersion: '1.41', MinAPIVersion: '1.24' }
const INFO = { ID: '15ff4c7b-65da-4f8f-84c5-0c8b8d361b79', Name: 'vm', Driver: 'vfs', CgroupVersion: '1', SecurityOptions: ['name=seccomp,profile=default'], BuildahVersion: '1.28.2', Rootless: true }
const engine = (version: object, info: object) => describeEngine({ origin: 'a test', address: 'unix:///x' }, { ...RawVersion.parse(version), spokenApiVersion: '1.41' }, RawInfo.parse(info))

describe('Podman behind the Docker API', () => {
  it('is called Podman, not by the system of its machine', () => {
    expect(engine(VERSION, INFO).product).toBe('Podman Engine')
    expect(engine({ ...VERSION, Components: [{ Name: 'Engine' }], Platform: { Name: 'Docker Engine - Community' } }, INFO).product).toBe('Docker Engine - Community')
    expect(engine({ ...VERSION, Components: [{ Name: 'Engine' }], Platform: { Name: '' } }, INFO).product).toBe('Docker Engine')
  })

  it('says beside the security options whether it is rootless', () => {
    expect([INFO, { ...INFO, Rootless: false }, { ...INFO, Rootless: undefined }].map(info => engine(VERSION, info).isRootless)).toEqual([true, false, false])
    expect(engine(VERSION, { SecurityOptions: ['name=rootless'] }).isRootless).toBe(true)
  })
})
