import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import { fileRequest, type Filed } from '../approvals/filing.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import type { Source } from '../verifications/source.ts'
import { factsOf, type FactColumns, type Facts } from './facts.ts'
import type { Customer } from './queries.ts'

const kind = 'customer.key_fields'

/** CUS-06: what a customer is known by. That there is no Chinese name goes with the name. */
export const keyNames = ['kind', 'name', 'noChineseName', 'code'] as const
export type KeyName = (typeof keyNames)[number]
export type KeyFacts = Pick<Facts, KeyName>

/** What is to become of them, and how the applicant knows. */
export type KeyPayload = Source & { facts: Partial<KeyFacts>; distinction: string | null }

/** Which of the changed fields wait for approval: those of a confirmed customer, whose file others rely on. */
export function keysAmong({ standing }: Pick<Customer, 'standing'>, changed: readonly string[]): KeyName[] {
  if (standing !== 'confirmed') return []
  const keys = keyNames.filter((name) => changed.includes(name))
  return keys.every((name) => name === 'noChineseName') ? [] : keys
}

export const keyFactsOf = (columns: FactColumns): KeyFacts => pick(factsOf(columns), keyNames)

export function pick<N extends KeyName>(facts: Pick<Facts, N>, names: readonly N[]): Pick<Facts, N> {
  return Object.fromEntries(names.map((name) => [name, facts[name]])) as Pick<Facts, N>
}

/** What a request rests on: the key fields as they are. */
export function keyBasis(columns: Pick<FactColumns, 'kind' | 'name' | 'noChineseName' | 'codeKind' | 'code'>): string {
  const { kind: of, name, noChineseName, codeKind, code } = columns
  return createHash('sha256')
    .update(JSON.stringify([of, name, noChineseName, codeKind, code]))
    .digest('hex')
    .slice(0, 32)
}

type Wanted = KeyPayload & { before: Record<string, string>; after: Record<string, string> }

/** Files the change with old and new side by side; refuses while another one of this customer waits. */
export function askKeyFields(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  customer: Customer,
  { before, after, ...payload }: Wanted,
  now: Date,
): Promise<Filed> {
  const { id, departmentId, regionId } = customer
  const asked = keyNames
    .filter((name) => name in payload.facts)
    .map((field) => ({ field, before: before[field] ?? '', after: after[field] ?? '' }))
  const filing = { kind, subject: `customer:${id}`, customerId: id, place: { departmentId, regionId } } as const
  const reason = payload.distinction ?? payload.wayNote
  return fileRequest(tx, audit, actor, { ...filing, asked, payload, basis: keyBasis(customer), reason }, now)
}

/** They were written another way: what waits about them is overtaken. */
export async function keyFieldsChanged(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  id: bigint,
  columns: FactColumns,
  now: Date,
) {
  await objectChanged(tx, audit, actor, `customer:${id}`, [{ kind, basis: keyBasis(columns) }], now)
}
