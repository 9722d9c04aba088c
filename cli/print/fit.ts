/** Text that fits a terminal. One code point counts as one column: names in CJK scripts come out wider. */

/** Keeps both ends, which tell paths and ids apart, and marks what was left out. */
export function shorten(text: string, width: number): string {
  const points = [...text]
  if (points.length <= width)
    return text
  const head = Math.ceil((width - 1) / 2)
  return `${points.slice(0, head).join('')}…${points.slice(points.length - (width - 1 - head)).join('')}`
}

/** As many of the items as fit, and the number of the others: `lo, eth0, +2`. */
export function shortenList(items: readonly string[], width: number): string {
  for (let shown = items.length; shown > 0; shown -= 1) {
    const text = [...items.slice(0, shown), ...shown < items.length ? [`+${items.length - shown}`] : []].join(', ')
    if ([...text].length <= width)
      return text
  }
  return shorten(items.join(', '), width)
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length))
}

/** Breaks at spaces, and inside a word only when it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(word => pieces(word, width))) {
    if (line !== '' && [...line].length + 1 + [...word].length > width) {
      lines.push(line)
      line = word
    }
    else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

function pieces(word: string, width: number): string[] {
  const points = [...word]
  const count = Math.max(1, Math.ceil(points.length / width))
  return Array.from({ length: count }, (_, index) => points.slice(index * width, (index + 1) * width).join(''))
}
