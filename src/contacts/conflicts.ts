import { staleSince } from '../audit/stale.ts'
import { ownerOr, phoneConflict } from '../customers/conflicts.ts'
import { phonesIn } from '../customers/facts.ts'
import { unveil, veilFields } from '../customers/sensitivity.ts'
import type { Tx } from '../db.ts'
import { Refused, Stale } from '../lib/refused.ts'
import type { ContactFacts, ContactTexts } from './facts.ts'
import type { ContactCorrection } from './forms.ts'
import type { Contact } from './queries.ts'

export const subject = (customerId: bigint) => `customer:${customerId}`
export const partOf = ({ id }: { id: bigint }) => `contact:${id}` as const

/** POOL-01: a telephone that is another customer's asks how the two differ. */
export async function refuseConflict(
  tx: Tx,
  customerId: bigint,
  phones: string | null,
  known: string | null,
  distinction: string | null,
): Promise<void> {
  const before = phonesIn(known).map(({ digits }) => digits)
  const added = phonesIn(phones).flatMap(({ digits }) => (before.includes(digits) ? [] : [digits]))
  if (added.length === 0 || distinction) return
  const conflict = await phoneConflict(tx, added, customerId)
  if (!conflict) return
  const params = { owner: ownerOr(conflict.owner) }
  throw new Refused([{ rule: 'POOL-01', reason: 'customers:refused.alikePhone', field: 'distinction', params }])
}

export async function staleContact(tx: Tx, customerId: bigint, contact: Contact, fields: ContactTexts, opened: number) {
  const current = { version: contact.version, fields, part: partOf(contact) }
  const { conflict } = await staleSince(tx, subject(customerId), opened, current)
  return new Stale({ ...conflict, before: veilFields(conflict.before), theirs: veilFields(conflict.theirs) })
}

export function unveiled(input: ContactCorrection, known: ContactTexts): ContactFacts {
  const veiled = (name: 'phones' | 'email' | 'wechat') => unveil(name, input[name], known[name] || null)
  return { ...input, phones: veiled('phones'), email: veiled('email'), wechat: veiled('wechat') }
}
