import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { judgeCode, codeProblems } from './codes.ts'
import type { Assignment, Correction, NewCustomer } from './forms.ts'
import { nameProblems, normaliseName } from './names.ts'
import { takeNumbers } from './numbers.ts'
import { judgePhone, phoneProblems } from './phones.ts'
import { lockCustomer, type Customer } from './queries.ts'
import { customerNumber, likeness } from './rules.ts'
import { phoneDigits, searchable } from './search.ts'

type Facts = Omit<Correction, 'version'>
const factNames = ['kind', 'name', 'code', 'phone', 'province', 'city', 'address'] as const

/**
 * Records a new customer in the given department and region, owned by its maker where the right is for own customers.
 * Refuses by CUS-03 and CUS-04, and by POOL-01 when there is one alike and no word on how they differ.
 */
export function createCustomer(actor: Actor, input: NewCustomer, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const { departmentId, regionId, distinction } = input
    const ownerId = may(actor, 'customers.create', { ownerId: actor.id, departmentId: null, regionId: null })
      ? actor.id
      : null
    if (!may(actor, 'customers.create', { ownerId, departmentId, regionId }))
      throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
    refuseIf(factProblems(input))
    const facts = columnsOf(input)
    await lockCore(tx, facts.core)
    refuseIf(await alikeProblems(tx, actor, input, facts, distinction))
    const number = customerNumber(yearOf(now), await takeNumbers(tx, yearOf(now), 1))
    const data = {
      ...facts,
      number,
      ownerId,
      departmentId,
      regionId,
      createdById: actor.id,
      createdAt: now,
      updatedAt: now,
    }
    const { id } = await tx.customer.create({ data, select: { id: true } }).catch(refuseTakenCode)
    const after = { number, ...shown(facts), ...(distinction ? { distinction } : {}) }
    await audit('customer.created', `customer:${id}`, { after, ...(distinction ? { why: distinction } : {}) })
    return number
  })
}

/** Corrects facts of a customer; refuses as creating does, and throws Stale when someone saved since `version`. */
export function correctCustomer(actor: Actor, id: bigint, input: Correction, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
    if (customer.version !== input.version)
      throw await staleSince(tx, `customer:${id}`, input.version, {
        version: customer.version,
        fields: shown(customer),
      })
    refuseIf(factProblems(input))
    const facts = columnsOf(input)
    const { before, after } = differences(customer, facts)
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.nothingChanged' }])
    if (facts.core !== normaliseName(customer.name, customer.kind).core) await lockCore(tx, facts.core)
    const version = customer.version + 1
    await tx.customer.update({ where: { id }, data: { ...facts, version, updatedAt: now } }).catch(refuseTakenCode)
    await audit('customer.corrected', `customer:${id}`, {
      before: { ...before, version: customer.version },
      after: { ...after, version },
    })
  })
}

/** Gives a customer to an owner, department and region (CUS-06 will ask for approval of it). */
export function assignCustomer(actor: Actor, id: bigint, input: Assignment, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.assign', customer)) throw new Forbidden('customers.assign')
    if (customer.version !== input.version)
      throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.assignedMeanwhile' }])
    const owner = await ownerNamed(tx, input.owner)
    const { departmentId, regionId } = input
    const place = { ownerId: owner?.id ?? null, departmentId, regionId }
    if (!may(actor, 'customers.assign', place))
      throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
    const version = customer.version + 1
    const after = await tx.customer
      .update({
        where: { id },
        data: { ...place, version, updatedAt: now },
        select: { department: true, region: true },
      })
      .catch(refuseMissingPlace)
    await audit('customer.assigned', `customer:${id}`, {
      before: {
        owner: customer.owner?.name ?? '',
        department: customer.department?.name ?? '',
        region: customer.region?.name ?? '',
        version: customer.version,
      },
      after: {
        owner: owner?.name ?? '',
        department: after.department?.name ?? '',
        region: after.region?.name ?? '',
        version,
      },
    })
  })
}

