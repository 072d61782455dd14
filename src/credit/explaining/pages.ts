import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { reads } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { partsOf, placedParts, type PageAct, type PartOf } from '../../web/parts.ts'
import { figureOn, type At } from '../figure.ts'
import { contractsPart } from '../contracts/part.ts'
import { guaranteePart } from '../guarantees/part.ts'
import { planPart } from '../plans/part.ts'
import { creditPolicy } from '../policy.ts'
import type { CreditCustomer } from '../queries.ts'
import { termsPart } from '../terms/part.ts'
import { asideOf } from './aside.ts'
import { atOf } from './at.ts'
import type { FigureQuery } from './forms.ts'
import { groundsShown } from './grounds.ts'
import { heldReleases } from './held.ts'
import { groundsOf, linesOf, recordedLater } from './queries.ts'
import { dayAfter, daysAhead, daysBack } from './rules.ts'
import { figureTerms } from './saying.ts'
import { tableOf } from './table.ts'

/** What whoever looks at a customer's credit can go on to. */
const actsPart: PartOf<CreditCustomer> = { acts: actsOf }

function actsOf(actor: Actor, customer: CreditCustomer): PageAct[] {
  const query = `customer=${customer.number}`
  return [
    ...(creditPolicy.request(actor, customer)
      ? [{ href: `/releases/new?${query}`, word: 'creditFigure:act.release', rank: 'next' } as const]
      : []),
    ...(creditPolicy.record(actor, customer)
      ? [{ href: `/receipts/new?${query}`, word: 'creditFigure:act.receipt' } as const]
      : []),
    { href: `/shipments?${query}`, word: 'creditFigure:act.shipment', rank: 'menu' },
  ]
}

const parts: readonly PartOf<CreditCustomer>[] = [actsPart, planPart, contractsPart, termsPart, guaranteePart]

/** CRD-17: one screen that explains a customer's figure, of today or of another day. */
export async function figurePage(actor: Actor, customer: CreditCustomer, { on }: FigureQuery, now: Date) {
  const t = translate[actor.language]
  const { at, problems } = atOf(on, now)
  const today = dateText(now)
  const isToday = at.day === today
  const [figure, lines, grounds, later, brought, regulation, held] = await Promise.all([
    figureOn(reads, customer.id, at),
    linesOf(customer.id, at),
    groundsOf(customer.id, at.day),
    recordedLater(customer.id, at),
    partsOf(parts, actor, customer, now),
    regulationAt(at.now),
    isToday ? heldReleases(actor, customer.id, now) : { shown: [], more: false },
  ])
  const window = regulation.value('credit.window_days')
  const asked = { t, number: customer.number, figure, lines, at, window, on: isToday ? '' : at.day }
  const placed = placedParts(brought, t)
  return {
    title: t('credit:one', { name: customer.name }),
    customer: headOf(actor, customer),
    lede: { method: t(`credit:method.${figure.method}`), eligible: eligibleTag(t, figure.eligible) },
    terms: figureTerms(t, figure, at, today, window),
    grounds: groundsShown(t, customer, figure, grounds),
    held: held.shown,
    moreHeld: held.more ? `/releases?state=held&customer=${customer.number}` : null,
    day: dayForm(t, at, today, later),
    errors: problems.map(({ field, reason, params }) => ({ field, text: t(reason, params) })),
    typed: problems.length > 0 ? { on } : {},
    ...tableOf(asked),
    ...placed,
    ...(isToday ? {} : elsewhen),
    aside: isToday ? await asideOf(t, actor, customer, figure, now) : null,
  }
}

/** What stands and can be done today has no place beside another day’s figure. */
const elsewhen = { acts: [], moreActs: [], whyNots: [], column: [], margin: [] }

const headOf = (actor: Actor, customer: CreditCustomer) => ({
  name: customer.name,
  number: customer.number,
  grade: customer.grade,
  home: may(actor, 'customers.view', customer) ? `/customers/${customer.number}` : null,
})

const eligibleTag = (t: Translate, eligible: boolean) => ({
  tone: eligible ? 'ok' : 'bad',
  word: t(eligible ? 'creditFigure:eligible.yes' : 'creditFigure:eligible.no'),
})

function dayForm(t: Translate, { day }: At, today: string, later: number) {
  const note = day === today ? null : t(day < today ? 'creditFigure:past' : 'creditFigure:ahead', { day })
  return {
    on: day,
    isToday: day === today,
    first: dayAfter(today, -daysBack),
    last: dayAfter(today, daysAhead),
    note: [note, later > 0 ? t('creditFigure:pastLater', { n: later, day }) : null].filter(Boolean).join(' '),
  }
}
