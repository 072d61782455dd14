import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import { askConfirmations, confirmationsChanged } from '../confirmations/asking.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { yearOf } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { recordVerification } from '../verifications/commands.ts'
import type { Source } from '../verifications/source.ts'
import { differences, filled, partsOf, shown, unveiled, veiledConflict } from './comparing.ts'
import { factProblems } from './fact-problems.ts'
import { factColumns, factsOf, type Facts } from './facts.ts'
import type { NewCustomer } from './forms.ts'
import { reindex, searchColumns } from './indexing.ts'
import { askKeyFields, keyFactsOf, keyFieldsChanged, keysAmong, pick } from './key-fields.ts'
import { takeNumbers } from './numbers.ts'
import { lockCustomer, type Customer } from './queries.ts'
import { refuseConflict, refuseTakenCode } from './refusing.ts'
import { customerNumber } from './rules.ts'

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
    const [asked] = await askConfirmations(tx, [{ id, version: 1, createdById: actor.id, ...place }], now)
    const approval = asked!.number
    const after = { number, ...filled(shown(columns)), ...(distinction ? { distinction } : {}), approval }
    const clock = [{ subject: `customer:${id}`, customerId: id }]
    await startDeadlines(tx, 'customer.confirmation', clock, now)
    await startDeadlines(tx, 'customer.verification', clock, now)
    await audit('customer.created', `customer:${id}`, { after, ...(distinction ? { why: distinction } : {}) })
    return number
  })
}

/** CUS-07: with how the right datum is known. */
export type Correction = Partial<Facts> & Source & { version: number; distinction?: string | null }
/** Which fields were written, and which wait for approval under what number (CUS-06). */
export type Corrected = { saved: string[]; asked: { fields: string[]; number: string } | null }

/**
 * Corrects some facts of a customer; refuses as creating does, and throws Stale when someone saved since `version`.
 * CUS-06: the key fields of a confirmed one are not written but filed for approval, all the others are saved at once.
 */
export function correctCustomer(actor: Actor, id: bigint, input: Correction, now: Date): Promise<Corrected> {
  return change(actor, (tx, audit) => correctCustomerStep(tx, audit, actor, id, input, now))
}

/** The same within another change: a visit's report (VIS-08). */
export async function correctCustomerStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  id: bigint,
  input: Correction,
  now: Date,
): Promise<Corrected> {
  const { version: opened, distinction = null, way, wayNote, ...typed } = input
  await takeNumbers(tx, yearOf(now), 0)
  const customer = await lockCustomer(tx, id)
  if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
  const known = shown(customer)
  if (customer.version !== opened) {
    const fields = Object.fromEntries(Object.keys(typed).map((name) => [name, known[name] ?? '']))
    throw veiledConflict(await staleSince(tx, `customer:${id}`, opened, { version: customer.version, fields }))
  }
  const { wanted, whole, keys, now: facts } = weigh(customer, typed, known)
  const source = { way, wayNote }
  const problemsOf = (all: Facts) => factProblems(all).filter(({ field }) => !field || field in typed)
  refuseIf(problemsOf(wanted))
  if (whole.changed.length === 0) throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.nothingChanged' }])
  if (identifies(whole.changed)) await refuseConflict(tx, wanted, distinction, customer.number)
  const payload = { facts: pick(wanted, keys), distinction, ...source }
  const asked = keys.length > 0 ? await askKeyFields(tx, audit, actor, customer, { ...whole, ...payload }, now) : null
  const columns = factColumns(facts)
  const { changed: saved, before, after } = differences(known, shown(columns))
  const result = { saved, asked: asked && { fields: keys, number: asked.number } }
  if (saved.length === 0) return result
  if (asked) refuseIf(problemsOf(facts))
  if (asked && identifies(saved)) await refuseConflict(tx, facts, distinction, customer.number)
  const version = customer.version + 1
  await tx.customer.update({ where: { id }, data: { ...columns, version, updatedAt: now } }).catch(refuseTakenCode)
  await reindex(tx, id)
  await recordVerification(tx, actor, { customerId: id, parts: partsOf(typed), source }, now)
  await audit('customer.corrected', `customer:${id}`, {
    before: { ...before, version: customer.version },
    after: { ...after, way, ...(wayNote ? { wayNote } : {}), version, ...(distinction ? { distinction } : {}) },
    ...(distinction ? { why: distinction } : {}),
  })
  await confirmationsChanged(tx, [{ ...customer, version }])
  await keyFieldsChanged(tx, audit, actor, id, columns, now)
  return result
}

/** POOL-01: whether these are looked for among the others. */
const identifies = (changed: readonly string[]) => ['name', 'code', 'phone'].some((name) => changed.includes(name))

/** What is wanted as a whole, which key fields of it wait, and what may stand now, beside those as they still are. */
function weigh(customer: Customer, typed: Partial<Facts>, known: Record<string, string>) {
  const wanted = { ...factsOf(customer), ...unveiled(typed, known) }
  const whole = differences(known, shown(factColumns(wanted)))
  const keys = keysAmong(customer, whole.changed)
  return { wanted, whole, keys, now: { ...wanted, ...pick(keyFactsOf(customer), keys) } }
}

function ownerAtFirst(actor: Actor): bigint | null {
  return may(actor, 'customers.create', { ownerId: actor.id, departmentId: null, regionId: null }) ? actor.id : null
}
