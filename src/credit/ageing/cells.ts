import type { Translate } from '../../i18n.ts'
import { moneyText, yuanText } from '../../lib/money.ts'
import type { Bounds } from '../accounts.ts'
import { documentsOf } from './address.ts'
import type { AgeingRow, Sums } from './queries.ts'
import { buckets, type figures } from './rules.ts'
import { overText } from './saying.ts'

export const amount = (fen: bigint | number): string => (Number(fen) === 0 ? '—' : moneyText(yuanText(Number(fen))))

type Cell = {
  label: string
  text: string
  empty: boolean
  href?: string
  below?: { text: string; href?: string }
  tag?: { tone: 'bad'; word: string }
}
type Word = 'current' | 'd30' | 'd60' | 'd90' | 'more' | 'owed' | 'limit' | 'over' | 'promised'

/** What stands below another in one column: of what is owed the overdue, of a limit the exposure. */
export const columnsOf = (t: Translate) => [
  ...buckets.map((name) => ({ word: t(`ageing:column.${name}`) })),
  { word: t('ageing:column.owed'), below: t('ageing:column.overdue') },
  { word: t('ageing:column.limit'), below: t('ageing:column.exposure') },
  { word: t('ageing:column.over'), below: t('ageing:column.overDays') },
  { word: t('ageing:column.promised') },
]

const below = { owed: 'overdue', limit: 'exposure', over: 'overDays' } as const
const labelOf = (t: Translate, name: Word): string =>
  [name, ...(name in below ? [below[name as keyof typeof below]] : [])]
    .map((one) => t(`ageing:column.${one}`))
    .join(' / ')

const cell = (t: Translate, name: Word, text: string, more: Omit<Cell, 'label' | 'text' | 'empty'> = {}): Cell => ({
  label: labelOf(t, name),
  text,
  empty: text === '—',
  ...more,
})

const opening = (fen: bigint, href: string) => (fen > 0n ? { href } : {})

/** The ages and what is owed, each of which opens its documents; `bounds` null: of a selection no list is the same. */
function agesOf(t: Translate, of: Sums, customer: string, bounds: Bounds | null): Cell[] {
  const to = (name: (typeof figures)[number]) => (bounds ? opening(of[name], documentsOf(customer, name, bounds)) : {})
  const overdue = of.overdue > 0n ? { below: { text: amount(of.overdue), ...to('overdue') } } : {}
  return [
    ...buckets.map((name) => cell(t, name, amount(of[name]), to(name))),
    cell(t, 'owed', amount(of.owed), { ...to('owed'), ...overdue }),
  ]
}

export function rowOf(t: Translate, row: AgeingRow, bounds: Bounds) {
  const href = `/credit/customers/${row.number}`
  const exposure = { text: amount(row.exposure), href }
  const days = row.over === 0 ? {} : { below: { text: overText(t, row.overDays) } }
  return {
    name: row.name,
    href,
    owner: row.owner ?? t('ageing:noOwner'),
    cells: [
      ...agesOf(t, row, row.number, bounds),
      { ...cell(t, 'limit', moneyText(yuanText(row.limit)), { href, below: exposure }), empty: false },
      cell(t, 'over', amount(row.over), days),
      promisedOf(t, row),
    ],
  }
}

function promisedOf(t: Translate, { promised }: AgeingRow): Cell {
  if (!promised) return cell(t, 'promised', '—')
  const { due, plan, broken } = promised
  return cell(t, 'promised', moneyText(promised.amount), {
    href: `/repayment-plans/${plan}`,
    below: { text: due },
    ...(broken ? { tag: { tone: 'bad' as const, word: t('ageing:broken') } } : {}),
  })
}

/** Under the ages; nothing under the rest. */
export const totalsOf = (t: Translate, totals: Sums, bounds: Bounds | null): Cell[] => [
  ...agesOf(t, totals, '', bounds),
  ...(['limit', 'over', 'promised'] as const).map((name) => ({ ...cell(t, name, ''), empty: true })),
]
