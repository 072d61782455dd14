import type { CustomerGrade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { daysOver, dueOn, figuresOf, ruleIdOf } from '../../coverage/rules.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Regulation } from '../../regulations/in-force.ts'
import { tones } from '../page/pages.ts'
import type { VisitOfCustomer, VisitsOf } from './of-customer.ts'

/** The part of a customer's page about its visits (views/visits/around/section.ejs); null for who sees none. */
export function visitsSection(actor: Actor, { number }: { number: string }, { rows, count, seen }: VisitsOf) {
  if (!seen) return null
  const t = translate[actor.language]
  return {
    rows: rows.map((row) => visitRow(t, row)),
    all: count > 0 ? { word: t('visitHome:section.all', { n: count }), href: `/visits?customer=${number}` } : null,
  }
}

export function visitRow(t: Translate, row: VisitOfCustomer) {
  const { number, startsAt, timed, purposes, owner, state, reached, also, unplanned, coming } = row
  return {
    number,
    href: `/visits/${number}`,
    when: timed ? dateTimeText(startsAt) : dateText(startsAt),
    purposes: purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
    note: [also ? t('visitHome:section.also') : '', unplanned ? t('visits:unplanned') : '']
      .filter(Boolean)
      .join(t('web:comma')),
    owner,
    state: { tone: tones[state], word: t(`visits:state.${state}`) },
    reached: reached ? t(`visits:reached.${reached}`) : '',
    coming,
  }
}

/** The same on paper; nothing of it for who sees no visits. */
export function visitsPrinted(actor: Actor, customer: { number: string }, found: VisitsOf) {
  return visitsSection(actor, customer, found)?.rows.map(({ when, purposes, note, owner, state, reached }) => ({
    time: when,
    purpose: [purposes, note].filter(Boolean).join(' '),
    person: owner,
    outcome: [state.word, reached].filter(Boolean).join(' '),
  }))
}

type Contacted = Pick<VisitsOf, 'contactedOn' | 'managerContactedOn' | 'createdOn'>

/** VIS-10, REL-01: when somebody was last in touch, and by when somebody has to be again; it leads to who is due. */
export function contactFact(
  t: Translate,
  { grade }: { grade: CustomerGrade | null },
  { contactedOn, managerContactedOn, createdOn }: Contacted,
  regulation: Pick<Regulation, 'value'>,
  now: Date,
) {
  const [next] = dueOn({ grade, contactedOn, managerContactedOn, createdOn }, figuresOf(regulation))
  const today = dateText(now)
  const last = contactedOn ?? t('visitHome:fact.never')
  const due = next ? dueText(t, next, today) : ''
  const over = next !== undefined && next.dueOn < today
  return {
    label: t('visitHome:fact.contacted'),
    value: over || !due ? last : t('visitHome:fact.and', { last, due }),
    ...(over ? { pending: { text: due } } : {}),
  }
}

function dueText(t: Translate, { rule, dueOn: date }: { rule: keyof typeof ruleIdOf; dueOn: string }, today: string) {
  const over = daysOver(date, today)
  const by = rule === 'manager' ? 'Manager' : ''
  return over > 0 ? t(`visitHome:fact.over${by}`, { n: over }) : t(`visitHome:fact.due${by}`, { date })
}
