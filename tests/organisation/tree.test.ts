import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstStepsProblems, placementProblems, removalProblems } from '../../src/organisation/rules.ts'
import { asTree, wouldCircle, type Unit } from '../../src/organisation/tree.ts'

const unit = (id: bigint, parentId: bigint | null, name = `部${id}`): Unit => ({ id, parentId, name, version: 1 })
const units = [unit(1n, null), unit(2n, 1n), unit(3n, 2n), unit(4n, null)]

it.each([
  { id: 1n, parentId: 3n, circle: true },
  { id: 1n, parentId: 1n, circle: true },
  { id: 3n, parentId: 1n, circle: false },
  { id: 1n, parentId: 4n, circle: false },
  { id: 1n, parentId: null, circle: false },
])('PPL-01: $id under $parentId makes a circle: $circle', ({ id, parentId, circle }) => {
  const problems = placementProblems(units, { id, name: '新名', parentId })
  expect(problems.map(({ reason }) => reason)).toEqual(circle ? ['organisation:refused.circle'] : [])
})

it('PPL-01: whatever moves are tried, every unit stays in the tree', () => {
  const move = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }))
  fc.assert(
    fc.property(fc.array(move), (moves) => {
      const tree = Array.from({ length: 8 }, (_, at) => unit(BigInt(at + 1), null))
      for (const [from, to] of moves)
        if (!wouldCircle(tree, tree[from]!.id, tree[to]!.id)) tree[from] = { ...tree[from]!, parentId: tree[to]!.id }
      expect(asTree(tree)).toHaveLength(8)
    }),
  )
})

it('PPL-01: siblings carry different names, cousins may share one', () => {
  expect(placementProblems(units, { id: null, name: '部2', parentId: 1n })).toHaveLength(1)
  expect(placementProblems(units, { id: null, name: '部2', parentId: 4n })).toEqual([])
  expect(placementProblems(units, { id: 2n, name: '部2', parentId: 1n })).toEqual([])
})

it('ACC-02: only what is empty goes', () => {
  const empty = { children: 0, staff: 0, customers: 0, grants: 0, imports: 0 }
  expect(removalProblems('部1', empty)).toEqual([])
  expect(removalProblems('部1', { ...empty, customers: 3 })[0]?.params).toMatchObject({ customers: 3 })
})

it('PPL-02: the first steps say everything that is missing at once', () => {
  expect(firstStepsProblems({ named: false, finished: false, systemAdmins: 0 })).toHaveLength(2)
  expect(firstStepsProblems({ named: true, finished: false, systemAdmins: 1 })).toEqual([])
  expect(firstStepsProblems({ named: true, finished: true, systemAdmins: 1 })).toHaveLength(1)
})
