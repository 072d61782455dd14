import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Column, Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { Download } from '../../web/route.ts'
import { address, conditionsIn } from './address.ts'
import type { AgeingQuery } from './forms.ts'
import { amount } from './cells.ts'
import { ageingFor, type Ageing, type AgeingRow, type Sums } from './queries.ts'
import { buckets, type figures } from './rules.ts'
import { overText } from './saying.ts'

/** As many as anybody reads on paper. */
const most = 400

/** CRD-17: the ageing on paper, across, with its sums; that it was printed and what it was is in the trail. */
export async function printAgeing(actor: Actor, query: AgeingQuery, now: Date): Promise<Download> {
  const found = await ageingFor(actor, { ...query, after: '' }, now, { take: most, act: 'credit.export' })
  const { pdf, sha256 } = await renderDocument(paperOf(actor, query, found, now))
  const on = found.bounds.today
  await reading(actor, 'credit.ageing_printed', `ageing:${on}`, {
    after: { on, query: address(query), customers: found.count, sha256 },
  })
  return { type: 'application/pdf', fileName: `ageing-${on}.pdf`, body: pdf }
}

function paperOf(actor: Actor, query: AgeingQuery, found: Ageing, now: Date): Paper {
  const t = translate[actor.language]
  const title = t('ageing:title')
  const middle = [found.bounds.today, conditionWords(t, query)].join(' · ')
  return {
    ...edgesOf(actor, now, { document: title, middle, left: t('ageing:paper.rule') }),
    title: `${title} ${found.bounds.today}`,
    landscape: true,
    sections: [
      {
        title: t('ageing:totalOf', { n: found.count }),
        blocks: [
          ...(found.more
            ? [{ kind: 'text' as const, text: t('ageing:paper.most', { n: most, all: found.count }) }]
            : []),
          {
            kind: 'table',
            columns: columnsOf(t),
            rows: found.rows.map((row) => printedRow(t, row)),
            totals: [[t('ageing:total'), ...agesOf(found.totals), '', '', '']],
          },
        ],
      },
    ],
  }
}

function conditionWords(t: Translate, query: AgeingQuery): string {
  const set = conditionsIn(query)
  if (set.length === 0) return t('ageing:paper.all')
  const words = set.map((name) => {
    if (name === 'over') return t('ageing:overOnly')
    if (name === 'bucket' && query.bucket !== '') return t(`ageing:bucket.${query.bucket}`)
    return query[name]
  })
  return words.join(' · ')
}

/** Two lines a row, as on the page: the customer's name needs the width. */
const columnsOf = (t: Translate): Column[] => {
  const word = (name: 'customer' | 'owner' | 'limit' | 'over' | 'overDays' | 'promised' | (typeof figures)[number]) =>
    t(`ageing:column.${name}`)
  const sum = (...words: string[]) => ({ title: words.join('\n'), width: 25, align: 'right' as const })
  return [
    { title: `${word('customer')}\n${word('owner')}` },
    ...buckets.map((name) => sum(word(name))),
    sum(word('owed'), word('overdue')),
    sum(word('limit'), word('over')),
    { title: word('overDays'), width: 15, align: 'right' },
    sum(word('promised')),
  ]
}

const agesOf = (of: Sums): string[] => [
  ...buckets.map((name) => amount(of[name])),
  `${amount(of.owed)}\n${amount(of.overdue)}`,
]

const printedRow = (t: Translate, row: AgeingRow): string[] => [
  `${row.name}\n${row.owner ?? t('ageing:noOwner')}`,
  ...agesOf(row),
  `${amount(row.limit)}\n${amount(row.over)}`,
  row.over === 0 ? '' : overText(t, row.overDays),
  row.promised ? `${row.promised.due}\n${moneyText(row.promised.amount)}` : '',
]
