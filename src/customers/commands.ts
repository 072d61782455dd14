import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { yearOf } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf, Stale } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { acquaintancesOf, conflictOf, conflictProblems } from './conflicts.ts'
import { factProblems } from './fact-problems.ts'
import { factColumns, factsOf, identityOf, type FactColumns, type Facts } from './facts.ts'
import { sections, type NewCustomer } from './forms.ts'
import { reindex, searchColumns } from './indexing.ts'
import { takeNumbers } from './numbers.ts'
import { lockCustomer } from './queries.ts'
import { customerNumber } from './rules.ts'
import { unveil, veilFields } from './sensitivity.ts'
import { recordVerification } from '../verifications/commands.ts'
import { mainParts } from '../verifications/parts.ts'
import type { Source } from '../verifications/source.ts'

/**
 * Records a new customer, provisional, in the given department and region, owned by its maker where the right is for
 * own customers. Refuses by CUS-02, CUS-03, CUS-04, CUS-10, and by POOL-01 when one alike is there and nothing says how
 * they differ. From now on it waits for its confirmation (CUS-05), and what was typed counts as verified (CUS-07).
 */
export function createCustomer(actor: Actor, input: NewCustomer, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const { departmentId, regionId, distinction, ...facts } = input
    const place = { ownerId: ownerAtFirst(actor), departmentId, regionId }
    if (!may(actor, 'customers.create', place))
      throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
    const gone = await goneOf(tx, place)
    if (gone) throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.placeGone', field: gone }])
    refuseIf(factProblems(facts))
    // The number comes before the search: whoever else records customers waits here, so none is recorded twice.
    const number = customerNumber(yearOf(now), await takeNumbers(tx, yearOf(now), 1))
    await refuseConflict(tx, facts, distinction)
    const columns = factColumns(facts)
    const stamp = { number, ...place, createdById: actor.id, createdAt: now, updatedAt: now }
    const { id } = await tx.customer
      .create({ data: { ...columns, ...searchColumns(columns), ...stamp }, select: { id: true } })
      .catch(refuseTakenCode)
    const after = { number, ...filled(shown(columns)), ...(distinction ? { distinction } : {}) }
    const clock = [{ subject: `customer:${id}`, customerId: id }]
    await startDeadlines(tx, 'customer.confirmation', clock, now)
    await startDeadlines(tx, 'customer.verification', clock, now)
    await audit('customer.created', `customer:${id}`, { after, ...(distinction ? { why: distinction } : {}) })
    return number
  })
}

/** CUS-07: with how the right datum is known. */
export type Correction = Partial<Facts> & Source & { version: number; distinction?: string | null }

/** Corrects some facts of a customer; refuses as creating does, and throws Stale when someone saved since `version`. */
export function correctCustomer(actor: Actor, id: bigint, input: Correction, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { version: opened, distinction = null, way, wayNote, ...typed } = input
    await takeNumbers(tx, yearOf(now), 0)
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
    const known = shown(customer)
    if (customer.version !== opened) {
      const fields = Object.fromEntries(Object.keys(typed).map((name) => [name, known[name] ?? '']))
      throw veiledConflict(await staleSince(tx, `customer:${id}`, opened, { version: customer.version, fields }))
    }
    const facts = { ...factsOf(customer), ...unveiled(typed, known) }
    refuseIf(factProblems(facts).filter(({ field }) => !field || field in typed))
    const columns = factColumns(facts)
    const { before, after } = differences(known, shown(columns))
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.nothingChanged' }])
    if ('name' in after || 'code' in after || 'phone' in after)
      await refuseConflict(tx, facts, distinction, customer.number)
    const version = customer.version + 1
    await tx.customer.update({ where: { id }, data: { ...columns, version, updatedAt: now } }).catch(refuseTakenCode)
    await reindex(tx, id)
    await recordVerification(tx, actor, { customerId: id, parts: partsOf(typed), source: { way, wayNote } }, now)
    await audit('customer.corrected', `customer:${id}`, {
      before: { ...before, version: customer.version },
      after: { ...after, way, ...(wayNote ? { wayNote } : {}), version, ...(distinction ? { distinction } : {}) },
      ...(distinction ? { why: distinction } : {}),
    })
  })
}

function ownerAtFirst(actor: Actor): bigint | null {
  return may(actor, 'customers.create', { ownerId: actor.id, departmentId: null, regionId: null }) ? actor.id : null
}

async function refuseConflict(tx: Tx, facts: Facts, distinction: string | null, except?: string): Promise<void> {
  const identity = identityOf(facts)
  const conflict = conflictOf(await acquaintancesOf(tx, [identity]), identity, except)
  if (conflict) refuseIf(conflictProblems(conflict, distinction))
}

const factNames = Object.values(sections).flatMap((fields) => Object.keys(fields)) as (keyof Facts)[]

/** The sections that a form spoke of. */
const partsOf = (typed: Partial<Facts>) =>
  mainParts.filter((part) => Object.keys(sections[part]).some((name) => name in typed))

/** The facts as texts, as a form sends them: for the trail and for comparing. */
function shown(columns: FactColumns): Record<string, string> {
  const facts = factsOf(columns)
  const text = (value: Facts[keyof Facts]) => (value === true ? 'on' : value === false ? '' : (value ?? ''))
  return Object.fromEntries(factNames.map((name) => [name, text(facts[name])]))
}

const filled = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

function unveiled(typed: Partial<Facts>, known: Record<string, string>): Partial<Facts> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' ? unveil(name, value, known[name] || null) : value,
    ]),
  )
}

function differences(known: Record<string, string>, next: Record<string, string>) {
  const changed = factNames.filter((name) => known[name] !== next[name])
  return {
    before: Object.fromEntries(changed.map((name) => [name, known[name]])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]])),
  }
}

function veiledConflict({ conflict }: Stale): Stale {
  return new Stale({ ...conflict, before: veilFields(conflict.before), theirs: veilFields(conflict.theirs) })
}

function refuseTakenCode(error: unknown): never {
  if (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    JSON.stringify(error.meta).includes('customer_code_once')
  )
    throw new Refused([{ rule: 'CUS-03', reason: 'customers:refused.codeTaken', field: 'code' }])
  throw error
}
