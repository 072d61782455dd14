import type { Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { isClassified } from '../levels.ts'
import { placeText } from '../places.ts'
import type { Standing } from './forms.ts'
import type { ItemColumn } from './listed-columns.ts'
import type { IndexRow } from './queries.ts'

/** A cell is a text, or a standing with its shape. */
export type Cell = { text: string; look: string; tone?: string; href?: string }

const look: Partial<Record<ItemColumn, string>> = {
  title: 'whole-line',
  customer: 'clipped',
  state: 'state-cell at-end',
  pages: 'num hide-phone',
  copies: 'num hide-phone',
  volume: 'hide-phone clipped',
  remark: 'hide-phone clipped',
}

/** What each column says of an item, in words; where it is not this person's to know, nothing but the keeper and mark. */
export function cellsOf(row: IndexRow, columns: readonly ItemColumn[], t: Translate, now: Date): Cell[] {
  return columns.map((column) => {
    const cell: Cell = { text: textOf(row, column, t, now), look: look[column] ?? 'hide-phone nowrap' }
    if (column === 'keeper' && !row.told) return { ...cell, look: 'nowrap' }
    if (column === 'state' && row.told) return { ...cell, tone: tones[standingOf(row.told, now)] }
    if (column === 'customer' && row.told) return { ...cell, href: `/customers/${row.told.customer.number}` }
    return cell
  })
}

type Told = NonNullable<IndexRow['told']>

const tones: Record<Standing, string> = {
  in_place: 'ok',
  on_loan: 'go',
  overdue: 'bad',
  copied: 'go',
  missing: 'bad',
  under_disposal: 'wait',
  disposed: 'warn',
  given_back: 'warn',
}

/** ARC-01: the open loan says that it is out, and since when it should be back. */
export function standingOf({ state, loan }: Told, now: Date): Standing {
  if (!loan) return state
  return new Date(loan.dueAt) < now ? 'overdue' : 'on_loan'
}

/** The same as a text alone: for a file. */
export function textOf(row: IndexRow, column: ItemColumn, t: Translate, now: Date): string {
  if (column === 'keeper') return row.keeper
  if (column === 'remark') return remarkOf(row, t)
  const { told } = row
  if (!told) return ''
  switch (column) {
    case 'title':
      return told.title
    case 'customer':
      return told.customer.name
    case 'type':
      return t(`archive:type.${told.type}`)
    case 'medium':
      return t(`archiveList:medium.${told.medium}`)
    case 'retention':
      return t(`archiveList:retention.${told.retention}`)
    case 'state':
      return stateText(told, t, now)
    case 'place':
      return placeText(told.place)
    case 'pages':
    case 'copies':
      return String(told[column])
    case 'dated':
      return told.datedOn ?? ''
    case 'volume':
      return t('archiveList:volume', told.volume)
    case 'retainUntil':
      return told.retainUntil ?? ''
  }
}

function stateText(told: Told, t: Translate, now: Date): string {
  const standing = t(`archiveList:standing.${standingOf(told, now)}`)
  const until = told.loan ? t('archiveList:dueOn', { day: dateText(new Date(told.loan.dueAt)) }) : ''
  const copied = told.copiesOut > 0 ? t('archiveList:copiesOut', { n: told.copiesOut }) : ''
  return [standing, until, copied].filter(Boolean).join(t('web:comma'))
}

/** ARC-02: 机密 and 绝密 carry their mark in the index's remark. */
function remarkOf({ secrecy, told }: IndexRow, t: Translate): string {
  const mark = isClassified(secrecy) ? t(`archive:mark.${secrecy}`) : ''
  return [mark, told?.remark].filter(Boolean).join(t('web:comma'))
}
