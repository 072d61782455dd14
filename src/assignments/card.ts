import type { Actor } from '../access/actor.ts'
import type { Asked, Card, ObjectList, Request } from '../approvals/contract.ts'
import { seenOf, titleOf } from '../customers/carded.ts'
import { db } from '../db.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { askedFor } from './asked.ts'
import type { AssignmentPayload } from './asking.ts'

/** CUS-06: from whom to whom, and what the customer is to its owner now; of many, how many go where, and the list. */
export function assignmentCard(actor: Actor, request: Request, _now: Date): Promise<Card> {
  return request.customerId === null ? cardOfMany(actor, request) : cardOfOne(actor, request, request.customerId)
}

async function cardOfOne(actor: Actor, { asked }: Request, id: bigint): Promise<Card> {
  const t = translate[actor.language]
  const [customer, seen] = await Promise.all([
    db.customer.findUniqueOrThrow({ where: { id }, include: { owner: { select: { name: true, state: true } } } }),
    seenOf(actor, id),
  ])
  const { owner, life, confirmedAt } = customer
  const ownerNow = owner ? owner.name : t('assignments:none')
  return {
    title: titleOf(customer.number, seen),
    href: seen ? `/customers/${customer.number}` : null,
    asked: asked.map((one) => line(t, one)),
    facts: [
      { label: t('assignments:now'), value: owner && owner.state !== 'active' ? awayText() : ownerNow },
      { label: t('customers:field.life'), value: t(`customers:life.${life}`) },
      ...(confirmedAt ? [{ label: t('customers:field.confirmed'), value: dateText(confirmedAt) }] : []),
    ],
    why: t('assignments:card.why'),
    problems: [],
  }

  function awayText(): string {
    return t('assignments:card.away', { name: ownerNow })
  }
}

function cardOfMany(actor: Actor, { subject, asked, payload }: Request): Promise<Card> {
  const t = translate[actor.language]
  const { customers } = payload as AssignmentPayload
  const n = customers.length
  const list = `/customers/assignment/${subject.slice('assignment:'.length)}/asked`
  return Promise.resolve({
    title: t('assignments:card.many', { n }),
    href: list,
    asked: asked.map((one) => line(t, one)),
    facts: [{ label: t('assignments:chosen'), value: t('assignments:card.count', { n }), href: list }],
    why: t('assignments:card.why'),
    problems: [],
  })
}

/** Of many: each with its old and new owner, as far as the reader sees the customers. */
export async function assignmentObjects(actor: Actor, { customerId, subject }: Request): Promise<ObjectList | null> {
  if (customerId !== null) return null
  const t = translate[actor.language]
  const { rows, unseen } = await askedFor(actor, subject.slice('assignment:'.length))
  const none = t('assignments:none')
  return {
    columns: [t('lists:column.number'), t('lists:column.name'), t('assignments:from'), t('assignments:to')],
    rows: rows.map(({ number, name, before, after }) => [number, name, before ?? none, after ?? none]),
    more: unseen > 0 ? t('assignments:askedLedeUnseen', { n: rows.length, unseen }) : null,
  }
}

function line(t: Translate, { field, before, after }: Asked): Card['asked'][number] {
  const nothing = t(field === 'owner' ? 'assignments:none' : 'assignments:place')
  const label = { owner: 'owner', department: 'departmentId', region: 'regionId' } as const
  const of = label[field as keyof typeof label] ?? 'owner'
  return { label: t(`assignments:field.${of}`), before: before || nothing, after: after || nothing }
}
