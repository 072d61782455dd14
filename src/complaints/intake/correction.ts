import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { isAtStake, staleSince } from '../../audit/stale.ts'
import { maskPhone } from '../../customers/phones.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import { becameAccused } from '../accusing.ts'
import { holdGroups } from '../groups/commands.ts'
import { holdFor } from '../holding.ts'
import { kindClocks } from '../judging/applying.ts'
import { relevel, relevelGroup } from '../leveling.ts'
import { seesComplaint } from '../policy.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import { complaintSearch, productKey } from '../taking.ts'
import { callersFor, type Caller } from './callers.ts'
import { fieldsOf, numbersOf, shownFields, type Fields } from './fields.ts'
import type { CorrectionInput } from './forms.ts'
import { saidProblems } from './rules.ts'
import { accusedIn, saidColumns, unmasked } from './said.ts'

/**
 * Corrects what was written down: old and new stand in the trail; level, clocks and those of its group follow the facts
 * (CMP-06, CMP-14). Answers whether the person still sees it.
 */
export function correctComplaint(actor: Actor, id: bigint, input: CorrectionInput, now: Date): Promise<boolean> {
  return change(actor, async (tx, audit) => {
    await holdGroups(tx)
    const complaint = await holdFor(tx, actor, id, 'complaints.correct')
    refuseIf(openProblems(complaint))
    const before = fieldsOf(complaint, await numbersOf(tx, complaint.accused))
    if (complaint.version !== input.version) {
      const stale = await staleOf(tx, actor, complaint, input.version, before)
      if (isAtStake(stale)) throw stale
    }
    const { data, customer } = await corrected(tx, actor, complaint, input)
    await tx.complaint.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
    const after = await lockComplaint(tx, id)
    const changes = differing(before, fieldsOf(after, await numbersOf(tx, after.accused)), complaint, after)
    if (changes.length === 0) throw new Refused([{ rule: 'CMP-01', reason: 'intake:refused.nothingChanged' }])
    await audit('complaint.corrected', subjectOf(complaint), {
      before: { ...Object.fromEntries(changes.map(([name, old]) => [name, old])), version: complaint.version },
      after: { ...Object.fromEntries(changes.map(([name, , made]) => [name, made])), version: after.version },
    })
    if (after.kind !== complaint.kind) await kindClocks(tx, complaint, after, now)
    await becameAccused(tx, actor, after, complaint.accused, now)
    await relevel(tx, audit, id, now)
    if (after.groupId !== null) await relevelGroup(tx, audit, after.groupId, now)
    return seesComplaint(actor, { ...after, customerOwnerId: customer?.ownerId ?? null })
  })
}

/** CMP-01: what has ended stays as it was written down. */
export const openProblems = ({ state }: Pick<Complaint, 'state'>): Refusal[] =>
  isOpen(state) ? [] : [{ rule: 'CMP-01', reason: 'intake:refused.correctClosed' }]

async function corrected(tx: Tx, actor: Actor, complaint: Complaint, input: CorrectionInput) {
  const customer = await customerOf(tx, actor, complaint, input.customer)
  const masked = complaint.phone !== null && input.phone === maskPhone(complaint.phone)
  const said = { ...input, phone: masked ? complaint.phone : unmasked(input.phone, customer) }
  const accused = await accusedIn(tx, input.accused)
  const problems = [...saidProblems(said, customer !== null), ...accused.problems]
  if (complaint.ownerId !== null && accused.ids.includes(complaint.ownerId))
    problems.push({ rule: 'CMP-03', reason: 'intake:refused.handlerAccused', field: 'accused' })
  refuseIf(problems)
  const columns = { ...saidColumns(said, customer), regionId: customer?.regionId ?? null }
  const found = { ...complaintSearch(columns), productKey: productKey(columns.product) }
  return { data: { ...columns, ...found, accused: accused.ids }, customer }
}

/** The one it has stays, also for whoever does not see him; another one is named by number. */
async function customerOf(tx: Tx, actor: Actor, complaint: Complaint, number: string | null): Promise<Caller | null> {
  if (number === null) return null
  const [found] = await callersFor(tx, actor, { customer: number })
  if (found) return found
  throw new Refused([{ rule: 'CMP-01', reason: 'intake:refused.noCustomer', field: 'customer' }])
}

/** Old and new of what differs; a phone stands masked on the page, and is compared as it is. */
function differing(before: Fields, after: Fields, was: Complaint, is: Complaint): [string, string, string][] {
  return shownFields.flatMap((name): [string, string, string][] => {
    if (name === 'phone') return was.phone === is.phone ? [] : [[name, was.phone ?? '', is.phone ?? '']]
    return before[name] === after[name] ? [] : [[name, before[name], after[name]]]
  })
}

async function staleOf(tx: Tx, actor: Actor, complaint: Complaint, opened: number, fields: Fields) {
  const t = translate[actor.language]
  const ticks = ['anonymous', 'hazard', 'toldManufacturer', 'blockade', 'exchange', 'legal']
  const words = Object.fromEntries(
    ticks.flatMap((name) => [
      [`${name}.on`, t('intake:yes')],
      [`${name}.`, t('intake:no')],
    ]),
  )
  const current = { version: complaint.version, fields, words }
  const stale = await staleSince(tx, subjectOf(complaint), opened, current)
  const { before } = stale.conflict
  if (before['phone'] && !before['phone'].includes('*')) before['phone'] = maskPhone(before['phone'])
  return stale
}
