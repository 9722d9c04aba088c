import { expect, it } from 'vitest'
import { environmentForEngine } from '../../../electron/engine-environment'

it('gives the engine what leads to one, and no more', () => {
  const needed = { DOCKER_HOST: 'unix:///run/x.sock', DOCKER_CERT_PATH: '/c', HOME: '/home/me', PATH: '/usr/bin', XDG_RUNTIME_DIR: '/run/user/1000', SSH_AUTH_SOCK: '/run/agent' }
  expect(environmentForEngine({
    ...needed, DOCKER_CONTEXT: undefined, DOCKER_PASSWORD: 'x', MY_DOCKER_HOST: 'x', GITHUB_TOKEN: 'x', NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1', HTTPS_PROXY: 'http://a:b@c', DISPLAY: ':0',
  })).toEqual(needed)
})
