import type { Actor } from '../../access/actor.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { deadlineTag, type Tagged } from '../../deadlines/tag.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import type { ProgressRow } from './queries.ts'
import { progressProblems } from './rules.ts'

export const progressLines = (rows: ProgressRow[]) => rows.map(({ at, ...row }) => ({ ...row, at: dateTimeText(at) }))

type Found = { clock: Tagged | null; rows: ProgressRow[]; days: number; calendar: Calendar }

export function progressPage(actor: Actor, complaint: Complaint, { clock, rows, days, calendar }: Found, now: Date) {
  const t = translate[actor.language]
  const [problem] = progressProblems(complaint.state)
  const { number, title, version } = complaint
  return {
    complaint: { number, title, version },
    problem: problem ? { text: t(problem.reason), rule: { id: problem.rule } } : null,
    lede: t('progress:page.lede', { days: t('deadlines:span.workingDay', { n: days }) }),
    clock: clock ? deadlineTag(t, clock, now, calendar) : null,
    last: progressLines(rows.slice(0, 1)),
  }
}
