import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { levels } from '../archive/levels.ts'
import { partsOf } from '../archive/parts.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { itemTypes, mostLines, type ItemsQuery } from './forms.ts'
import { missingText } from './pages.ts'
import type { Transfer, TransferItem } from './queries.ts'
import { carrierFrom, carriers } from './rules.ts'

const fields = ['title', 'type', 'part', 'datedOn', 'pages', 'copies', 'secrecy', 'carrier', 'attachment'] as const
const certificateFields = ['certificate', 'certKind', 'certNumber', 'certOwner'] as const
export const blankRows = 5

/** The list as a form: a row for each item and some more; what is sent back with errors keeps every row it had. */
export function listingPage(
  actor: Actor,
  transfer: Transfer,
  items: TransferItem[],
  { rows, level }: ItemsQuery & { level: SecrecyLevel },
  now: Date,
) {
  const t = translate[actor.language]
  const least = Math.max(items.length + blankRows, 2 * blankRows, rows ?? 0)
  return {
    transfer,
    home: `/transfers/${transfer.number}`,
    most: mostLines,
    least: Math.min(least, mostLines),
    values: Object.fromEntries([...blanks(level), ...items.flatMap((item) => valuesOf(item))]),
    today: dateText(now),
    missing: missingText(t, transfer, items),
    options: {
      type: itemTypes.map((value) => ({ value, word: t(`archive:type.${value}`) })),
      part: [...new Set([...partsOf[transfer.fileKind], 'general' as const])].map((value) => ({
        value,
        word: t(`archive:part.${value}`),
      })),
      secrecy: levels.map((value) => ({ value, word: t(`archive:level.${value}`) })),
      carrier: carriers.map((value) => ({ value, word: t(`transfers:carrier.${value}`) })),
    },
    labels: labelsOf(t),
  }
}

/** What a row begins with (ARC-21). */
const blanks = (level: SecrecyLevel): [string, string][] =>
  Array.from({ length: mostLines }, (_, at): [string, string][] => [
    [`rows.${at + 1}.type`, 'other'],
    [`rows.${at + 1}.secrecy`, level],
  ]).flat()

function valuesOf(item: TransferItem): [string, string][] {
  const { n, title, type, part, datedOn, pages, copies, secrecy, attachment, certificate } = item
  const named = { certKind: item.certKind ?? '', certNumber: item.certNumber ?? '', certOwner: item.certOwner ?? '' }
  const ticks = { attachment: attachment ? 'on' : '', certificate: certificate ? 'on' : '' }
  const texts = { title, type, part, secrecy, carrier: carrierFrom(item), datedOn: dayText(datedOn) }
  const figures = { pages: pages === 0 ? '' : String(pages), copies: String(copies) }
  return Object.entries({ ...texts, ...figures, ...ticks, ...named }).map(([name, value]) => [
    `rows.${n}.${name}`,
    value,
  ])
}

/** What stands before an error at the head of the page: 第 3 行 页数 */
function labelsOf(t: (typeof translate)['zh']): Record<string, string> {
  const names = [...fields, ...certificateFields]
  return Object.fromEntries(
    Array.from({ length: mostLines }, (_, at) => at + 1).flatMap((row) =>
      names.map((name) => [
        `rows.${row}.${name}`,
        `${t('transfers:item.row', { row })} ${t(`transfers:item.${name}`)}`,
      ]),
    ),
  )
}
