import { translate, type Translate } from '../../../i18n.ts'
import { dateTimeText } from '../../../lib/dates.ts'
import { moneyText } from '../../../lib/money.ts'
import { creditPolicy } from '../../policy.ts'
import { checksOf, type CheckRow } from '../queries.ts'
import { signed } from '../../saying.ts'
import { holdWords } from '../saying.ts'
import type { Part } from './parts.ts'

/** Wish 60, CRD-20: no step is silently unchecked: each check with the figure of its moment. */
export const checksPart: Part = {
  section: async (actor, release) => {
    if (!creditPolicy.view(actor, release)) return null
    const t = translate[actor.language]
    const checks = await checksOf(release)
    return { view: 'credit/releases/checks', place: 'column', model: { checks: checks.map((one) => rowOf(t, one)) } }
  },
}

const rowOf = (t: Translate, { step, at, by, passed, holds, ...sums }: CheckRow) => ({
  at: dateTimeText(at),
  step: t(`credit:step.${step}`),
  by,
  amount: moneyText(sums.amount),
  limit: moneyText(sums.limit),
  exposure: signed(sums.exposure),
  available: signed(sums.available),
  cash: moneyText(sums.cash),
  short: moneyText(sums.short),
  overdue:
    Number(sums.overdue) > 0
      ? t('releases:check.overdue', { amount: moneyText(sums.overdue), days: sums.overdueDays })
      : null,
  outcome: passed
    ? { tone: 'ok', word: t('releases:check.passed') }
    : { tone: 'bad', word: t('releases:check.stopped') },
  holds: holdWords(t, holds),
})
