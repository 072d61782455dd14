import type { Actor } from '../../access/actor.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { db } from '../../db.ts'
import { type Translate, translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import { limitOf } from '../posts.ts'
import type { Plan } from '../queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { colleaguesToChoose } from '../../tasks/colleagues.ts'
import type { LineQuery } from './forms.ts'
import { companionRows, partyRows, purposes, spendingKinds, spendingRows, targets } from './line-forms.ts'
import { costRows, given } from './line-given.ts'
import type { PlanLine } from './queries.ts'
type Typed = Record<string, string> | undefined

/** The form of a line: empty for a day, or with what a line holds. */
export async function lineFields(
  actor: Actor,
  plan: Plan,
  line: PlanLine | null,
  query: Partial<LineQuery>,
  now: Date,
  typed?: Typed,
) {
  const t = translate[actor.language]
  const written = typed ? (typed['customer'] ?? '') : (line?.customer?.number ?? query.customer ?? '')
  const [customer, colleagues, limits] = await Promise.all([
    customerOf(actor, written),
    colleaguesToChoose(),
    limitsOf(actor, now),
  ])
  const days = daysOfMonth(plan.monthText)
  const today = dateText(now)
  return {
    action: line ? `/visits/plans/${plan.number}/visits/${line.number}` : `/visits/plans/${plan.number}/visits/new`,
    facts: `/visits/plans/${plan.number}/visits/new`,
    version: line?.version ?? null,
    customer,
    contacts: contactsOf(customer, line),
    purposes: purposes.map((one) => ({
      name: `purpose_${one}`,
      word: t(`visits:purpose.${one}`),
      value: (line?.purposes ?? query.purposes ?? []).includes(one),
    })),
    targets: targets.map((value) => ({ value, word: t(`visits:target.${value}`) })),
    kinds: spendingKinds.map((value) => ({ value, word: t(`visits:spending.${value}`) })),
    colleagues: colleagues
      .filter(({ number }) => number !== actor.number)
      .map(({ number, name, department }) => ({
        value: number,
        word: [name, department?.name].filter(Boolean).join(' '),
      })),
    given: given(plan, line, query, written, today, await companionsOf(line)),
    rows: costRows(line),
    companionRows,
    partyRows,
    min: days.find((day) => day >= today) ?? days[0]!,
    max: days.at(-1)!,
    limits: t('visitPlans:add.costsHint', limits),
    labels: labelsOf(t),
    more: Boolean(line),
  }
}

async function customerOf(actor: Actor, number: string) {
  if (!/^K\d{10,}$/i.test(number)) return null
  const where = { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] }
  const contacts = {
    where: { removedAt: null },
    orderBy: [{ main: 'desc' as const }, { id: 'asc' as const }],
    select: { id: true, name: true, post: true, main: true },
    take: 20,
  }
  const select = { number: true, name: true, address: true, grade: true, district: true, contacts }
  return db.customer.findFirst({ where, select })
}
type Found = Awaited<ReturnType<typeof customerOf>>

const contactsOf = (customer: Found, line: PlanLine | null) =>
  (customer?.contacts ?? []).map(({ id, name, post, main }) => ({
    name: `contact_${id}`,
    word: post ? `${name} ${post}` : name,
    value: line ? line.people.some(({ contactId }) => contactId === id) : main,
  }))

const companionsOf = async (line: PlanLine | null): Promise<string[]> => {
  if (!line || line.companions.length === 0) return []
  const found = await db.staff.findMany({ where: { id: { in: line.companions } }, select: { number: true } })
  return found.map(({ number }) => number)
}

/** VIS-04: up to what this person spends without asking. */
async function limitsOf(actor: Actor, now: Date) {
  const regulation = await regulationAt(now)
  const roles = actor.grants.map(({ role }) => role)
  const limit = (kind: 'travel' | 'gift' | 'entertainment') => limitOf(regulation, roles, kind)
  return { expense: limit('travel'), gift: limit('gift'), entertainment: limit('entertainment') }
}

export function labelsOf(t: Translate): Record<string, string> {
  const plain = [
    'customer',
    'party',
    'target',
    'purposes',
    'day',
    'time',
    'minutes',
    'place',
    'district',
    'agenda',
    'bring',
    'people',
  ] as const
  return Object.fromEntries([
    ...plain.map((name) => [name, t(`visitPlans:field.${name}`)]),
    ...companionRows.map((n) => [`companion${n}`, t('visitPlans:field.companion', { n })]),
    ...partyRows.map((n) => [`other${n}`, t('visitPlans:field.other', { n })]),
    ...spendingRows.flatMap((n) =>
      (['kind', 'what', 'quantity', 'price'] as const).map((name) => [
        `${name}${n}`,
        t(`visitPlans:field.${name}Of`, { n }),
      ]),
    ),
  ]) as Record<string, string>
}
