/**
 * What the engine reads (endpoints and their certificates), what `nsenter` and `ssh` are found by, how ssh reaches the agent that
 * holds the person's keys, and what a program needs to be loaded
 * from an AppImage. Tokens, proxies with passwords and debugging switches of whoever started Isoscope stay behind.
 */
const NEEDED = /^(DOCKER_(HOST|CONTEXT|CONFIG|TLS|TLS_VERIFY|CERT_PATH)|SSH_AUTH_SOCK|HOME|PATH|XDG_RUNTIME_DIR|TMPDIR|LANG|LC_ALL|LD_LIBRARY_PATH)$/

/** The part of an environment that the engine's process is given. */
export const environmentForEngine = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && NEEDED.test(entry[0])))
