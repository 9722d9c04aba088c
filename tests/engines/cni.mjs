import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const BRIDGE = 'cni-podman0'

/**
 * What the network plugins of root's Podman (CNI) leave on the machine: the bridge of its first network, and chains in the tables of the kernel.
 * @returns {Promise<() => Promise<void>>} takes away what was not there when this was asked
 */
export async function rememberCni() {
  const hadBridge = await access(`/sys/class/net/${BRIDGE}`).then(() => true, () => false)
  const hadRules = (await cniRules()).length > 0
  return async () => {
    if (!hadBridge)
      await run('ip', ['link', 'delete', BRIDGE]).catch(() => {})
    if (hadRules)
      return
    const rules = await cniRules()
    // A chain can be deleted when no rule leads to it, and none is in it.
    for (const { table, line } of rules.filter(({ line }) => line.startsWith('-A ')))
      await run('sh', ['-c', `iptables --table ${table} ${line.replace('-A ', '-D ')}`])
    for (const { table, line } of rules.filter(({ line }) => line.startsWith(':')))
      await run('iptables', ['--table', table, '-X', line.slice(1).split(' ')[0] ?? ''])
  }
}

/** Those of CNI, as iptables-save(8) writes them. */
async function cniRules() {
  const { stdout } = await run('iptables-save')
  let table = ''
  return stdout.split('\n').flatMap((line) => {
    if (line.startsWith('*'))
      table = line.slice(1)
    return /^(?::|-A )/.test(line) && line.includes('CNI-') ? [{ table, line }] : []
  })
}
