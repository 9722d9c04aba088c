import type { Situation } from './situation'

const ODD_FILES = [
  'mkdir -p /made/deep/er "/made/with space" "$(printf "/made/new\\nline")" "$(printf "/made/\\377\\376")" "/made/back\\\\slash"',
  'echo 1 > /made/deep/er/file; ln /made/deep/er/file /made/twin; ln -s /etc /made/absolute; ln -s ../../../../etc /made/climbing',
  'truncate -s 5000000 /made/sparse; mkfifo /made/fifo; touch "/made/\u202Ereversed" "/made/-rf" "/made/é"',
  'echo "# more" >> /etc/passwd; rm /etc/group; rm -r /home/app; chmod 700 /root',
].join('\n')

const STATIC_ADDRESS = '10.213.77.77'

/** Files, mounts and networks. */
export const SURROUNDING_SITUATIONS: readonly Situation[] = [
  { name: 'changes', flags: [], then: [{ docker: ['exec', '{id}', 'sh', '-ec', ODD_FILES] }] },
  { name: 'tmpfs', flags: ['--tmpfs=/scratch:size=1m,mode=700'], then: [{ docker: ['exec', '{id}', 'sh', '-c', 'echo x > /scratch/x'] }] },
  { name: 'bind-read-only', flags: ['--volume=/usr/share/zoneinfo:/bound:ro', '--volume=/etc/hostname:/etc/name-of-host:ro'] },
  { name: 'bind-writable', flags: ['--volume=/var/tmp:/bound:rw'] },
  { name: 'bind-nested', flags: ['--volume=/usr/share:/a/b', '--tmpfs=/a/b/zoneinfo', '--volume=/usr/lib:/a/b/misc:ro'] },
  { name: 'bind-root', flags: ['--volume=/:/host:ro'] },
  { name: 'volume', flags: ['--volume=/volume', '--volume=/home'], then: [{ docker: ['exec', '{id}', 'sh', '-c', 'echo 12345 > /volume/data'] }] },
  { name: 'mounted-inside', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined'], command: ['sh', '-c', 'mkdir -p /inner && mount -t tmpfs inner /inner && exec sleep 10000'] },
  { name: 'engine-socket', flags: ['--volume=/run:/host-run:ro'] },
  { name: 'workdir-odd', flags: ['--workdir', '/odd dir/é/(deleted)'] },
  { name: 'workdir-deleted', flags: [], command: ['sh', '-c', 'mkdir /gone && cd /gone && rmdir /gone && exec sleep 10000'] },
  { name: 'workdir-mounted', flags: ['--tmpfs=/scratch', '--workdir=/scratch'] },
  { name: 'network-none', flags: ['--network=none'] },
  { name: 'published', flags: ['--publish=127.0.0.1::8080', '--publish=127.0.0.1::9/udp', '--expose=7000'], command: ['sh', '-c', 'httpd -p 127.0.0.1:9090; exec httpd -f -p 8080'], processes: 2, needs: ['bridge'] },
  { name: 'published-range', flags: ['--publish=127.0.0.1:38600-38603:8000-8003'], needs: ['bridge'] },
  { name: 'several-networks', flags: ['--network={network}', `--ip=${STATIC_ADDRESS}`], needs: ['bridge'], then: [{ docker: ['network', 'connect', 'bridge', '{id}'] }] },
  { name: 'address-added', flags: ['--cap-add=NET_ADMIN', '--network=none'], command: ['sh', '-c', 'ip addr add 192.0.2.200/28 dev lo; ip addr add 2001:db8::7/64 dev lo 2>/dev/null; exec sleep 10000'] },
  { name: 'hostname', flags: ['--hostname=host.name.of-its.own', '--domainname=example.org'], needs: ['domain-name'] },
  { name: 'hostname-alone', flags: ['--hostname=just-a-name'] },
  { name: 'hostname-changed', flags: ['--cap-add=SYS_ADMIN', '--security-opt=apparmor=unconfined'], command: ['sh', '-c', 'hostname changed-later; exec sleep 10000'] },
]
