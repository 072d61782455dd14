import type { CustomerLife, CustomerStanding } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { deadlineTag, endText, type Tag } from '../../deadlines/tag.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { ListColumn } from './listed-columns.ts'
import type { CustomerRow } from './queries.ts'

/** A cell is a text, a status with its shape, or a clock. */
export type Cell = { text: string; look: string; tone?: string; more?: string; deadline?: Tag }
/** By when clocks are read. */
export type Office = { now: Date; calendar: Calendar }

const lifeTone: Record<CustomerLife, string> = {
  potential: 'wait',
  signed: 'ok',
  in_service: 'go',
  lapsed: 'warn',
  lost: 'bad',
  void: 'bad',
}
const standingTone: Record<CustomerStanding, string> = { provisional: 'wait', confirmed: 'ok' }

const plain = 'hide-phone nowrap'

/** What each column says of a customer, in words; what is masked came masked. */
export function cellsOf(row: CustomerRow, columns: readonly ListColumn[], t: Translate, office: Office): Cell[] {
  return columns.map((column) => {
    if (column === 'due') return dueCell(row, t, office)
    if (column === 'number') return { text: row.number, look: 'muted nowrap at-end' }
    if (column === 'life') return lifeCell(row, columns, t)
    const text = textOf(row, column, t)
    if (column === 'standing') return { text, look: plain, tone: standingTone[row.standing] }
    if (column === 'owner' && !row.owner) return { text, look: `muted ${plain}` }
    return { text, look: column === 'aliases' ? 'hide-phone clipped' : plain }
  })
}

/** The same as a text alone: for a file. */
export function textOf(row: CustomerRow, column: ListColumn, t: Translate): string {
  switch (column) {
    case 'kind':
      return t(`customers:kind.${row.kind}`)
    case 'relation':
      return t(`customers:relation.${row.relation}`)
    case 'life':
      return t(`customers:life.${row.life}`)
    case 'standing':
      return t(`customers:standing.${row.standing}`)
    case 'owner':
      return row.owner?.name ?? t('customers:list.noOwner')
    case 'due':
      return row.clock ? endText(row.clock.dueAt) : ''
    case 'place':
      return [row.city ?? row.province, row.district].filter(Boolean).join(' ')
    case 'source':
      return row.source ? t(`customers:source.${row.source}`) : ''
    case 'created':
      return dateText(row.createdAt)
    case 'updated':
      return dateTimeText(row.updatedAt)
    case 'aliases':
      return row.aliases.join(t('web:comma'))
    default:
      return row[column] ?? ''
  }
}

function lifeCell(row: CustomerRow, columns: readonly ListColumn[], t: Translate): Cell {
  const cell = { text: textOf(row, 'life', t), look: 'nowrap', tone: lifeTone[row.life] }
  const unsure = row.standing === 'provisional' && !columns.includes('standing')
  return unsure ? { ...cell, more: t('customers:standing.provisional') } : cell
}

function dueCell(row: CustomerRow, t: Translate, { now, calendar }: Office): Cell {
  const cell = { text: '', look: 'nowrap at-end' }
  return row.clock ? { ...cell, deadline: deadlineTag(t, row.clock, now, calendar) } : cell
}
