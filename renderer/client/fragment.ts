/** What the link that opened the page carried. */
export interface Fragment {
  /** Traded once for a session by the web client. */
  token: string | null
  isSample: boolean
}

/** Reads `#token=…&view=sample` and takes it out of the address bar and the history; a route (`#/…`) stays. */
export function takeFragment(location: Location, history: History): Fragment {
  const text = location.hash.slice(1)
  if (text === '' || text.startsWith('/'))
    return { token: null, isSample: false }
  const fields = new URLSearchParams(text)
  history.replaceState(null, '', location.pathname + location.search)
  return { token: fields.get('token'), isSample: fields.get('view') === 'sample' }
}
