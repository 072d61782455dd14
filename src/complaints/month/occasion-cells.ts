import { translateIfKnown, type Language, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Occasion } from './occasion-forms.ts'
import type { OccasionRow } from './occasions.ts'
import { spanWords } from './saying.ts'

const clock = ['due', 'case', 'clockOf', 'department', 'met', 'late'] as const
/** What is said of each time, in the order of its columns. */
export const columnsOf = {
  escalated: ['at', 'case', 'handler', 'department', 'way', 'words', 'by'],
  paused: ['from', 'case', 'pausedBy', 'department', 'reason', 'until', 'long'],
  rated: ['at', 'case', 'handler', 'department', 'score', 'words'],
  contact: clock,
  done: clock,
  progress: clock,
} as const satisfies Record<Occasion, readonly string[]>
export type Column = (typeof columnsOf)[Occasion][number]

/** One thing about one time, in words, the same for the page and the file. */
export function cellOf(row: OccasionRow, column: Column, t: Translate, language: Language): string {
  switch (column) {
    case 'at':
    case 'from':
    case 'due':
      return dateTimeText(row.at)
    case 'case':
      return row.number
    case 'handler':
    case 'pausedBy':
    case 'clockOf':
      return row.who ?? ''
    case 'department':
      return row.department ?? ''
    case 'by':
      return row.by ?? ''
    case 'way':
      return wayOf(row, t, language)
    case 'words':
    case 'reason':
      return row.said ?? ''
    case 'score':
      return String(row.score ?? '')
    case 'until':
    case 'met':
      return untilOf(row, column, t)
    case 'long':
    case 'late':
      return row.until ? spanWords(t, (row.until.getTime() - row.at.getTime()) / 1000) : ''
  }
}

/** Words of ways of another release stay as they were written. */
function wayOf({ way, unrecorded }: OccasionRow, t: Translate, language: Language): string {
  const said = way === null ? '' : (translateIfKnown(language, `escalations:way.${way}`) ?? way)
  return unrecorded ? `${said} ${t('complaintMonth:occasion.unrecorded')}` : said
}

function untilOf({ until, ended }: OccasionRow, column: 'until' | 'met', t: Translate): string {
  if (!until) return column === 'met' ? t('complaintMonth:occasion.notMet') : ''
  const at = dateTimeText(until)
  return ended ? at : t('complaintMonth:occasion.atMost', { at })
}
