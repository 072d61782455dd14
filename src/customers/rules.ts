import type { Refusal } from '../lib/refused.ts'
import type { Code } from './codes.ts'
import type { Name } from './names.ts'

export type RequiredField = 'name' | 'kind' | 'reach' | 'source' | 'purpose'

/** CUS-04 in the first release; the full minimum adds one way to reach, source and purpose. */
export const requiredNow: readonly RequiredField[] = ['name', 'kind']

/** CUS-04: what is missing before a customer can be saved. */
export function missingFields(
  values: Partial<Record<RequiredField, string | null>>,
  required: readonly RequiredField[] = requiredNow,
): Refusal[] {
  return required
    .filter((field) => !values[field]?.trim())
    .map((field) => ({ rule: 'CUS-04', reason: missing[field], field }))
}

/** CUS-01: K2026000123. */
export function customerNumber(year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial > 999_999)
    throw new RangeError(`no customer number for ${serial}`)
  return `K${year}${String(serial).padStart(6, '0')}`
}

/** CUS-01: reads a number back, as people type it: k2026000123, K2026-000123. */
export function parseCustomerNumber(typed: string): { year: number; serial: number } | null {
  const [, year, serial] = /^K(\d{4})[-\s]?(\d{6})$/iu.exec(typed.trim()) ?? []
  return year && serial && Number(serial) > 0 ? { year: Number(year), serial: Number(serial) } : null
}

export type Identity = { name: Pick<Name, 'folded' | 'core'>; code: Pick<Code, 'kind' | 'value'> | null }

/**
 * POOL-01: whether two records mean one customer. Codes decide where both have one of the same kind; then the name to
 * the letter; the same trade name and line of business alone is for a person to judge.
 */
export function likeness(one: Identity, other: Identity): 'same' | 'alike' | 'different' {
  const sameName = one.name.folded === other.name.folded
  if (one.code && other.code && one.code.kind === other.code.kind) {
    if (one.code.value === other.code.value) return 'same'
    return sameName ? 'alike' : 'different'
  }
  if (sameName) return 'same'
  return one.name.core === other.name.core ? 'alike' : 'different'
}

const missing: Record<RequiredField, Refusal['reason']> = {
  name: 'customers:refused.nameMissing',
  kind: 'customers:refused.kindMissing',
  reach: 'customers:refused.reachMissing',
  source: 'customers:refused.sourceMissing',
  purpose: 'customers:refused.purposeMissing',
}
