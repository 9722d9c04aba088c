/** `/proc/<pid>/status` (proc_pid_status(5)), what the kernel enforces on the process. A null field is not in the file. */
export interface ProcStatus {
  readonly capabilities: Readonly<Record<'inheritable' | 'permitted' | 'effective' | 'bounding' | 'ambient', bigint | null>>
  readonly noNewPrivileges: boolean | null
  /** 0 disabled, 1 strict, 2 filter (seccomp(2)). */
  readonly seccompMode: number | null
}

/** Fields by their first line: a later line of the same name cannot come from the kernel, which escapes newlines in `Name`. */
export function parseProcStatus(text: string): ProcStatus {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    if (colon > 0 && !fields.has(name))
      fields.set(name, line.slice(colon + 1).trim())
  }
  const words = (name: string): string[] => fields.get(name)?.split(/\s+/) ?? []
  const number = (word: string | undefined): number | null => word !== undefined && /^\d+$/.test(word) ? Number(word) : null
  const mask = (name: string): bigint | null => /^[0-9a-f]{1,16}$/.test(fields.get(name) ?? '') ? BigInt(`0x${fields.get(name)}`) : null
  const noNewPrivileges = number(words('NoNewPrivs')[0])
  return {
    capabilities: {
      inheritable: mask('CapInh'),
      permitted: mask('CapPrm'),
      effective: mask('CapEff'),
      bounding: mask('CapBnd'),
      ambient: mask('CapAmb'),
    },
    noNewPrivileges: noNewPrivileges === null ? null : noNewPrivileges === 1,
    seccompMode: number(words('Seccomp')[0]),
  }
}
