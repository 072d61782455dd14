import { chainWalk } from './chain.ts'
import { gathering, type Finding, type Outcome } from './findings.ts'
import type { KnownHead } from './head.ts'
import { nextSeals, sealedSoFar, unsealedLines, wrongLines, type CheckedSeal } from './lines.ts'

type Watch = { tell: (progress: { done: number; total: number }) => Promise<void>; stopped: () => boolean }

const linesAtOnce = 50_000
const sealsAtOnce = 500

/**
 * Computes everything anew: each line against what was sealed, each seal against the one before it, its key and its
 * number, and the end against a head that was kept elsewhere. Null when it was stopped. Memory does not grow with the
 * trail.
 */
export async function checkTrail(head: KnownHead | null, { tell, stopped }: Watch): Promise<Outcome | null> {
  const goal = await sealedSoFar()
  const walk = chainWalk(head)
  const found = gathering()
  let [after, seals, entries, most] = [lowest, 0, 0, 4]
  for (;;) {
    if (stopped()) return null
    const batch = (await nextSeals(after, most)).filter(({ n }) => BigInt(n) <= goal.last)
    for (const seal of batch) found.add(await judge(seal, walk.next(seal)))
    const lines = batch.reduce((sum, seal) => sum + seal.found, 0)
    seals += batch.length
    entries += lines
    if (batch.length < most) break
    after = BigInt(batch.at(-1)!.n)
    most = Math.min(sealsAtOnce, Math.max(1, Math.floor((linesAtOnce / (lines + 1)) * batch.length)))
    await tell({ done: entries, total: Math.max(Number(goal.total), entries) })
  }
  await tell({ done: entries, total: entries })
  const { inserted, unsealed } = await unsealedLines()
  found.add([...walk.end(), ...inserted])
  return { seals, entries, unsealed, ...found.result() }
}

const lowest = -(2n ** 63n)

async function judge(seal: CheckedSeal, own: Finding[]): Promise<Finding[]> {
  if (seal.same && seal.found === seal.entries) return own
  // What a seal that was altered says of its lines means nothing.
  if (own.some(({ kind }) => kind === 'seal_altered')) return own
  const wrong = await wrongLines(seal.n)
  return [...own, ...(wrong.length > 0 ? wrong : [{ kind: 'seal_altered' as const, n: 1, seal: seal.n }])]
}
