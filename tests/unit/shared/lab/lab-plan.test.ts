import { expect, it } from 'vitest'
import { baseImages } from '../../../../shared/lab/base-images'
import { labCommands } from '../../../../shared/lab/lab-commands'
import { labDockerfile } from '../../../../shared/lab/lab-plan'
import type { Image } from '../../../../shared/model/image'
import { LAB_STEPS, type Lab } from '../../../../shared/model/lab'

const labels = [{ name: 'io.isoscope.temporary.image', value: 'lab' }, { name: 'io.isoscope.temporary.owner', value: 'abc:1' }]
const lab: Lab = { name: 'isoscope-lab-0000', labels, engine: null, baseImage: null, containerId: null, buildLines: [], records: [], isEnded: false }

const image = (tags: string[], start: string[] = [], sizeBytes = 1): Image => ({
  id: `sha256:${'0'.repeat(64)}`,
  tags,
  sizeBytes,
  createdAt: '',
  config: { user: '', entrypoint: [], command: start, workingDirectory: '', environment: [], exposed: [], volumes: [], hasHealthCheck: false },
})

it('labels stand directly after FROM, so that each image of the build has them', () => {
  expect(labDockerfile('busybox:1.36', labels).split('\n').slice(0, 2)).toEqual(['FROM busybox:1.36', 'LABEL io.isoscope.temporary.image="lab" io.isoscope.temporary.owner="abc:1"'])
})

it('the commands of every step are those of docker', () => {
  expect(Object.fromEntries(LAB_STEPS.filter(step => step !== 'build').map(step => [step, labCommands(step, lab, 'busybox')]))).toEqual({
    'run': ['docker run -d --name isoscope-lab-0000 --label io.isoscope.temporary=lab isoscope-lab-0000', 'docker exec isoscope-lab-0000 cat /proc/sys/kernel/osrelease', 'cat /proc/sys/kernel/osrelease'],
    'list': ['docker ps', 'docker top isoscope-lab-0000'],
    'enter': ['docker exec isoscope-lab-0000 sh -c \'echo "PID $$ on $(cat /proc/sys/kernel/hostname)"\''],
    'count': ['docker exec isoscope-lab-0000 ps aux', 'ps aux'],
    'pids': ['docker top isoscope-lab-0000', 'grep NSpid \'/proc/[0-9]*/status\''.replaceAll('\'', '')],
    'roots': ['docker exec isoscope-lab-0000 ls /', 'ls /'],
    'hostname': ['docker exec isoscope-lab-0000 hostname', 'hostname'],
    'users': ['docker exec isoscope-lab-0000 id', 'id'],
    'interfaces': ['docker exec isoscope-lab-0000 ip addr', 'ip addr'],
    'pid-host': ['docker run -d --name isoscope-lab-0000-pid-host --label io.isoscope.temporary=lab --pid host isoscope-lab-0000'],
    'network-host': ['docker run -d --name isoscope-lab-0000-network-host --label io.isoscope.temporary=lab --network host isoscope-lab-0000'],
    'memory': ['docker run -d --name isoscope-lab-0000-memory --label io.isoscope.temporary=lab --memory 64m isoscope-lab-0000'],
    'clean': ['docker rm --force --volumes $(docker ps --all --quiet --filter name=isoscope-lab-0000)', 'docker rmi isoscope-lab-0000'],
  })
  expect(labCommands('build', lab, 'busybox')[0]).toMatch(/^docker build -t isoscope-lab-0000 - <<'DOCKERFILE'\nFROM busybox\n[\s\S]*\nDOCKERFILE$/)
})

it('small images with a shell are proposed first, the lab’s own and those without a name never', () => {
  const images = [image(['gcr.io/distroless/static:latest'], ['/server']), image(['team/debian-tools:1'], [], 9), image(['alpine:3.20']), image([]), image(['isoscope-lab-0000:latest']), image(['own:1'], ['/docker-entrypoint.sh']), image(['busybox:latest'])]
  expect(baseImages(images)).toEqual([
    { name: 'busybox:latest', isLikely: true },
    { name: 'alpine:3.20', isLikely: true },
    { name: 'team/debian-tools:1', isLikely: true },
    { name: 'own:1', isLikely: true },
    { name: 'gcr.io/distroless/static:latest', isLikely: false },
  ])
})
