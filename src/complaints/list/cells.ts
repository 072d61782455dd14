import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { kindWord } from '../../deadlines/kinds.ts'
import { deadlineTag, endText, momentText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { isInOthersHand } from '../hand/rules.ts'
import type { ComplaintRow } from './rows.ts'

/** By when clocks are read. */
export type Office = { now: Date; calendar: Calendar }

const tones: Partial<Record<ComplaintState, string>> = {
  closed: 'ok',
  void: 'bad',
  approving: 'wait',
  received: 'wait',
}
export const toneOf = (state: ComplaintState) => tones[state] ?? 'go'

/** A row as the list shows it; what is masked came masked. */
export function rowOf(row: ComplaintRow, reader: Actor, { now, calendar }: Office) {
  const t = translate[reader.language]
  return {
    number: row.number,
    title: row.title,
    who: whoOf(row, t),
    grade: row.grade,
    level: row.level,
    kind: t(`complaints:kind.${row.kind}`),
    state: { tone: toneOf(row.state), word: t(`complaints:state.${row.state}`) },
    clock: row.clock && { word: t(kindWord(row.clock.kind)), tag: deadlineTag(t, row.clock, now, calendar) },
    owner: row.owner ?? t('complaints:unassigned'),
    unassigned: row.owner === null,
    inHand: isInOthersHand(row, reader, now) && t('complaintList:inHand', { name: row.inHandBy! }),
    received: momentText(row.receivedAt, now),
  }
}

/** Whose complaint: the customer's, else the caller's. */
export function whoOf({ customer, anonymous, complainant }: ComplaintRow, t: Translate): string {
  return customer ?? (anonymous ? t('complaints:anonymous') : (complainant ?? t('complaints:anonymous')))
}

/** Columns of a file, in their order. */
export const fileColumns = [
  'number',
  'title',
  'kind',
  'level',
  'state',
  'customer',
  'customerNumber',
  'grade',
  'complainant',
  'phone',
  'product',
  'channel',
  'department',
  'owner',
  'taker',
  'received',
  'due',
  'closed',
  'outcome',
  'cause',
  'satisfaction',
  'compensation',
  'reopened',
  'escalated',
] as const
export type FileColumn = (typeof fileColumns)[number]

/** The same as texts, for a file. */
export function textOf(row: ComplaintRow, column: FileColumn, t: Translate): string {
  switch (column) {
    case 'kind':
      return t(`complaints:kind.${row.kind}`)
    case 'level':
      return t(`complaints:level.${row.level}`)
    case 'state':
      return t(`complaints:state.${row.state}`)
    case 'channel':
      return t(`complaints:channel.${row.channel}`)
    case 'outcome':
      return row.outcome ? t(`complaints:outcome.${row.outcome}`) : ''
    case 'cause':
      return row.cause ? t(`complaints:cause.${row.cause}`) : ''
    case 'complainant':
      return row.anonymous ? t('complaints:anonymous') : (row.complainant ?? '')
    case 'received':
      return dateTimeText(row.receivedAt)
    case 'closed':
      return row.closedAt ? dateTimeText(row.closedAt) : ''
    case 'due':
      return row.dueAt ? endText(row.dueAt) : ''
    default:
      return String(row[column] ?? '')
  }
}
