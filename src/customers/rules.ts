import type { Refusal } from '../lib/refused.ts'
import type { Code } from './codes.ts'
import { businessNumber } from '../lib/numbers.ts'
import type { Kind, Name } from './names.ts'

export type RequiredField = 'name' | 'kind' | 'reach' | 'source' | 'purpose'

/** CUS-04: what is missing before a customer can be saved. */
export function missingFields(values: Record<RequiredField, string | null>): Refusal[] {
  return (Object.keys(missing) as RequiredField[])
    .filter((field) => !values[field]?.trim())
    .map((field) => ({ rule: 'CUS-04', reason: missing[field], field: field === 'reach' ? 'phone' : field }))
}

export type Completeness = {
  contacts: number
  website: string | null
  address: string | null
  creditNote: string | null
  tradeNote: string | null
}

/** CUS-04: what is missing before a provisional customer can be confirmed. */
export function missingToConfirm(file: Completeness): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal => ({ rule: 'CUS-04', reason })
  return [
    ...(file.contacts === 0 ? [refuse('customers:refused.confirmContacts')] : []),
    ...(file.website || file.address ? [] : [refuse('customers:refused.confirmPlace')]),
    ...(file.creditNote ? [] : [refuse('customers:refused.confirmCredit')]),
    ...(file.tradeNote ? [] : [refuse('customers:refused.confirmTrade')]),
  ]
}

/** CUS-01: K2026000123. */
export function customerNumber(year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial > 999_999)
    throw new RangeError(`no customer number for ${serial}`)
  return businessNumber('K', year, serial)
}

/** CUS-01: reads a number back, as people type it: k2026000123, K2026-000123. */
export function parseCustomerNumber(typed: string): { year: number; serial: number } | null {
  const [, year, serial] = /^K(\d{4})[-\s]?(\d{6})$/iu.exec(typed.trim()) ?? []
  return year && serial && Number(serial) > 0 ? { year: Number(year), serial: Number(serial) } : null
}

export type Identity = {
  kind: Kind
  name: Pick<Name, 'folded' | 'core'>
  code: Pick<Code, 'kind' | 'value'> | null
  /** digits only, contacts' numbers among them */
  phones: string[]
}

/**
 * POOL-01: whether two records mean one customer. Codes decide where both have one of the same kind; then the name to
 * the letter (people share names, so they need a telephone in common, too); the same trade name and line of business
 * alone, or the same telephone alone, is for a person to judge.
 */
export function likeness(one: Identity, other: Identity): 'same' | 'alike' | 'different' {
  const sameName = one.name.folded === other.name.folded
  if (one.code && other.code && one.code.kind === other.code.kind) {
    if (one.code.value === other.code.value) return 'same'
    return sameName ? 'alike' : 'different'
  }
  const samePhone = one.phones.some((phone) => other.phones.includes(phone))
  if (sameName) return samePhone || !areNamesakes(one, other) ? 'same' : 'alike'
  return samePhone || one.name.core === other.name.core ? 'alike' : 'different'
}

function areNamesakes(one: Identity, other: Identity): boolean {
  return one.kind === 'person' && other.kind === 'person' && one.phones.length > 0 && other.phones.length > 0
}

const missing: Record<RequiredField, Refusal['reason']> = {
  name: 'customers:refused.nameMissing',
  kind: 'customers:refused.kindMissing',
  reach: 'customers:refused.reachMissing',
  source: 'customers:refused.sourceMissing',
  purpose: 'customers:refused.purposeMissing',
}
