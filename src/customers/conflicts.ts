import type { CodeKind, CustomerLife, CustomerStanding } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import type { Params, Refusal } from '../lib/refused.ts'
import { normaliseName, type Kind } from './names.ts'
import { likeness, type Identity } from './rules.ts'

/** A customer that is there already, as far as the search for conflicts needs to know it. */
export type Known = Identity & {
  number: string
  owner: string | null
  life: CustomerLife
  standing: CustomerStanding
}
export type Conflict = { known: Known; by: 'code' | 'name' | 'phone'; sure: boolean }

type Row = {
  number: string
  kind: Kind
  name: string
  core: string
  code_kind: CodeKind | null
  code: string | null
  phone_digits: string | null
  life: CustomerLife
  standing: CustomerStanding
  owner: string | null
}

/** Those who may be meant, by code, core name and telephone: grows with each one that is recorded. */
export type Acquaintances = {
  byCode: Map<string, Known>
  byCore: Map<string, Known[]>
  byPhone: Map<string, Known[]>
}

/** POOL-01: everyone who shares a code, a core name or a telephone with one of these; asks once, with system scope. */
export async function acquaintancesOf(tx: Pick<Tx, '$queryRaw'>, some: Identity[]): Promise<Acquaintances> {
  // Telephones one by one: asked for 500 at once the planner reads the whole table (8 s at 200,000 customers, not 3 ms).
  const cores = [...new Set(some.map(({ name }) => name.core))]
  const codes = [...new Set(some.flatMap(({ code }) => code?.value ?? []))]
  const phones = [...new Set(some.flatMap((one) => one.phones))]
  const found = await tx.$queryRaw<Row[]>`
    with hits as (
      select id from customer where core = any(${cores})
      union select id from customer where code = any(${codes})
      union select c.id from unnest(${phones}::text[]) as asked(digits)
        join customer c on string_to_array(c.phone_digits, ' ') @> array[asked.digits])
    select c.number, c.kind::text, c.name, c.core, c.code_kind::text, c.code, c.phone_digits, c.life::text,
      c.standing::text, s.name as owner
    from hits join customer c using (id) left join staff s on s.id = c.owner_id
    where c.withdrawn_at is null order by c.id`
  const all: Acquaintances = { byCode: new Map(), byCore: new Map(), byPhone: new Map() }
  for (const row of found) getToKnow(all, knownBy(row))
  return all
}

/** Somebody recorded just now: what comes later in the same file may mean it. */
export function getToKnow({ byCode, byCore, byPhone }: Acquaintances, known: Known): void {
  if (known.code) byCode.set(keyOf(known.code), known)
  append(byCore, known.name.core, known)
  for (const phone of known.phones) append(byPhone, phone, known)
}

/**
 * POOL-01: the customer that is meant for certain (same code, or same name), else one that may be meant: same trade name
 * and line of business, or same telephone. `except` is the customer itself when it is being corrected.
 */
export function conflictOf(all: Acquaintances, one: Identity, except?: string): Conflict | null {
  const others = (list: Known[] | undefined) => (list ?? []).filter(({ number }) => number !== except)
  const holder = one.code && all.byCode.get(keyOf(one.code))
  if (holder && holder.number !== except) return { known: holder, by: 'code', sure: true }
  let alike: Conflict | null = null
  for (const known of others(all.byCore.get(one.name.core))) {
    const found = likeness(one, known)
    if (found === 'same') return { known, by: 'name', sure: true }
    if (found === 'alike') alike ??= { known, by: 'name', sure: false }
  }
  for (const known of one.phones.flatMap((phone) => others(all.byPhone.get(phone))))
    if (likeness(one, known) !== 'different') alike ??= { known, by: 'phone', sure: false }
  return alike
}

/** POOL-01: a hit blocks until somebody says how the two differ; one certified code never belongs to two. */
export function conflictProblems({ known, by, sure }: Conflict, distinction: string | null): Refusal[] {
  const params = { owner: ownerOr(known.owner) }
  if (by === 'code') return [{ rule: 'POOL-01', reason: 'customers:refused.sameCode', field: 'code', params }]
  if (distinction) return []
  const reason = by === 'phone' ? 'customers:refused.alikePhone' : 'customers:refused.alike'
  return [{ rule: 'POOL-01', reason: sure ? 'customers:refused.same' : reason, field: 'distinction', params }]
}

/** The owner's name in a sentence, or that there is none. */
export const ownerOr = (owner: string | null): Params[string] => owner ?? { word: 'customers:list.noOwner' }

/** POOL-01, for the telephones of a contact: whoever has one of them already, but for the customer itself. */
export async function phoneConflict(tx: Pick<Tx, '$queryRaw'>, digits: string[], except: bigint) {
  const [row] = await tx.$queryRaw<{ owner: string | null }[]>`
    select s.name as owner from customer c left join staff s on s.id = c.owner_id
    where string_to_array(c.phone_digits, ' ') && ${digits}::text[] and c.id <> ${except} and c.withdrawn_at is null
    limit 1`
  return row ?? null
}

function knownBy({ kind, name, core, code_kind, code, phone_digits, ...row }: Row): Known {
  return {
    number: row.number,
    owner: row.owner,
    life: row.life,
    standing: row.standing,
    kind,
    name: { folded: normaliseName(name, kind).folded, core },
    code: code !== null && code_kind !== null ? { kind: code_kind, value: code } : null,
    phones: phone_digits?.split(' ') ?? [],
  }
}

function append(map: Map<string, Known[]>, key: string, known: Known): void {
  const list = map.get(key)
  if (list) list.push(known)
  else map.set(key, [known])
}

const keyOf = (code: { kind: string; value: string }) => `${code.kind} ${code.value}`
