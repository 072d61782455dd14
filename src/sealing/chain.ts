import type { Finding } from './findings.ts'
import type { KnownHead } from './head.ts'
import { isSigned } from './keys.ts'
import { hashOf, noSeal, type Signed } from './seals.ts'

/** Walks the seals in order and says of each what is wrong with the seal itself. */
export function chainWalk(head: KnownHead | null) {
  let last = { n: 0n, hash: noSeal, whole: true }
  let met = false

  return {
    next(seal: Signed): Finding[] {
      const n = BigInt(seal.n)
      const follows = n === last.n + 1n
      const wrong = wrongIn(seal)
      if (head?.n === seal.n) met = true
      // Out of its place it tells nothing of what should stand before it.
      if (wrong === 'seal_altered' && !follows) return [one(wrong, seal)]
      const linked = !follows || !last.whole || seal.previous === last.hash
      const gap = follows ? [] : [removed(last.n + 1n, n - 1n)]
      last = { n, hash: seal.hash, whole: wrong !== 'seal_altered' }
      const own = wrong ?? (linked ? null : 'seal_altered')
      if (own) return [...gap, one(own, seal)]
      return head?.n === seal.n && head.hash !== seal.hash ? [...gap, one('head_differs', seal)] : gap
    },

    /** What only a head kept elsewhere can tell: the chain went on further than it does now. */
    end(): Finding[] {
      if (!head || met || BigInt(head.n) <= last.n) return []
      const n = Number(BigInt(head.n) - last.n)
      return [{ kind: 'cut_off', n, seal: String(last.n + 1n), until: head.n }]
    },
  }
}

function wrongIn(seal: Signed): 'seal_altered' | 'other_key' | null {
  if (seal.hash !== hashOf(seal) || BigInt(seal.n) < 1n) return 'seal_altered'
  const held = isSigned(seal.hash, seal)
  return held === null ? 'other_key' : held ? null : 'seal_altered'
}

const one = (kind: Finding['kind'], { n }: Signed): Finding => ({ kind, n: 1, seal: n })

function removed(from: bigint, until: bigint): Finding {
  return { kind: 'seal_removed', n: Number(until - from + 1n), seal: String(from), until: String(until) }
}
