import type { Tx } from '../db.ts'
import type { Intake } from '../customers/intake.ts'
import { normaliseName, type Kind } from '../customers/names.ts'
import { likeness, type Identity } from '../customers/rules.ts'

type Known = Identity & { number: string; phones: string[] }
export type Match = { number: string; by: 'code' | 'name'; sure: boolean }

type Row = {
  number: string
  kind: Kind
  name: string
  core: string
  code_kind: never
  code: string | null
  phone_digits: string | null
}

/** Those already customers, by code and by core name: grows with each row that becomes one. */
export type Acquaintances = { byCode: Map<string, Known>; byCore: Map<string, Known[]> }

/** Asks once for a whole batch. */
export async function acquaintancesOf(tx: Tx, rows: Intake[]): Promise<Acquaintances> {
  const cores = [...new Set(rows.map(({ name }) => name.core))]
  const codes = [...new Set(rows.flatMap(({ code }) => code?.value ?? []))]
  const found = await tx.$queryRaw<Row[]>`
    select number, kind::text, name, core, code_kind::text, code, phone_digits from customer where core = any(${cores})
    union
    select number, kind::text, name, core, code_kind::text, code, phone_digits from customer where code = any(${codes})
    order by number`
  const all: Acquaintances = { byCode: new Map(), byCore: new Map() }
  for (const { number, kind, name, core, code_kind, code, phone_digits } of found) {
    const { folded } = normaliseName(name, kind)
    const phones = phone_digits?.split(' ') ?? []
    keep(all, { number, name: { folded, core }, code: code ? { kind: code_kind, value: code } : null, phones })
  }
  return all
}

/** A row that became a customer: later rows of the same file may mean it. */
export function getToKnow(all: Acquaintances, number: string, { name, code, phones }: Intake): void {
  keep(all, { number, name, code, phones: phones.map(({ digits }) => digits) })
}

/** The customer that a row means (POOL-01), or may mean; a certified code decides before any name. */
export function matchFor({ byCode, byCore }: Acquaintances, row: Intake): Match | null {
  const owner = row.code && byCode.get(keyOf(row.code))
  if (owner) return { number: owner.number, by: 'code', sure: true }
  let alike: Match | null = null
  for (const known of byCore.get(row.name.core) ?? []) {
    const found = likeness(row, known)
    if (found === 'same' && !isNamesake(row, known)) return { number: known.number, by: 'name', sure: true }
    if (found !== 'different') alike ??= { number: known.number, by: 'name', sure: false }
  }
  return alike
}

function keep({ byCode, byCore }: Acquaintances, known: Known): void {
  if (known.code) byCode.set(keyOf(known.code), known)
  const others = byCore.get(known.name.core)
  if (others) others.push(known)
  else byCore.set(known.name.core, [known])
}

const keyOf = (code: { kind: string; value: string }) => `${code.kind} ${code.value}`

/** People share names: two with telephones of their own are two. */
function isNamesake(row: Intake, known: Known): boolean {
  if (row.kind !== 'person' || row.phones.length === 0 || known.phones.length === 0) return false
  return !row.phones.some(({ digits }) => known.phones.includes(digits))
}
