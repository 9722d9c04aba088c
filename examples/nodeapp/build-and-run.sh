#!/usr/bin/env bash
# Builds image nodejsapp and runs nodeapp-container on port 8080: `npm run sample`. Doing it twice changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

IMAGE=nodejsapp
CONTAINER=nodeapp-container
PORT=8080
BASE=$(awk '$1 == "FROM" {print $2}' Dockerfile)

say() { echo "sample: $*" >&2; }
fail() { say "$*"; exit 1; }

# macOS has no timeout(1); node is there in any case.
within() {
  node -e '
    const [seconds, command, ...args] = process.argv.slice(1)
    const run = require("node:child_process").spawnSync(command, args, { stdio: ["ignore", 2, 2], timeout: seconds * 1000 })
    process.exit(run.status ?? 124)' "$@"
}

engine_answers() {
  local why
  command -v docker >/dev/null || fail 'There is no docker command. Install Docker, then run this again.'
  why=$(docker version --format '{{.Server.Version}}' 2>&1) || fail "No Docker engine answers: ${why##*$'\n'}"
}

build_with_docker() {
  docker image inspect "$BASE" >/dev/null 2>&1 || within 60 docker pull --quiet "$BASE" || return 1
  within 600 docker build --tag "$IMAGE" .
}

build_image() {
  ! docker image inspect "$IMAGE" >/dev/null 2>&1 || return 0
  say "Building image $IMAGE from the Dockerfile."
  build_with_docker && return 0
  say "That did not work (see above), so the same is put together from this machine's own packages."
  ./build-offline.sh "$IMAGE"
}

run_container() {
  case "$(docker inspect --format '{{.State.Status}}' "$CONTAINER" 2>/dev/null)" in
    running) say "$CONTAINER runs already." ;;
    paused) docker unpause "$CONTAINER" >/dev/null; say "$CONTAINER was paused; it runs again." ;;
    '') build_image; start_new ;;
    *) start_or_explain start "$CONTAINER"; say "$CONTAINER was stopped; it runs again." ;;
  esac
}

start_new() {
  # A container whose port could not be had stays behind as `created`; it is removed, so that the next try starts afresh.
  trap 'docker rm "$CONTAINER" >/dev/null 2>&1 || true' ERR
  start_or_explain run --detach --name "$CONTAINER" --publish "$PORT:$PORT" "$IMAGE"
  trap - ERR
  say "$CONTAINER runs. Try: docker exec $CONTAINER ps aux"
}

start_or_explain() {
  local answer
  answer=$(docker "$@" 2>&1) && return 0
  case "$answer" in
    *'already allocated'* | *'already in use'*) say "Port $PORT is in use by something else on this machine: stop that, then run this again." ;;
    *) say "$answer" ;;
  esac
  return 1
}

engine_answers
run_container
say "It answers at http://localhost:$PORT"
