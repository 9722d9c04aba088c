#!/bin/sh
# The first process of the virtual machine: mounts what a Linux system has, and starts the engine and the port for commands.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
mount -t securityfs securityfs /sys/kernel/security
mount -t cgroup2 cgroup2 /sys/fs/cgroup
hostname -F /etc/hostname

# No udev loads them here.
modprobe --all virtio_net virtio_console
ip link set lo up
ip link set eth0 up
# What qemu's user network gives (its manual: `-netdev user`).
ip address add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2

for port in /dev/vport*; do run-commands "$port" & done
# When it ends, so does this process, and with it the machine.
dockerd --host unix:///var/run/docker.sock --host tcp://0.0.0.0:2375 --tls=false --log-level=warn
