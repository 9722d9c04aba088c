import { countOf } from '../../text/count-of'
import type { Rule } from '../rule'

export const secretsInEnvironment: Rule = {
  id: 'secrets-in-environment',
  title: 'Environment variables look like secrets',
  severity: 'medium',
  reason: 'Whoever may inspect the container, or reads /proc/<pid>/environ, sees these values; child processes and crash reports carry them on. Isoscope judges by the names and never reads the values.',
  remedy: 'Give secrets as files: `docker secret`, compose `secrets:`, or a read-only mount; then take them out of `-e` and `environment:`.',
  reference: 'CIS Docker Benchmark; NIST SP 800-190',
  check: ({ container: { environment } }) => {
    const names = environment.filter(({ looksSecret }) => looksSecret).map(({ name }) => name)
    return names.length > 0
      ? { status: 'fail', evidence: [`Engine: Env has ${names.join(', ')}`] }
      : { status: 'pass', evidence: [`Engine: Env has ${countOf(environment.length, 'variable')}, and no name that looks like a secret`] }
  },
}