function factProblems({ kind, name, code, phone }: Facts): Refusal[] {
  return [
    ...nameProblems(name, kind).map((problem) => ({ ...problem, field: 'name' })),
    ...(code ? codeProblems(judgeCode(code), kind).map((problem) => ({ ...problem, field: 'code' })) : []),
    ...(phone ? phoneProblems(phone).map((problem) => ({ ...problem, field: 'phone' })) : []),
  ]
}

/** What is stored for what was typed: the tidied facts, and their forms for matching, sorting and searching. */
export function columnsOf({ kind, name, code, phone, province, city, address }: Facts) {
  const normal = normaliseName(name, kind)
  const judged = code ? judgeCode(code) : null
  const kept = judged && judged.kind !== 'none' && judged.kind !== 'invalid' ? judged : null
  const dialled = phone ? judgePhone(phone).phone : null
  const { grams, text, pinyin, initials } = searchable([
    { text: normal.shown, as: kind === 'person' ? 'person' : 'company' },
    ...(address ? [{ text: address, as: 'plain' as const }] : []),
  ])
  return {
    kind,
    name: normal.shown,
    core: normal.core,
    codeKind: kept?.kind ?? null,
    code: kept?.value ?? null,
    phone: dialled?.shown ?? null,
    phoneDigits: dialled ? phoneDigits([dialled]) : null,
    province,
    city,
    address,
    pinyin,
    initials,
    grams,
    searchText: text,
  }
}
type Columns = ReturnType<typeof columnsOf>

const shown = (facts: Pick<Columns, (typeof factNames)[number]>) =>
  Object.fromEntries(factNames.map((name) => [name, facts[name] ?? '']))

function differences(customer: Customer, facts: Columns) {
  const changed = factNames.filter((name) => (customer[name] ?? null) !== (facts[name] ?? null))
  return {
    before: Object.fromEntries(changed.map((name) => [name, customer[name] ?? ''])),
    after: Object.fromEntries(changed.map((name) => [name, facts[name] ?? ''])),
  }
}

// Two people entering the same new customer at once: the second waits here, then finds the first one's.
async function lockCore(tx: Tx, core: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`customer:${core}`}, 0))::text`
}

async function alikeProblems(
  tx: Tx,
  actor: Actor,
  { kind, name }: Facts,
  { core, code, codeKind }: Columns,
  distinction: string | null,
): Promise<Refusal[]> {
  const others = await tx.customer.findMany({
    where: { OR: [{ core }, ...(code ? [{ code }] : [])] },
    take: 20,
    select: { number: true, name: true, kind: true, code: true, codeKind: true, owner: { select: { name: true } } },
  })
  const mine = { name: normaliseName(name, kind), code: code && codeKind ? { kind: codeKind, value: code } : null }
  for (const other of others) {
    const theirs = other.code && other.codeKind ? { kind: other.codeKind, value: other.code } : null
    const answer = likeness(mine, { name: normaliseName(other.name, other.kind), code: theirs })
    if (answer === 'different' || (distinction && !(code && code === other.code))) continue
    const params = { name: other.name, owner: other.owner?.name ?? '—' }
    if (code && code === other.code)
      return [{ rule: 'POOL-01', reason: 'customers:refused.sameCode', field: 'code', params }]
    return [{ rule: 'POOL-01', reason: 'customers:refused.alike', field: 'distinction', params }]
  }
  return []
}

async function ownerNamed(tx: Tx, number: string | null) {
  if (number === null) return null
  const owner = await tx.staff.findFirst({ where: { number, state: 'active' }, select: { id: true, name: true } })
  if (!owner) throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.ownerUnknown', field: 'owner' }])
  return owner
}

function refuseTakenCode(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
    throw new Refused([{ rule: 'CUS-03', reason: 'customers:refused.codeTaken', field: 'code' }])
  throw error
}

function refuseMissingPlace(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')
    throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
  throw error
}
