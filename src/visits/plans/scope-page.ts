import type { Actor } from '../../access/actor.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { momentText } from '../../deadlines/tag.ts'
import { type Translate, translate } from '../../i18n.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { askedOf } from '../posts.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueText, plannedText } from './due.ts'
import { type ListQuery, stateChoices } from './forms.ts'
import { type Listed, type PersonRow, plansIn } from './listing.ts'
import { planDue } from './rules.ts'
import { planTag } from './saying.ts'
export async function scopePage(actor: Actor, query: ListQuery, calendar: Calendar, now: Date) {
  const t = translate[actor.language]
  const month = query.month || monthAfter(monthOf(now), 1)
  const overdue = now > planDue(calendar, month)
  const [listed, regulation] = await Promise.all([plansIn(actor, month, query, overdue), regulationAt(now)])
  const asked = (row: PersonRow) => (row.submittedAt ? row.asked : askedOf(regulation, row.roles))
  return {
    others: {
      month,
      due: dueText(t, month, calendar, now),
      figures: figuresOf(t, listed, month),
      filters: filtersOf(t, query, month, now),
      pager: pagerOf(t, query, month, listed),
      nothing: { heading: t('visitPlans:none'), hint: t('visitPlans:noneHint') },
    },
    rows: listed.rows.map((row) => ({
      number: row.number,
      name: row.name,
      department: row.department ?? '',
      href: row.plan ? `/visits/plans/${row.plan}` : null,
      state: row.state ? planTag(t, row.state) : null,
      planned: plannedText(row.planned, asked(row)),
      submitted: row.submittedAt ? momentText(row.submittedAt, now) : '',
      late: row.late || (!row.submittedAt && overdue && asked(row) > 0),
    })),
  }
}

const addressOf = (month: string, more: Record<string, string> = {}) =>
  `/visits/plans?${new URLSearchParams({ tab: 'scope', month, ...more })}`

function figuresOf(t: Translate, { figures }: Listed, month: string) {
  const one = (name: 'filed' | 'waiting' | 'missing' | 'late', state: string) => ({
    word: t(`visitPlans:figure.${name}`),
    n: figures[name],
    href: addressOf(month, state ? { state } : {}),
    small: name === 'filed' ? t('visitPlans:outOf', { n: figures.people }) : '',
  })
  return [
    one('filed', ''),
    one('waiting', 'waiting'),
    one('missing', 'missing'),
    one('late', 'late'),
    { word: t('visitPlans:figure.planned'), n: figures.planned, href: addressOf(month), small: '' },
  ]
}

function filtersOf(t: Translate, { state }: ListQuery, month: string, now: Date) {
  const months = Array.from({ length: 14 }, (_, back) => monthAfter(monthOf(now), 2 - back))
  const known = months.includes(month) ? months : [month, ...months]
  const word = (value: (typeof stateChoices)[number]) =>
    value === 'missing' || value === 'late' ? t(`visitPlans:choose.${value}`) : t(`visits:planState.${value}`)
  return {
    action: '/visits/plans',
    choices: [
      {
        name: 'month',
        label: t('visitPlans:choose.month'),
        value: month,
        options: known.map((value) => ({ value, word: value })),
      },
      {
        name: 'state',
        label: t('visitPlans:choose.state'),
        value: state,
        options: stateChoices.map((value) => ({ value, word: word(value) })),
      },
    ],
    kept: { tab: 'scope' },
    ...(state ? { clear: addressOf(month) } : {}),
  }
}

function pagerOf(t: Translate, { state, after }: ListQuery, month: string, { rows, more, figures }: Listed) {
  const kept: Record<string, string> = state ? { state } : {}
  return {
    words: t('visitPlans:people', { n: state ? rows.length : figures.people }),
    ...(after ? { previous: addressOf(month, kept) } : {}),
    ...(more ? { next: addressOf(month, { ...kept, after: rows.at(-1)!.number }) } : {}),
  }
}
