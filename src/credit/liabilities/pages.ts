import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import type { LiabilityQuery } from './forms.ts'
import { mayExport } from './policy.ts'
import { choicesFor, company, liabilitiesFor, pageSize, sumsFor, type Choices, type LiabilityRow } from './queries.ts'

/** CRD-10: who bears what of final overrides that were not paid; written by the month's end, never changed. */
export async function liabilitiesPage(actor: Actor, query: LiabilityQuery) {
  const t = translate[actor.language]
  const [rows, sums, choices] = await Promise.all([
    liabilitiesFor(actor, query, pageSize + 1),
    sumsFor(actor, query),
    choicesFor(actor),
  ])
  const all = sums.reduce((sum, { n }) => sum + n, 0)
  const total = sums.reduce((sum, { amount }) => sum + fenOf(amount), 0)
  return {
    rows: rows.slice(0, pageSize).map((row) => rowOf(t, row)),
    total: moneyText(yuanText(total)),
    sums: sums.length > 1 ? sums.map((one) => sumOf(t, query, one)) : [],
    filters: filtersOf(t, query, choices),
    file: mayExport(actor) && all > 0 ? addressOf(query, '/credit/liabilities.xlsx') : null,
    pager: {
      words: t('liabilities:count', { n: all }),
      ...(query.after ? { previous: addressOf({ ...query, after: '' }) } : {}),
      ...(rows.length > pageSize ? { next: addressOf({ ...query, after: String(rows[pageSize - 1]!.id) }) } : {}),
    },
    nothing:
      query.month || query.who
        ? { heading: t('liabilities:noneFound'), next: { href: '/credit/liabilities', word: t('liabilities:all') } }
        : { heading: t('liabilities:none'), hint: t('liabilities:noneHint') },
  }
}

const rowOf = (t: Translate, row: LiabilityRow) => ({
  month: row.month,
  who: row.person ?? t('liabilities:company'),
  staff: row.staff,
  part: t(`liabilities:part.${row.part}`),
  share: `${Number(row.share)}%`,
  amount: moneyText(row.amount),
  unpaid: moneyText(row.unpaid),
  open: row.open === '0.00' ? t('liabilities:paidSince') : moneyText(row.open),
  paid: row.open === '0.00',
  release: { number: row.release, href: row.customer ? `/releases/${row.release}` : null },
  customer: row.customer ? { name: row.name, href: `/credit/customers/${row.customer}` } : null,
  recorded: dateText(row.recordedAt),
})

const sumOf = (
  t: Translate,
  query: LiabilityQuery,
  one: { person: string | null; staff: string | null; n: number; amount: string },
) => ({
  who: one.person ?? t('liabilities:company'),
  staff: one.staff,
  href: addressOf({ ...query, after: '', who: one.staff ?? company }),
  n: one.n,
  amount: moneyText(one.amount),
})

export function addressOf({ month, who, after }: LiabilityQuery, path = '/credit/liabilities'): string {
  const given = Object.entries({ month, who, after }).filter(([, value]) => value !== '')
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

function filtersOf(t: Translate, { month, who }: LiabilityQuery, { months, people }: Choices) {
  return {
    action: '/credit/liabilities',
    choices: [
      {
        name: 'month',
        label: t('liabilities:month'),
        value: month,
        options: months.map((value) => ({ value, word: value })),
      },
      {
        name: 'who',
        label: t('liabilities:who'),
        value: who,
        options: people.map(({ staff, person }) => ({
          value: staff ?? company,
          word: person === null ? t('liabilities:company') : `${person} ${staff}`,
        })),
      },
    ],
    ...(month || who ? { clear: '/credit/liabilities' } : {}),
  }
}
