import { tell } from '../deadlines/sweeping/recipients.ts'
import type { Staffing } from '../deadlines/sweeping/staffing.ts'
import { endText } from '../deadlines/tag.ts'
import type { Params } from '../lib/refused.ts'
import type { NewNotice } from '../notices/commands.ts'
import type { Rung } from '../regulations/parameters.ts'

/** What one borrower has that is due or overdue; the earliest first. */
export type Due = {
  borrowerId: bigint
  borrower: string
  departmentId: bigint | null
  overdue: number
  soon: number
  first: Date
  number: string
}

/** What one person is told of at once: of one's own loans and of those one answers for. */
export type Digest = { overdue: number; soon: number; first: Date; number: string; owner: string; href: string }

/**
 * ARC-11: the borrower hears of what is due and overdue, the first rungs of the ladder of what is overdue. Where nobody
 * has the role there, it goes to the next one, as with every clock.
 */
export function digestsOf(due: readonly Due[], staffing: Staffing, ladder: readonly Rung[]): Map<bigint, Digest> {
  const digests = new Map<bigint, Digest>()
  for (const one of due) {
    if (staffing.nameOf(one.borrowerId) !== null) add(digests, one.borrowerId, one, '/loans')
    if (one.overdue === 0) continue
    const place = { ownerId: one.borrowerId, departmentId: one.departmentId, regionId: null, signing: null }
    const told = new Set([one.borrowerId])
    for (const [at, { to }] of ladder.filter(({ days }) => days === 0).entries()) {
      const { staff, instead } = tell(staffing, place, to, ladder.slice(at + 1))
      const href = (instead ?? to) === 'dept_head' ? '/loans?whose=department' : '/loans/register?state=overdue'
      for (const id of staff) if (!told.has(id)) add(digests, id, { ...one, soon: 0 }, href)
      for (const id of staff) told.add(id)
    }
  }
  return digests
}

function add(digests: Map<bigint, Digest>, to: bigint, { overdue, soon, first, number, borrower }: Due, href: string) {
  const found = digests.get(to)
  if (!found) return digests.set(to, { overdue, soon, first, number, owner: borrower, href })
  return digests.set(to, {
    ...found,
    overdue: found.overdue + overdue,
    soon: found.soon + soon,
    // Others' loans are seen where one's own are, too.
    href: found.href === '/loans' ? href : found.href,
  })
}

/** One sentence: of one loan by its number, of several by how many there are. */
export function noticeOf(to: bigint, { overdue, soon, first, number, owner, href }: Digest): NewNotice {
  const kind = overdue > 0 ? 'loan.overdue' : 'loan.due'
  const due = endText(first)
  const single = overdue + soon === 1
  const params: Params = single
    ? { number, due, soon, owner }
    : { n: overdue > 0 ? overdue : soon, due, soon, owner: '' }
  return { to, kind, rule: 'ARC-11', subject: 'loans', href: single ? `/loans/${number}` : href, params }
}
