/** Departments and regions are kept alike: one tree of names each. */
export type Kind = 'department' | 'region'

export type Unit = { id: bigint; name: string; parentId: bigint | null; version: number }
export type Branch<U extends Unit = Unit> = U & { depth: number }

/** Parents before children, siblings by name. */
export function asTree<U extends Unit>(units: readonly U[], under: bigint | null = null, depth = 0): Branch<U>[] {
  return units
    .filter(({ parentId }) => parentId === under)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
    .flatMap((unit) => [{ ...unit, depth }, ...asTree(units, unit.id, depth + 1)])
}

/** A unit, by its number in an address, and all below it; nothing for a number that none has. */
export function withBelow(units: readonly Pick<Unit, 'id' | 'parentId'>[], id: string): bigint[] {
  const found = units.filter((unit) => String(unit.id) === id).map((unit) => unit.id)
  for (const above of found) found.push(...units.filter(({ parentId }) => parentId === above).map((unit) => unit.id))
  return found
}

/** Whether `id` would come to lie under itself. */
export function wouldCircle(units: readonly Unit[], id: bigint, parentId: bigint | null): boolean {
  const parents = new Map(units.map((unit) => [unit.id, unit.parentId]))
  const passed = new Set<bigint>()
  for (let at = parentId; at !== null && !passed.has(at); at = parents.get(at) ?? null) {
    if (at === id) return true
    passed.add(at)
  }
  return false
}

/** For a select: the depth shows as indentation. */
export function asOptions(units: readonly Unit[]): { value: string; word: string }[] {
  return asTree(units).map(({ id, name, depth }) => ({ value: String(id), word: `${'　'.repeat(depth)}${name}` }))
}
