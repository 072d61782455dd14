import type { Actor } from '../../access/actor.ts'
import { reads } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { fenOf, moneyText } from '../../lib/money.ts'
import { overText } from '../ageing/saying.ts'
import { money } from '../saying.ts'
import { figuresOn } from '../figure.ts'
import type { OverviewQuery } from './forms.ts'
import { overLimit, type Over, type OverLimit } from './over.ts'
import { customersFound, finalsDue, heldReleases, type Final, type Held } from './queries.ts'

const shown = 30
const heldShown = 5

/** CRD-17, wish 59: who is over the limit, what is held, what is overdue and what is to be repaid this month. */
export async function overviewPage(actor: Actor, { find }: OverviewQuery, now: Date) {
  const t = translate[actor.language]
  const [over, held, finals, found] = await Promise.all([
    overLimit(actor, shown, now),
    heldReleases(actor, heldShown),
    finalsDue(actor, now),
    find === '' ? null : foundShown(t, actor, find, now),
  ])
  return {
    find: { typed: find, found, nothing: t('creditFigure:overview.unknown', { number: find }) },
    figures: figuresOf(t, over, held, finals),
    rows: over.rows.map((row) => overRow(t, row)),
    more:
      over.count > over.rows.length ? t('creditFigure:overview.more', { n: over.count, shown: over.rows.length }) : '',
    held: held.rows.map((row) => heldRow(row)),
    finals: finals.map((row) => finalRow(row)),
  }
}

type HeldList = { count: number; sum: string }

function figuresOf(t: Translate, over: OverLimit, held: HeldList, finals: Final[]) {
  const owed = finals.reduce((sum, { open }) => sum + fenOf(open), 0)
  const due = finals.at(-1)?.dueOn ?? ''
  return [
    { href: '#over', word: t('creditFigure:overview.over'), figure: String(over.count), small: '' },
    {
      href: '/releases?state=held',
      word: t('creditFigure:overview.held'),
      figure: String(held.count),
      small: `¥${moneyText(held.sum)}`,
    },
    {
      href: '/credit/ageing',
      word: t('creditFigure:overview.overdue'),
      figure: `¥${money(over.overdue)}`,
      small: t('creditFigure:overview.overdueOf', { n: over.overdueCount }),
    },
    {
      href: '#finals',
      word: t('creditFigure:overview.finals'),
      figure: `¥${money(owed)}`,
      small: finals.length > 0 ? t('creditFigure:overview.finalsOf', { n: finals.length, day: due }) : '',
    },
  ]
}

const overRow = (t: Translate, { number, name, owner, limit, exposure, overdue, overdueDays, days }: Over) => ({
  name,
  href: `/credit/customers/${number}`,
  owner: owner ?? t('creditFigure:overview.nobody'),
  limit: money(limit),
  exposure: money(exposure),
  over: money(exposure - limit),
  days: overText(t, days),
  overdue: overdue > 0 ? money(overdue) : '',
  overdueDays: overdue > 0 ? t('credit:days', { n: overdueDays }) : '',
})

const heldRow = ({ number, customer, customerNumber, amount, short, requestedAt }: Held) => ({
  number,
  href: `/releases/${number}`,
  customer,
  customerHref: `/credit/customers/${customerNumber}`,
  amount: moneyText(amount),
  short: fenOf(short) > 0 ? moneyText(short) : '',
  since: dateText(requestedAt),
})

const finalRow = ({ release, customer, customerNumber, amount, by, dueOn, open }: Final) => ({
  number: release,
  href: `/releases/${release}`,
  customer,
  customerHref: `/credit/customers/${customerNumber}`,
  amount: moneyText(amount),
  by,
  dueOn,
  open: moneyText(open),
})

async function foundShown(t: Translate, actor: Actor, find: string, now: Date) {
  const found = await customersFound(actor, find)
  const ids = found.map(({ id }) => id)
  const figures = await figuresOn(reads, ids, { day: dateText(now), until: null, now })
  return found.map(({ id, number, name }) => {
    const { eligible, limit, exposure, available } = figures.get(id)!
    return {
      name,
      number,
      href: `/credit/customers/${number}`,
      eligible: {
        tone: eligible ? 'ok' : 'bad',
        word: t(eligible ? 'creditFigure:eligible.yes' : 'creditFigure:eligible.no'),
      },
      limit: money(limit),
      exposure: money(exposure),
      available: money(available),
    }
  })
}
