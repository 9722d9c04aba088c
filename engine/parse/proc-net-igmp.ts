/** `/proc/<pid>/net/igmp`: one unindented line `26\teth0      :     1      V3` for each interface that speaks IPv4. Name → index. */
export function parseProcNetIgmp(text: string): Map<string, number> {
  const indexes = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, index, name] = /^(\d+)\t(.+?)\s*:\s/.exec(line) ?? []
    if (index !== undefined && name !== undefined)
      indexes.set(name, Number(index))
  }
  return indexes
}
