#!/usr/bin/env bash
# The image of the Dockerfile where no registry can be reached: the packages that every Debian has (dpkg calls them
# essential) with procps, as this machine has them installed, and this machine's own node. usage: build-offline.sh IMAGE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
image=${1:?usage: build-offline.sh IMAGE}

if ! command -v dpkg-query >/dev/null; then
  echo 'sample: building without an image registry takes the packages of a Debian or Ubuntu; this machine is neither.' >&2
  exit 1
fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# Names in dependency fields, one a line; of alternatives (a | b) all: those that are not installed fall out later.
needed_by() {
  dpkg-query --show --showformat='${Pre-Depends},${Depends},' "$@" 2>/dev/null \
    | sed 's/[,|]/\n/g' | sed -E 's/^ +//; s/[ (:].*$//' | grep . || true
}

packages() {
  local -a known=() next
  mapfile -t next < <({ dpkg-query --show --showformat='${Essential} ${Package}\n' | sed -n 's/^yes //p'; echo procps; } | sort -u)
  until [ "${#next[@]}" = "${#known[@]}" ]; do
    known=("${next[@]}")
    mapfile -t next < <({ printf '%s\n' "${known[@]}"; needed_by "${known[@]}"; } | sort -u)
  done
  # Of a library that is installed for two architectures, this machine's own.
  dpkg-query --show --showformat='${db:Status-Abbrev} ${Architecture} ${binary:Package}\n' "${known[@]}" 2>/dev/null \
    | awk -v own="$(dpkg --print-architecture)" '$1 == "ii" && ($2 == own || $2 == "all") {print $3}'
}

# Where /bin is a link to usr/bin, dpkg still lists some files under the old name.
files_of() {
  dpkg-query --listfiles "$@" | grep '^/' | grep -vE '^/usr/share/(doc|man|info|locale|lintian|bug)(/|$)|^/\.$' \
    | if [ -L /bin ]; then sed -E 's,^/(bin|sbin|lib|lib32|lib64|libx32)/,/usr/\1/,'; else cat; fi \
    | sort -u | while read -r path; do [ ! -e "$path" ] && [ ! -L "$path" ] || echo ".$path"; done
}

copy_packages() {
  mapfile -t chosen < <(packages)
  files_of "${chosen[@]}" | tar --create --directory / --no-recursion --files-from - | tar --extract --directory "$root"
  mkdir -p "$root"/{boot,home/node,media,mnt,opt,srv,var/tmp,usr/local/bin}
}

# What the packages' install scripts would have written.
write_etc() {
  sed 's/:\*:/:x:/' /usr/share/base-passwd/passwd.master > "$root/etc/passwd"
  sed 's/:\*:/:x:/' /usr/share/base-passwd/group.master > "$root/etc/group"
  echo 'node:x:1000:1000::/home/node:/bin/bash' >> "$root/etc/passwd"
  echo 'node:x:1000:' >> "$root/etc/group"
  cp /usr/share/base-files/dot.bashrc "$root/root/.bashrc"
}

# node and the libraries that the essential packages do not have.
copy_node() {
  local node library
  node=$(node -p process.execPath)
  install "$node" "$root/usr/local/bin/node"
  ldd "$node" | grep -oE '/[^ ]+' | while read -r library; do
    [ -e "$root$library" ] || install -D --mode 644 "$(readlink -f "$library")" "$root$library"
  done
  ldconfig -r "$root"
}

copy_app() {
  install -D --mode 644 --target-directory "$root/usr/src/app" package.json app.js
}

import_image() {
  tar --create --directory "$root" --numeric-owner --owner 0 --group 0 . | docker import \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'WORKDIR /' \
    --change 'EXPOSE 8080' \
    --change 'CMD ["node", "/usr/src/app/app.js"]' \
    - "$image" >/dev/null
}

copy_packages
write_etc
copy_node
copy_app
import_image
