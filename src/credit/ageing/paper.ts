import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import type { Column, Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import type { Download } from '../../web/route.ts'
import { address, conditionsIn } from './address.ts'
import type { AgeingQuery } from './forms.ts'
import { amount, overText } from './cells.ts'
import { ageingFor, type Ageing, type AgeingRow } from './queries.ts'
import { figures } from './rules.ts'

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
    language: actor.language,
    title: `${title} ${found.bounds.today}`,
    printedAt: now,
    landscape: true,
    head: { company: actor.companyName ?? t('web:product'), document: title, middle, mark: '' },
    foot: {
      left: t('ageing:paper.rule'),
      middle: t('ageing:paper.printed', { person: actor.name, time: dateTimeText(now) }),
      page: t('ageing:paper.page'),
      cover: '',
    },
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
            totals: [[t('ageing:total'), '', ...figures.map((name) => amount(found.totals[name])), '', '', '', '']],
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

const columnsOf = (t: Translate): Column[] => [
  { title: t('ageing:column.customer') },
  { title: t('ageing:column.owner'), width: 18 },
  ...figures.map((name) => ({ title: t(`ageing:column.${name}`), width: 22, align: 'right' as const })),
  { title: t('ageing:column.limit'), width: 22, align: 'right' },
  { title: t('ageing:column.over'), width: 21, align: 'right' },
  { title: t('ageing:column.overDays'), width: 15, align: 'right' },
  { title: t('ageing:column.promised'), width: 22, align: 'right' },
]

const printedRow = (t: Translate, row: AgeingRow): string[] => [
  row.name,
  row.owner ?? '',
  ...figures.map((name) => amount(row[name])),
  amount(row.limit),
  amount(row.over),
  row.over === 0 ? '' : overText(t, row.overDays),
  row.promised ? `${row.promised.due}\n${moneyText(row.promised.amount)}` : '',
]
