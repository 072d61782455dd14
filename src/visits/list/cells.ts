import type { VisitState } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { yuanText, fenOf, moneyText } from '../../lib/money.ts'
import { endOf } from '../rules.ts'
import type { VisitRow } from './rows.ts'

const tones: Record<VisitState, string> = {
  draft: 'wait',
  waiting: 'wait',
  refused: 'bad',
  approved: 'go',
  done: 'go',
  reported: 'ok',
  cancelled: 'warn',
}
export const toneOf = (state: VisitState) => tones[state]

/** A row as the list shows it. */
export function rowOf(row: VisitRow, t: Translate, now: Date) {
  return {
    number: row.number,
    href: `/visits/${row.number}`,
    party: row.party,
    grade: row.grade,
    when: whenOf(row, now),
    owner: row.owner,
    purposes: purposesOf(row, t),
    state: { tone: toneOf(row.state), word: t(`visits:state.${row.state}`) },
    marks: marksOf(row, t, now),
    report: reportOf(row, t, now),
  }
}

/** 11-24 09:00, and of another year 2025-11-24; without an hour only the day. */
function whenOf({ startsAt, timed }: VisitRow, now: Date): string {
  const all = timed ? dateTimeText(startsAt) : dateText(startsAt)
  return all.slice(0, 4) === dateText(now).slice(0, 4) ? all.slice(5) : all
}

export const purposesOf = ({ purposes }: Pick<VisitRow, 'purposes'>, t: Translate) =>
  purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma'))

/** What stands out: 计划外, 改过期, 未预约, 过了时间没有登记. */
export function marksOf(row: VisitRow, t: Translate, now: Date): string[] {
  const ahead = row.state === 'approved' && row.startsAt >= now
  const over = row.state === 'approved' && endOf(row) < now
  return [
    ...(row.planned ? [] : [t('visits:unplanned')]),
    ...(row.rescheduled > 0 ? [t('visitList:mark.rescheduled')] : []),
    ...(row.replaced ? [t('visitList:mark.replaced')] : []),
    ...(ahead && row.confirmedAt === null ? [t('visitList:mark.unconfirmed')] : []),
    ...(over ? [t('visitList:mark.over')] : []),
  ]
}

/** VIS-06: how its report stands; null where none is waited for yet. */
export function reportOf(row: VisitRow, t: Translate, now: Date): { word: string; tone: string } | null {
  const { state, reportedAt, reportDueAt, reportLate, reviewed } = row
  if (reportedAt !== null) {
    const word = t(reportLate ? 'visitList:report.late' : 'visitList:report.inTime')
    const rest = state === 'done' ? 'visitList:report.returned' : reviewed ? null : 'visitList:report.review'
    return { word: rest === null ? word : `${word}${t('web:comma')}${t(rest)}`, tone: reportLate ? 'bad' : 'ok' }
  }
  if (reportDueAt === null || (state !== 'approved' && state !== 'done')) return null
  if (reportDueAt < now) return { word: t('visitList:report.missing'), tone: 'bad' }
  return {
    word: t('visitList:report.due', { at: dateTimeText(new Date(reportDueAt.getTime() - 1)).slice(5, 10) }),
    tone: 'go',
  }
}

/** Columns of a file, in their order. */
export const fileColumns = [
  'number',
  'day',
  'time',
  'minutes',
  'party',
  'customerNumber',
  'grade',
  'target',
  'purposes',
  'place',
  'district',
  'owner',
  'department',
  'plan',
  'planned',
  'state',
  'marks',
  'unplannedReason',
  'cancelledReason',
  'confirmed',
  'reportDue',
  'reported',
  'report',
  'reached',
  'spent',
  'gifts',
] as const
export type FileColumn = (typeof fileColumns)[number]

const moment = (at: Date | null) => (at === null ? '' : dateTimeText(at))

/** The same as texts, for a file. */
export function textsOf(row: VisitRow, t: Translate, now: Date): string[] {
  const texts: Record<FileColumn, string> = {
    number: row.number,
    day: dateText(row.startsAt),
    time: row.timed ? dateTimeText(row.startsAt).slice(11) : '',
    minutes: String(row.minutes),
    party: row.party,
    customerNumber: row.customerNumber ?? '',
    grade: row.grade ?? '',
    target: t(`visits:target.${row.target}`),
    purposes: purposesOf(row, t),
    place: row.place ?? '',
    district: row.district ?? '',
    owner: row.owner,
    department: row.department ?? '',
    plan: row.plan ?? '',
    planned: t(row.planned ? 'visitList:choice.unplanned.no' : 'visitList:choice.unplanned.yes'),
    state: t(`visits:state.${row.state}`),
    marks: marksOf(row, t, now).join(t('web:comma')),
    unplannedReason: row.unplannedReason ?? '',
    cancelledReason: row.cancelledReason ?? '',
    confirmed: moment(row.confirmedAt),
    reportDue: moment(row.reportDueAt),
    reported: moment(row.reportedAt),
    report: reportOf(row, t, now)?.word ?? '',
    reached: row.reached ? t(`visits:reached.${row.reached}`) : '',
    spent: moneyText(yuanText(fenOf(row.spent))),
    gifts: String(row.gifts),
  }
  return fileColumns.map((column) => texts[column])
}
