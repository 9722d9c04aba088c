export interface LocalAddresses {
  /** Addresses of this machine, dotted, each once. */
  readonly addresses: string[]
  /** Broadcast addresses: the kernel adds the last address of a network when an address with that prefix is put on an interface. */
  readonly broadcasts: ReadonlySet<string>
}

/**
 * `/proc/<pid>/net/fib_trie`: the IPv4 routes as the kernel keeps them, main and local table. Below a leaf `|-- 172.17.0.2` a line
 * `/32 host LOCAL` makes it an address of this machine, `/32 link BROADCAST` one that reaches a whole network.
 */
export function parseProcNetFibTrie(text: string): LocalAddresses {
  const addresses = new Set<string>()
  const broadcasts = new Set<string>()
  let leaf = ''
  for (const line of text.split('\n')) {
    const found = /\|-- (\d+\.\d+\.\d+\.\d+)$/.exec(line.trimEnd())
    if (found?.[1] !== undefined)
      leaf = found[1]
    else if (/^\s+\/32 host LOCAL\b/.test(line))
      addresses.add(leaf)
    else if (/^\s+\/32 link BROADCAST\b/.test(line))
      broadcasts.add(leaf)
  }
  addresses.delete('')
  broadcasts.delete('')
  return { addresses: [...addresses], broadcasts }
}
