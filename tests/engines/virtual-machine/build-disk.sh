#!/usr/bin/env bash
# build-disk.sh FOLDER: a Debian with a Docker engine and the programs that verify/oracles ask, as disk, kernel and first file system of a
# virtual machine: FOLDER/disk.ext4, FOLDER/vmlinuz, FOLDER/initrd.gz. Root; mmdebstrap and mke2fs.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=${1:?a folder for what is made}
root=$folder/root
export PATH=$PATH:/usr/sbin:/sbin

packages=linux-image-cloud-amd64,kmod,mount,busybox-static,docker.io,iptables,apparmor,procps,iproute2,libcap2-bin
# The kernel's package would make a first file system for every machine there is (update-initramfs(8)), which takes longer than all the rest.
INITRD=No mmdebstrap --quiet --mode=root --variant=essential --include="$packages" --aptopt='Acquire::Languages "none"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  bookworm "$root" http://deb.debian.org/debian

cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
install -m 755 "$here/init.sh" "$root/usr/sbin/init"
install -m 755 "$here/run-commands.pl" "$root/usr/sbin/run-commands"
echo isoscope-vm >"$root/etc/hostname"

# Debian's kernel has ext4 built in; of the way to the disk it has modules.
initrd=$folder/initrd
version=$(ls "$root/lib/modules")
mkdir -p "$initrd"/{bin,dev,disk,modules}
cp "$root/bin/busybox" "$initrd/bin/"
# insmod PATH, one line for each, in the order in which they need one another.
loads=$(for module in virtio_pci virtio_blk; do chroot "$root" modprobe --set-version "$version" --show-depends "$module"; done | awk '$1 == "insmod" && !seen[$2]++ {print $2}')
steps=''
for path in $loads; do
  cp "$root$path" "$initrd/modules/"
  steps+="/bin/busybox insmod /modules/$(basename "$path")"$'\n'
done
cat >"$initrd/init" <<END
#!/bin/busybox sh
/bin/busybox mount -t devtmpfs devtmpfs /dev
${steps}until [ -b /dev/vda ]; do /bin/busybox sleep 0.1; done
/bin/busybox mount -t ext4 /dev/vda /disk && exec /bin/busybox switch_root /disk /sbin/init
END
chmod 755 "$initrd/init"
(cd "$initrd" && find . | /bin/busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$folder/initrd.gz"

mke2fs -q -t ext4 -d "$root" "$folder/disk.ext4" 2G >/dev/null
rm -rf "$root" "$initrd"
