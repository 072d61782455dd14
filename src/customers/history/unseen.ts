import type { Actor } from '../../access/actor.ts'
import { within } from '../../access/policy.ts'
import { knownAmong } from '../../archive/items/queries.ts'
import { untoldAmong } from '../../archive/untold.ts'
import { recordsSeen } from '../../contact-records/seen.ts'
import { db } from '../../db.ts'
import { tasksSeen } from '../../tasks/queries.ts'
import { visitsSeen } from '../../visits/around/seen.ts'
import { visibleCustomers } from '../policy.ts'
import type { Chip } from './chips.ts'

export type HistoryLine = {
  id: bigint
  at: Date
  actorName: string
  action: string
  before: Record<string, unknown>
  after: Record<string, unknown>
  why: string | null
  /** Of what it tells, as the trail has it. */
  subject?: string
  /** The number of the other record it is about. */
  other?: string
  files?: Chip[]
}

/** The lines of a customer's history as far as this reader may know what they are about. */
export async function withoutUnseen(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const linked = await withoutRecords(actor, await withoutLinks(actor, lines))
  const own = await withoutVisits(actor, await withoutTasks(actor, linked))
  return withoutCredit(actor, await withoutUses(actor, await withoutItems(actor, own)))
}

const ofCredit =
  /^(?:release|shipment|receipt|override|guarantee|credit_terms|credit_liability|cooperation_mode|contract|plan)\.|^liability\.moved$/

/** PPL-01: that something of its credit was done, everybody who sees the customer may know; how much, who sees its credit. */
async function withoutCredit(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const customerOf = ({ action, subject = '' }: HistoryLine) =>
    ofCredit.test(action) ? BigInt(/^customer:(\d{1,18})$/.exec(subject)?.[1] ?? 0) : null
  const ids = [...new Set(lines.flatMap((line) => customerOf(line) ?? []))]
  if (ids.length === 0) return lines
  const where = { AND: [{ id: { in: ids } }, within(actor, 'credit.view')] }
  const seen = await db.customer.findMany({ where, select: { id: true } })
  return lines.map((line) => {
    const customer = customerOf(line)
    if (customer === null || seen.some(({ id }) => id === customer)) return line
    return { ...line, before: {}, after: {}, why: null }
  })
}

/** PPL-01: that there was a task, everybody who sees the customer may know; what was in it, who sees the task. */
async function withoutTasks(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const taskOf = ({ action, before }: HistoryLine) =>
    action.startsWith('task.') ? BigInt(/^task:(\d+)$/.exec(String(before['part']))?.[1] ?? 0) : null
  const ids = lines.flatMap((line) => taskOf(line) ?? [])
  if (ids.length === 0) return lines
  const seen = await tasksSeen(actor, ids)
  return lines.map((line) => {
    const task = taskOf(line)
    return task === null || seen.has(task) ? line : { ...line, before: {}, after: {}, why: null }
  })
}

/** PPL-01: the same of a visit, with whatever was done on it. */
async function withoutVisits(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const visitOf = ({ before, after }: HistoryLine) =>
    /^visit:(\d{1,18})$/.exec(String(after['of'] ?? after['part'] ?? before['part']))?.[1]
  const ids = lines.flatMap((line) => visitOf(line) ?? [])
  if (ids.length === 0) return lines
  const seen = await visitsSeen(actor, ids.map(BigInt))
  return lines.map((line) => {
    const visit = visitOf(line)
    return visit === undefined || seen.has(BigInt(visit)) ? line : { ...line, before: {}, after: {}, why: null }
  })
}

/** PPL-01: the same of a contact and of what was promised with it. */
async function withoutRecords(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const recordOf = ({ before, after }: HistoryLine) =>
    /^contact_record:(\d{1,18})$/.exec(String(after['part'] ?? before['part']))?.[1]
  const ids = lines.flatMap((line) => recordOf(line) ?? [])
  if (ids.length === 0) return lines
  const seen = await recordsSeen(actor, ids.map(BigInt))
  return lines.map((line) => {
    const record = recordOf(line)
    return record === undefined || seen.has(BigInt(record)) ? line : { ...line, before: {}, after: {}, why: null }
  })
}

/** ARC-02: of an item one may not know, its number alone. */
async function withoutItems(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const itemOf = ({ before }: HistoryLine) => /^item:(\d{1,18})$/.exec(String(before['part']))?.[1]
  const ids = lines.flatMap((line) => itemOf(line) ?? [])
  if (ids.length === 0) return lines
  const known = await knownAmong(actor, ids.map(BigInt))
  return lines.map((line) => {
    const item = itemOf(line)
    if (item === undefined || known.has(BigInt(item))) return line
    return { ...line, before: {}, after: { item: line.after['item'] }, why: null }
  })
}

const ofUses = /^(?:viewing|loan|copy|movement|disclosure|certificate)\./
const namedBy = ['number', 'loan', 'application', 'permit', 'movement', 'disclosure', 'certificate']

/** ARC-02: of a viewing, a loan or a copy of such an item, its own number and the item's. */
async function withoutUses(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const named = ({ action, after }: HistoryLine) =>
    ofUses.test(action) ? namedBy.flatMap((name) => (typeof after[name] === 'string' ? [after[name]] : [])) : []
  const untold = await untoldAmong(actor, [...new Set(lines.flatMap(named))])
  return lines.map((line) => {
    if (!named(line).some((number) => untold.has(number))) return line
    const kept = Object.entries(line.after).filter(([name]) => name === 'item' || namedBy.includes(name))
    return { ...line, before: {}, after: Object.fromEntries(kept), why: null }
  })
}

/** A link tells of another customer: who may not see that one is not told which it is. */
async function withoutLinks(actor: Actor, lines: HistoryLine[]): Promise<HistoryLine[]> {
  const others = lines.flatMap(({ action, after }) => (action.startsWith('link.') ? [String(after['other'])] : []))
  if (others.length === 0) return lines
  const where = { AND: [{ number: { in: others } }, visibleCustomers(actor)] }
  const seen = new Set((await db.customer.findMany({ where, select: { number: true } })).map(({ number }) => number))
  return lines.map((line) =>
    !line.action.startsWith('link.') || seen.has(String(line.after['other']))
      ? line
      : { ...line, after: { side: line.after['side'] }, why: null },
  )
}
