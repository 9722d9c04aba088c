import { expect, it } from 'vitest'
import { RawAsked } from '../../../../engine/parse/docker-asked'
import { RawImageConfig } from '../../../../engine/parse/docker-image'
import { planOf } from '../../../../engine/parse/plan-of'
import { asDockerTells } from '../../../../engine/parse/podman-asked'
import { runLine } from '../../../../shared/run/run-line'
import { fixture } from '../../../support/fixture'

/** Podman 4.3.1 on Debian 12: `GET /v1.41/containers/{id}/json` of what `docker run -d --network none -e A=1 -v /srv --cap-drop ALL` has made there, of an image that says nothing. */
const recorded = JSON.parse(fixture('docker/podman-4.3/asked.json'))
const IMAGE = RawImageConfig.parse({ Config: {} })

const line = (change: { Config?: object, HostConfig?: object } = {}): string => {
  const raw = RawAsked.parse({ ...recorded, Config: { ...recorded.Config, ...change.Config }, HostConfig: { ...recorded.HostConfig, ...change.HostConfig } })
  const { plan, lost } = planOf(asDockerTells(raw, IMAGE.Config), IMAGE, { hostname: 'vm', runtime: 'runc', hasPrivateCgroup: false, cgroupVersion: '1', logDriver: 'json-file' })
  expect(lost).toEqual([])
  return runLine(plan).replace('docker run -d --name again-rec-podman ', '').replace(' docker.io/library/isoscope-test-busybox:latest sleep 10000', '')
}

it('the plan of a container of Podman has what was asked for, and nothing that Podman makes by itself: no runtime that does not exist, no name of the one container', () => {
  expect(line()).toBe('--stop-timeout 0 -e A=1 --network none -v /srv --cap-drop ALL --ulimit nofile=1024 --ulimit nproc=4096')
})

it('what is otherwise than Podman makes it stays', () => {
  expect(line({ Config: { StopSignal: '9', WorkingDir: '/tmp', User: '1000', Env: ['HOME=/data', 'TERM=dumb', 'HOSTNAME=mine'] }, HostConfig: { Runtime: 'crun', ShmSize: 1024 ** 2, IpcMode: 'host', CapAdd: ['NET_ADMIN'], CapDrop: ['KILL'] } }))
    .toBe('--stop-signal 9 --stop-timeout 0 --user 1000 --workdir /tmp -e HOME=/data -e TERM=dumb -e HOSTNAME=mine --network none -v /srv --shm-size 1m --ipc host --cap-drop KILL --cap-add NET_ADMIN --runtime crun --ulimit nofile=1024 --ulimit nproc=4096')
})
