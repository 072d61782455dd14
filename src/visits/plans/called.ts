import type { Actor } from '../../access/actor.ts'
import { findCustomers } from '../../customers/list/queries.ts'
import type { Tx } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'
import { customerToVisit } from '../making.ts'

/** So many are named where several answer to it. */
const named = 4

/** Whom one may visit, by number or by what the search finds this one by: a name, its initials. */
export async function customerCalled(tx: Tx, actor: Actor, written: string, field = 'customer') {
  if (/^K\d+$/i.test(written)) return customerToVisit(tx, actor, written, field)
  const { rows, total } = await findCustomers(actor, written, named)
  const found = rows.length === 1 ? rows : rows.filter(({ name }) => name === written)
  if (found.length === 1) return customerToVisit(tx, actor, found[0]!.number, field)
  if (total === 0) return customerToVisit(tx, actor, written, field)
  const names = rows.map(({ name, number }) => `${name} ${number}`).join('、')
  const params = { written, n: total, names }
  throw new Refused([{ rule: 'VIS-02', reason: 'visitPlans:refused.several', field, params }])
}
