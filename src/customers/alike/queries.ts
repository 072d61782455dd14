import { db, reads } from '../../db.ts'
import { acquaintancesOf, conflictOf, type Conflict } from '../conflicts.ts'
import { identityOf } from '../facts.ts'
import type { Identity } from '../rules.ts'
import { unveil } from '../sensitivity.ts'
import type { AlikeQuery } from './forms.ts'

/** POOL-01 while typing: whether somebody is there already, with system scope; only status and owner may be told. */
export async function alikeTo({ kind = 'organisation', name = '', code, phone }: AlikeQuery): Promise<Conflict | null> {
  return conflictWith(identityOf({ kind, name, code: code || null, phone: phone || null }))
}

/**
 * The same for a customer that is being corrected, as its correction would search: what was typed over what is there.
 * The customer itself is left out because it is the record of the address, never because the query says so.
 */
export async function alikeToRecord(id: bigint, typed: AlikeQuery): Promise<Conflict | null> {
  const { number, ...known } = await identityColumns(id)
  if (typed.contact !== undefined) return phoneConflictWith(typed.contact, number)
  const now = identityOf(known)
  const next = identityOf({
    kind: typed.kind ?? known.kind,
    name: typed.name ?? known.name,
    code: over(typed.code, 'code', known.code),
    phone: over(typed.phone, 'phone', known.phone),
  })
  return sameIdentity(now, next) ? null : conflictWith(next, number)
}

async function identityColumns(id: bigint) {
  const { phone, morePhones, ...known } = await db.customer.findUniqueOrThrow({
    where: { id },
    select: { number: true, kind: true, name: true, code: true, phone: true, morePhones: true },
  })
  return { ...known, phone: phone === null ? null : [phone, ...morePhones].join('、') }
}

async function conflictWith(identity: Identity, except?: string): Promise<Conflict | null> {
  if (identity.name.core === '' && !identity.code && identity.phones.length === 0) return null
  return conflictOf(await acquaintancesOf(reads, [identity]), identity, except)
}

async function phoneConflictWith(phone: string, except: string): Promise<Conflict | null> {
  const identity = identityOf({ kind: 'person', name: '', code: null, phone })
  if (identity.phones.length === 0) return null
  const { byPhone } = await acquaintancesOf(reads, [identity])
  const known = identity.phones.flatMap((one) => byPhone.get(one) ?? []).find(({ number }) => number !== except)
  return known ? { known, by: 'phone', sure: false } : null
}

const over = (typed: string | undefined, field: string, known: string | null) =>
  typed === undefined ? known : unveil(field, typed.trim(), known) || null

const sameIdentity = (one: Identity, other: Identity) =>
  one.name.folded === other.name.folded &&
  one.code?.value === other.code?.value &&
  one.phones.join() === other.phones.join()
