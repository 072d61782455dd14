import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { endText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Visit } from '../queries.ts'
import { reportTabs, type ListQuery, type ReportTab } from './forms.ts'
import { countedTo, type Report, type ReportList, type ReportRow } from './queries.ts'

/** The head comes to read, everybody else to write. */
export const tabFor = (actor: Actor, { tab }: ListQuery): ReportTab =>
  tab ?? (mayEver(actor, 'visits.review') ? 'waiting' : 'due')

/** /visits/reports: those to write, those to be read, those read. */
export function listPage(
  actor: Actor,
  { tab, after }: ListQuery & { tab: ReportTab },
  { rows, more, counts }: ReportList,
  now: Date,
) {
  const t = translate[actor.language]
  const address = (name: string, from?: bigint) =>
    `/visits/reports?tab=${name}${from === undefined ? '' : `&after=${from}`}`
  return {
    tabs: tabsOf(actor).map((name) => ({
      href: address(name),
      word: t(`visitReports:tab.${name}`),
      count: counts[name] > countedTo ? `${countedTo}+` : counts[name],
      current: name === tab,
    })),
    tab,
    picks: tab === 'waiting',
    questionsAt: mayEver(actor, 'visits.manage') ? '/visits/questions' : null,
    rows: rows.map((row) => rowOf(t, row, tab, now)),
    pager: {
      words: t('visitReports:pageWords', { n: rows.length }),
      ...(after ? { previous: address(tab) } : {}),
      ...(more ? { next: address(tab, rows.at(-1)!.id) } : {}),
    },
    nothing: { heading: t(`visitReports:none.${tab}`), hint: t(`visitReports:noneHint.${tab}`) },
  }
}

const tabsOf = (actor: Actor) =>
  reportTabs.filter((name) => mayEver(actor, name === 'waiting' ? 'visits.review' : 'visits.view'))

function rowOf(t: Translate, row: ReportRow, tab: ReportTab, now: Date) {
  const { number, party, owner, onDay, reached, said, reportedAt, reportDueAt, late, version } = row
  const overdue = reportDueAt !== null && reportDueAt < now
  return {
    number,
    version,
    href: tab === 'due' ? `/visits/${number}/report` : `/visits/${number}`,
    party,
    owner,
    day: onDay,
    said: said ?? '',
    reached: reached ? { tone: tones[reached], word: t(`visits:reached.${reached}`) } : null,
    when: tab === 'due' ? (reportDueAt ? endText(reportDueAt) : '') : reportedAt ? dateTimeText(reportedAt) : '',
    late: tab === 'due' ? overdue : late,
  }
}

const tones = { reached: 'ok', partly: 'go', not_reached: 'warn' } as const

/** The head reads it and says a word, or sends it back. */
export function reviewPage({ language }: Actor, visit: Visit, report: Report | null) {
  const t = translate[language]
  const options = (['read', 'return'] as const).map((value) => ({ value, word: t(`visitReports:decision.${value}`) }))
  const waits = report !== null && visit.state === 'reported' && report.reviewedAt === null
  return {
    visit,
    home: `/visits/${visit.number}`,
    lede: report ? t('visitReports:reviewLede', { owner: report.by, at: dateTimeText(report.submittedAt) }) : '',
    version: report?.version ?? 0,
    late: visit.reportLate,
    waits,
    options,
  }
}
