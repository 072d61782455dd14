import { factsOf, type Facts } from '../customers/facts.ts'
import { db, reads, type Db, type Tx } from '../db.ts'
import { contentsOf, type Content } from './queries.ts'
import { basisOf, isDisclosable, type Disclosable } from './rules.ts'

export type Values = Partial<Record<Disclosable, Facts[Disclosable]>>
export type Grounds = { basis: string; values: Values; contents: Content[]; customer: { number: string } }

/**
 * ARC-15: the approved fields as they are now, nothing masked, and the newest contents of the approved items. Null where
 * the customer is gone. For deciding and packing alone.
 */
export async function groundsOf(tx: Tx | null, id: bigint): Promise<Grounds | null> {
  const from = (tx ?? db) as Db
  const disclosure = await from.disclosure.findUnique({
    where: { id },
    select: { customerId: true, fields: true, agreement: { select: { number: true } } },
  })
  const customer =
    disclosure && (await from.customer.findFirst({ where: { id: disclosure.customerId, withdrawnAt: null } }))
  if (!customer) return null
  const facts = factsOf(customer)
  const values: Values = Object.fromEntries(
    disclosure.fields.filter(isDisclosable).map((name) => [name, facts[name]] as const),
  )
  const contents = await contentsOf(tx ?? reads, id)
  const items = contents.map(({ number, secrecy, n, sha256, state }) => ({
    number,
    secrecy,
    n,
    sha256,
    gone: state === 'disposed',
  }))
  const basis = basisOf({ agreement: disclosure.agreement.number, fields: values, items })
  return { basis, values, contents, customer: { number: customer.number } }
}
