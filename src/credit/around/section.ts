import type { Actor } from '../../access/actor.ts'
import { may, type Placed } from '../../access/policy.ts'
import { reads } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { figureTerms } from '../explaining/saying.ts'
import { fenYuan } from '../saying.ts'
import { figureFor } from '../figure.ts'
import type { Figure } from '../reckoning.ts'

type Whose = Placed & { id: bigint; number: string; withdrawnAt?: Date | null }
export type CreditOf = { figure: Figure; window: number } | null

/** CRD-17: the figure of a customer on its page; null for who does not see it. */
export async function creditOf(actor: Actor, customer: Whose, now: Date): Promise<CreditOf> {
  if (!may(actor, 'credit.view', customer)) return null
  const [figure, regulation] = await Promise.all([figureFor(reads, customer.id, now), regulationAt(now)])
  return { figure, window: regulation.value('credit.window_days') }
}

/** The part of a customer's page about its credit (views/credit/around/section.ejs). */
export function creditSection(actor: Actor, customer: Whose, found: CreditOf, now: Date) {
  if (!found) return null
  const t = translate[actor.language]
  const { figure, window } = found
  const today = dateText(now)
  return {
    href: `/credit/customers/${customer.number}`,
    terms: figureTerms(t, figure, { day: today, until: null, now }, today, window),
    eligible: {
      tone: figure.eligible ? 'ok' : 'bad',
      word: t(figure.eligible ? 'creditFigure:eligible.yes' : 'creditFigure:eligible.no'),
    },
    overdue:
      figure.overdue > 0
        ? t('creditFigure:section.overdue', { amount: fenYuan(t, figure.overdue), days: figure.overdueDays })
        : '',
    ask: may(actor, 'credit.request', customer) ? `/releases/new?customer=${customer.number}` : null,
  }
}
