import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from './temp-folder'

export interface Authority {
  /** Its own certificate. */
  readonly ca: string
  /** A folder with `cert.pem` and `key.pem` that it signed for these names (`DNS:localhost,IP:127.0.0.1`), and its `ca.pem`. */
  readonly issue: (names: string, days?: number) => string
}

/** An authority of the test's own, made by openssl. */
export function createAuthority(): Authority {
  const folder = tempFolder()
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=isoscope test authority', '-days', '2')
  let count = 0
  return {
    ca: join(folder, 'ca.pem'),
    issue(names, days = 2) {
      const own = join(folder, String(count += 1))
      mkdirSync(own)
      writeFileSync(join(own, 'extensions'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`)
      openssl('req', ...key, '-keyout', join(own, 'key.pem'), '-out', join(own, 'request.pem'), '-subj', '/CN=isoscope test')
      openssl('x509', '-req', '-in', join(own, 'request.pem'), '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-out', join(own, 'cert.pem'), '-extfile', join(own, 'extensions'), '-days', String(days))
      copyFileSync(join(folder, 'ca.pem'), join(own, 'ca.pem'))
      return own
    },
  }
}
