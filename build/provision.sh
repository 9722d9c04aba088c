#!/usr/bin/env bash
# What `npm test` needs of the machine; `provision.sh virtual-machine`: with what the engine in a virtual machine needs too. On Debian and Ubuntu as root the missing part is installed with apt-get;
# elsewhere it is named, and the run fails. Says nothing when nothing is missing.
# shellcheck disable=SC2317 # the has_… functions are called by need
set -euo pipefail
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { echo "provision: $*" >&2; }

has() { command -v "$1" >/dev/null; }
has_any() { local name; for name; do ! has "$name" || return 0; done; return 1; }
has_library() { grep -qF "$1" <<<"$(ldconfig -p)"; }
# A dynamic busybox would find no libraries in the images that the tests build from it.
has_static_busybox() { [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1; }
has_keys_of_debian() { [ -e /usr/share/keyrings/debian-archive-keyring.gpg ]; }
has_fonts() { has fc-list && [ -n "$(fc-list : family)" ]; }

purpose=${1:-}
missing=()
# need WHAT PACKAGES CHECK...: unless the check succeeds, WHAT is missing; of PACKAGES (a|b) the first that exists brings it.
need() {
  local what=$1 package=$2
  shift 2
  "$@" || missing+=("$what=$package")
}

check_engine() {
  need 'the docker command' 'docker-cli|docker.io' has docker
  # Also where an engine answers: the tests end and restart one of their own.
  need dockerd docker.io has dockerd
  need iptables iptables has iptables
}

check_linux() {
  need ip iproute2 has ip
  need ps procps has ps
  need lsns util-linux has lsns
  need nsenter util-linux has nsenter
  need capsh libcap2-bin has capsh
  # They make the helper's programs again (build/helper).
  need x86_64-linux-gnu-gcc 'gcc-x86-64-linux-gnu|gcc' has x86_64-linux-gnu-gcc
  need aarch64-linux-gnu-gcc 'gcc-aarch64-linux-gnu|gcc' has aarch64-linux-gnu-gcc
  need 'a static /bin/busybox' busybox-static has_static_busybox
}

check_ways() {
  need ssh openssh-client has ssh
  # Of the tests' own, on loopback; the one of the package is not asked to start.
  need sshd openssh-server has sshd
  need openssl openssl has openssl
}

check_engines() {
  need podman podman has podman
  need rootlesskit rootlesskit has rootlesskit
  need newuidmap uidmap has newuidmap
}

# 15 MB to fetch, and what mmdebstrap fetches when the machine is built.
check_virtual_machine() {
  need qemu-system-x86_64 qemu-system-x86 has qemu-system-x86_64
  need mmdebstrap mmdebstrap has mmdebstrap
  need 'the keys of Debian' debian-archive-keyring has_keys_of_debian
}

check_documents() {
  need 'Chrome or Chromium' 'chromium|chromium-browser' has_any chromium chromium-browser google-chrome google-chrome-stable
  need pdftotext poppler-utils has pdftotext
  need 'fonts' 'fontconfig fonts-dejavu-core' has_fonts
}

check_desktop() {
  need Xvfb xvfb has Xvfb
  need xauth xauth has xauth
  need python3 python3 has python3
  need pip python3-pip has pip
  need libgtk-3 'libgtk-3-0t64|libgtk-3-0' has_library libgtk-3.so.0
  need libnss3 libnss3 has_library libnss3.so
  need libasound 'libasound2t64|libasound2' has_library libasound.so.2
  need libgbm libgbm1 has_library libgbm.so.1
}

can_install() { [ "$(id -u)" = 0 ] && has apt-get && has dpkg; }

# Package names differ between releases: the first of the alternatives that apt knows how to install.
choose_package() {
  local name
  for name in ${1//|/ }; do
    if grep -q 'Candidate: [^(]' <<<"$(apt-cache policy "$name")"; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}"
}

install_missing() {
  local entry names log packages=()
  log=$(mktemp)
  say "installing what is missing: $(printf '%s, ' "${missing[@]%%=*}" | sed 's/, $//')"
  apt-get update -qq || say 'not every package list could be renewed; going on with what there is'
  for entry in "${missing[@]}"; do
    case "${entry#*=}" in
      *'|'*) packages+=("$(choose_package "${entry#*=}")") ;;
      *) read -ra names <<<"${entry#*=}"; packages+=("${names[@]}") ;;
    esac
  done
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "${packages[@]}" </dev/null >"$log" 2>&1 || cat "$log" >&2
  rm -f "$log"
}

check_all() {
  missing=()
  check_engine
  check_linux
  check_ways
  check_engines
  check_documents
  check_desktop
  [ "$purpose" != virtual-machine ] || check_virtual_machine
}

name_missing() {
  local entry
  say 'this machine lacks what the tests need:'
  for entry in "${missing[@]}"; do
    say "  ${entry%%=*} (Debian: ${entry#*=})"
  done
}

if [ "$(uname -s)" != Linux ]; then
  say 'the live and desktop tests need Linux; leave them out by name: npm test -- --without live --without desktop --without provision'
  exit 1
fi
check_all
[ ${#missing[@]} -gt 0 ] || exit 0
if can_install; then
  install_missing
  check_all
  [ ${#missing[@]} -gt 0 ] || exit 0
fi
name_missing
exit 1
