/** The control sockets of container engines: Docker, containerd, Podman, CRI-O, BuildKit. */
const ENGINE_SOCKET = /(?:^|\/)(?:docker|docker\.raw|containerd|podman|crio|buildkitd|cri-dockerd)\.sock$/

/** Folders that hold such sockets on a Linux host; a bind mount brings everything below it. */
const FOLDERS_WITH_SOCKETS = new Set(['/', '/var', '/run', '/var/run', '/run/containerd', '/run/podman', '/run/crio', '/run/docker'])

/** Whether this host path is an engine's socket, or a folder through which one is reached. */
export const reachesEngineSocket = (hostPath: string): boolean =>
  ENGINE_SOCKET.test(hostPath) || FOLDERS_WITH_SOCKETS.has(hostPath)
