import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import { fileRequest } from '../approvals/filing.ts'
import { isClassified, needsWindow } from '../archive/levels.ts'
import { itemFor, lockItems, type Item } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { basisOf } from './basis.ts'
import type { Asking } from './forms.ts'
import { dueProblems, itemProblems, mostItems } from './rules.ts'

/** The items of an address, as this person sees them. */
export function itemsAsked(actor: Actor, numbers: readonly string[]): Promise<Item[]> {
  return Promise.all(numbers.slice(0, mostItems + 1).map((number) => itemFor(actor, number)))
}

/** What stands against asking for copies of these, all of it at once. */
export async function askingProblems(actor: Actor, items: readonly Item[], now: Date): Promise<Refusal[]> {
  if (items.length > mostItems)
    return [{ rule: 'ARC-13', reason: 'copies:refused.tooMany', field: 'item', params: { most: mostItems } }]
  const problems = itemProblems(items)
  if (items.some(({ secrecy }) => needsWindow(secrecy)) && !(await agreementInForce(actor.id, now)))
    problems.push({ rule: 'PRV-14', reason: 'copies:refused.noAgreement', field: 'item' })
  return problems
}

/** ARC-13: asks for a permit; answers with its number. One signature decides (approval.ts). */
export async function askForCopies(actor: Actor, numbers: string[], input: Asking, now: Date): Promise<string> {
  const items = await itemsAsked(actor, numbers)
  if (items.length === 0) throw new Refused([{ rule: 'ARC-13', reason: 'copies:refused.noItem', field: 'item' }])
  for (const item of items) if (!may(actor, 'copies.ask', item)) throw new Forbidden('copies.ask')
  const most = (await regulationAt(now)).value('archive.copy_days')
  refuseIf([...(await askingProblems(actor, items, now)), ...dueProblems(input.dueOn, dateText(now), most)])
  return change(actor, async (tx, audit) => {
    const held = await lockItems(
      tx,
      items.map(({ id }) => id),
    )
    refuseIf(itemProblems(held))
    const { permit, lines } = await written(tx, actor, items, held, input, now)
    const [{ customerId, ...place }] = held as [Item]
    const classified = held.some(({ secrecy }) => isClassified(secrecy))
    const request = await fileRequest(
      tx,
      audit,
      actor,
      {
        kind: 'archive.copy',
        subject: `copy_permit:${permit.id}`,
        // ARC-02: of what is classified not even the customer is told; the card asks what its reader knows.
        ...(classified ? {} : { customerId }),
        place: { departmentId: place.departmentId, regionId: place.regionId },
        payload: { permit: permit.number },
        basis: (await basisOf(tx, permit.id))!,
        reason: input.reason,
      },
      now,
    )
    await tx.copyPermit.update({ where: { id: permit.id }, data: { requestId: request.id } })
    const after = { permit: permit.number, items: lines, way: input.way, holder: input.holder, dueOn: input.dueOn }
    await audit('copy.asked', `customer:${customerId}`, { after, ...(classified ? {} : { why: input.reason }) })
    return permit.number
  })
}

async function written(tx: Tx, actor: Actor, items: Item[], held: Item[], input: Asking, now: Date) {
  const { way, purpose, reason, holder, dueOn, counts } = input
  const year = yearOf(now)
  const number = businessNumber('FZ', year, await takeSerials(tx, 'copy_permit', year, 1))
  const who = { customerId: held[0]!.customerId, applicantId: actor.id }
  const due = dayOf(dueOn)
  const data = { number, ...who, way, purpose, reason, holder, dueOn: due, filedAt: now }
  const permit = await tx.copyPermit.create({ data, select: { id: true, number: true } })
  const rows = items.map(({ id }, at) => ({
    permitId: permit.id,
    itemId: id,
    copies: counts[at] ?? 1,
    secrecy: held.find((item) => item.id === id)!.secrecy,
  }))
  await tx.copyPermitItem.createMany({ data: rows })
  const lines = items.map((item, at) => `${item.number}×${counts[at] ?? 1}`)
  return { permit, lines }
}
