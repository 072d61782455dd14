import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { endText } from '../../deadlines/tag.ts'
import type { Refusal } from '../../lib/refused.ts'
import { namesById } from '../../staff/naming.ts'
import { whenText } from '../page/facts.ts'
import { questionsFor } from '../questions/queries.ts'
import type { Visit } from '../queries.ts'
import { costsOf } from '../spendings/queries.ts'
import { noteGroup, promiseGroup, type Group } from './groups.ts'
import { learnedPage } from './learned-page.ts'
import { authorityGroup, costGroup, giftGroup } from './money-groups.ts'
import { besideOf, reportOf, type Report } from './queries.ts'
import { notBegun } from './rules.ts'
import { askedGroup, nextGroup, peopleGroup, resultGroup } from './told-groups.ts'

/** /visits/:number/report: written on a phone between two visits, so what is seldom needed opens when it is. */
export async function reportPage(actor: Actor, visit: Visit, now: Date, typed: Record<string, string> = {}) {
  const t = translate[actor.language]
  const reader = { language: actor.language, typed }
  const [report, beside, costs, asked] = await Promise.all([
    reportOf(visit),
    besideOf(visit),
    costsOf(visit),
    questionsFor({ target: visit.target, grade: visit.customer?.grade ?? null }),
  ])
  const over = closedBy(visit, report, now)
  const learned = await learnedPage(actor, visit, reader, beside.people)
  const companions = await namesById([...visit.companions, ...(report?.companions ?? [])])
  const groups = [
    resultGroup(reader, report),
    peopleGroup(reader, { visit, report, beside, companions, mayKeep: learned.mayKeep }),
    promiseGroup(reader, beside, now),
    noteGroup(reader, beside),
    costGroup(reader, costs),
    giftGroup(reader, beside),
    authorityGroup(reader, report),
    ...(learned.group ? [learned.group] : []),
    ...(asked.length > 0 ? [askedGroup(reader, asked, report)] : []),
    ...(report && visit.state === 'reported' ? [] : [nextGroup(reader, now)]),
  ]
  return {
    visit,
    home: `/visits/${visit.number}`,
    heading: t('visitReports:title'),
    when: [whenText(t, visit), [visit.district, visit.place].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(t('web:comma')),
    due: dueWords(t, visit, now),
    returned: report?.returnedAt
      ? t('visitReports:returnedNote', { at: dateTimeText(report.returnedAt), reason: report.returnedReason ?? '' })
      : null,
    over: over && { text: t(over.reason, over.params), rule: { id: over.rule } },
    version: report?.version ?? 0,
    correcting: visit.state === 'reported',
    groups,
    hidden: learned.hidden,
    people: beside.people.map(({ name }) => name),
    labels: labelsOf(t, groups),
  }
}

/** Why nothing can be written now. */
function closedBy(visit: Visit, report: Report | null, now: Date): Refusal | null {
  if (visit.state === 'reported')
    return report?.reviewedAt ? { rule: 'VIS-06', reason: 'visitReports:refused.reviewed' } : null
  if (visit.state === 'approved') return notBegun(visit, now)[0] ?? null
  return visit.state === 'done' ? null : { rule: 'VIS-05', reason: 'visits:refused.state' }
}

function dueWords(t: Translate, { reportDueAt, state }: Visit, now: Date): { text: string; late: boolean } | null {
  if (!reportDueAt || state === 'reported') return null
  const at = endText(reportDueAt)
  const late = reportDueAt < now
  return { text: t(late ? 'visitReports:overdue' : 'visitReports:due', { at }), late }
}

/** What an error is led by: in a row, with the row's number. */
function labelsOf(t: Translate, groups: Group[]): Record<string, string> {
  const plain = groups.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label]))
  const inRows = groups.flatMap(({ rows }) =>
    (rows?.lines ?? []).flatMap((line, at) =>
      line.map(({ name, label }) => [name, t('visitReports:nth', { n: at + 1, field: label })]),
    ),
  )
  return Object.fromEntries([...plain, ...inRows]) as Record<string, string>
}
