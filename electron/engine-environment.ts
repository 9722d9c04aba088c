/**
 * What the engine reads (endpoints and their certificates), what `nsenter` is found by, and what a program needs to be loaded
 * from an AppImage. Tokens, proxies with passwords and debugging switches of whoever started Isoscope stay behind.
 */
const NEEDED = /^(DOCKER_(HOST|CONTEXT|CONFIG|TLS_VERIFY|CERT_PATH)|HOME|PATH|XDG_RUNTIME_DIR|TMPDIR|LANG|LC_ALL|LD_LIBRARY_PATH)$/

/** The part of an environment that the engine's process is given. */
export const environmentForEngine = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && NEEDED.test(entry[0])))
