import { ruleIdOf } from '../../coverage/rules.ts'
import type { Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import type { Plan } from '../queries.ts'
import { shown, type Suggestions } from './suggesting.ts'
import type { Waiting } from './taking-up.ts'
export function suggestionsModel(t: Translate, plan: Plan, { rows, more }: Suggestions, now: Date) {
  const days = daysOfMonth(plan.monthText)
  const today = dateText(now)
  return {
    action: `/visits/plans/${plan.number}/suggestions`,
    all: t('visitPlans:act.takeAll', { n: rows.length }),
    min: days.find((day) => day >= today) ?? days[0]!,
    max: days.at(-1)!,
    more: more ? t('visitPlans:suggest.more', { n: shown }) : '',
    rows: rows.map((row) => ({
      number: row.number,
      name: row.name,
      grade: row.grade,
      rule: ruleIdOf[row.rule],
      why: [
        t(`visitPlans:suggest.due.${row.rule}`),
        row.last ? t('visitPlans:suggest.last', { day: row.last }) : t('visitPlans:suggest.never'),
        row.district ?? '',
      ].filter((one) => one !== ''),
      alone: `/visits/plans/${plan.number}?customer=${row.number}#add`,
    })),
  }
}

export function recurringModel(t: Translate, waiting: readonly Waiting[]) {
  const moved = waiting.filter(({ occurrence }) => occurrence.moved).length
  return {
    n: waiting.length,
    hint: waiting.length > 0 ? t('visitPlans:recurring.hint', { n: waiting.length }) : t('visitPlans:recurring.none'),
    moved: moved > 0 ? t('visitPlans:recurring.movedNote', { n: moved }) : '',
    act: t('visitPlans:act.takeUp', { n: waiting.length }),
  }
}
