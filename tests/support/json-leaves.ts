/** The way to each value of a JSON document that is no object with something in it: keys, and places in lists. */
export function leavesOf(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null)
    return [[...way]]
  const inside = Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...way, key]))
  return way.length === 0 ? inside : [[...way], ...inside]
}

/** A copy without what lies at the end of the way. */
export function withoutLeaf(value: unknown, [key, ...deeper]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || key === undefined)
    return value
  const isHere = deeper.length === 0
  if (Array.isArray(value))
    return value.flatMap((child: unknown, at) => String(at) !== key ? [child] : isHere ? [] : [withoutLeaf(child, deeper)])
  return Object.fromEntries(Object.entries(value).flatMap(([name, child]) => name !== key ? [[name, child]] : isHere ? [] : [[name, withoutLeaf(child, deeper)]]))
}
