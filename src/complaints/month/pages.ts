import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { monthModel } from './model.ts'
import { paretoOf } from './pareto.ts'
import type { Month } from './queries.ts'
import { isLate, monthAfter, monthBounds, monthDue, monthOf, monthsBack } from './rules.ts'

/** /complaints/month: the month at a glance; every figure opens the list that it counts. */
export function monthPage(actor: Actor, month: Month, now: Date) {
  const t = translate[actor.language]
  const model = monthModel(actor, month)
  const here = (of: string, path = '/complaints/month') =>
    `${path}?${new URLSearchParams({ month: of, ...(month.department ? { department: month.department } : {}) })}`
  const next = monthAfter(month.month, 1)
  const over = monthBounds(month.month).until <= now
  return {
    ...model,
    month: month.month,
    before: monthAfter(month.month, -1),
    beforeAt: here(monthAfter(month.month, -1)),
    over,
    pareto: paretoOf(t, model.causes),
    empty: month.received.all.now === 0 && month.closed.n.now === 0,
    filters: {
      action: '/complaints/month',
      choices: [
        {
          name: 'month',
          label: t('complaintMonth:thisMonth'),
          value: month.month,
          options: monthsBack(now, 36).map((value) => ({ value, word: value })),
        },
        {
          name: 'department',
          label: t('complaintMonth:allDepartments'),
          value: month.department,
          options: month.departments.map(({ id, name }) => ({ value: String(id), word: name })),
        },
      ],
    },
    pager: {
      months: true,
      words: month.month,
      previous: here(monthAfter(month.month, -1)),
      ...(next <= monthOf(now) ? { next: here(next) } : {}),
    },
    pdf: here(month.month, '/complaints/month.pdf'),
    xlsx: here(month.month, '/complaints/month.xlsx'),
    report: reportOf(actor, month, over, now),
  }
}

/** CMP-19: whether the month has been reported, and by when it should be. */
function reportOf(actor: Actor, { month, reported, reportDay }: Month, over: boolean, now: Date) {
  const t = translate[actor.language]
  const late = month === monthDue(now) ? isLate(now, reportDay) : month < monthDue(now)
  const said = reported
    ? t('complaintMonth:report.done', { at: dateTimeText(reported.at), by: reported.by })
    : over
      ? t(late ? 'complaintMonth:report.late' : 'complaintMonth:report.due', { day: reportDay })
      : t('complaintMonth:report.notOver', { day: reportDay })
  return {
    said,
    tone: reported ? 'ok' : over ? 'warn' : 'info',
    may: over && mayEver(actor, 'complaints.manage'),
    again: reported !== null,
  }
}
