import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ServiceOptions } from '../engine/service'

interface EngineOptions {
  host?: string
  context?: string
  allowPlainTcp?: true
}

/** Which engine, named as for the docker command. They belong to every command, before or after its name. */
export function addEngineOptions(program: Command): void {
  program
    .addOption(new Option('-H, --host <address>', 'the engine at this address, as for docker').argParser(named('An address')).conflicts('context'))
    .addOption(new Option('-c, --context <name>', 'the engine of this docker context').argParser(named('A context\'s name')))
    .option('--allow-plain-tcp', 'also over TCP without TLS to other machines, where anyone on the way can take the engine over')
}

/** What was given, as the engine takes it. */
export function engineOptions(program: Command): Pick<ServiceOptions, 'wish' | 'allowsPlainTcp'> {
  const { host, context, allowPlainTcp } = program.opts<EngineOptions>()
  return {
    ...host === undefined ? {} : { wish: { address: host, origin: '--host' } },
    ...context === undefined ? {} : { wish: { context } },
    ...allowPlainTcp ? { allowsPlainTcp: true } : {},
  }
}

/** The same for a program that is started, as docker's own variables; plain TCP is not passed on. */
export function engineEnvironment(program: Command, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { host, context } = program.opts<EngineOptions>()
  if (host !== undefined)
    return { ...env, DOCKER_HOST: host }
  // An empty DOCKER_HOST is as none, and one that is set would win over a context.
  return context === undefined ? env : { ...env, DOCKER_HOST: '', DOCKER_CONTEXT: context }
}

const named = (what: string) => (text: string): string => {
  if (text.trim() === '')
    throw new InvalidArgumentError(`${what} is not empty.`)
  return text
}
