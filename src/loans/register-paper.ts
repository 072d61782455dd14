import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import type { RegisterQuery } from './forms.ts'
import type { LoanRow } from './queries.ts'
import { cellOf, trailOf, type Column } from './register-cells.ts'
import { everyLoan } from './register.ts'

const mostPrinted = 2000
const printed = ['number', 'title', 'copies', 'borrower', 'lentAt', 'due', 'condition'] as const
const widths: Partial<Record<Column, number>> = {
  number: 31,
  copies: 9,
  borrower: 17,
  lentAt: 29,
  due: 28,
  condition: 16,
}

/** ARC-10: the register of a period on paper. */
export async function printRegister(actor: Actor, query: RegisterQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const loans: LoanRow[] = []
  for await (const loan of everyLoan(actor, query, now, mostPrinted + 1)) loans.push(loan)
  const rows = loans.slice(0, mostPrinted)
  const paper = paperOf(actor, t, query, { rows, cut: loans.length > mostPrinted }, now)
  const { pdf, sha256 } = await renderDocument(paper)
  const after = { query: trailOf(query), rows: rows.length, sha256 }
  await reading(actor, 'loan.register_printed', 'loans', { after })
  return { type: 'application/pdf', fileName: 'lending-register.pdf', body: pdf }
}

function paperOf(
  actor: Actor,
  t: Translate,
  query: RegisterQuery,
  found: { rows: LoanRow[]; cut: boolean },
  now: Date,
): Paper {
  const word = t('loans:register.title')
  const { from, until } = query
  const period = from || until ? t('loans:register.period', { from: from || '…', until: until || '…' }) : ''
  return {
    ...edgesOf(actor, now, {
      document: word,
      middle: period || t('loans:register.wholePeriod'),
      mark: t('archive:mark.internal'),
      left: '',
    }),
    title: word,
    sections: [{ title: word, blocks: blocksOf(t, query, found, now) }],
  }
}

function blocksOf(
  t: Translate,
  query: RegisterQuery,
  { rows, cut }: { rows: LoanRow[]; cut: boolean },
  now: Date,
): Block[] {
  const conditions = [
    query.state && t(`loans:register.state.${query.state}`),
    query.person && `${t('loans:field.person')} ${query.person}`,
    query.customer && `${t('loans:field.customer')} ${query.customer}`,
    query.item && `${t('loans:field.item')} ${query.item}`,
  ].filter(Boolean)
  return [
    ...(conditions.length > 0
      ? [{ kind: 'text' as const, text: `${t('loans:register.conditions')}：${conditions.join('；')}` }]
      : []),
    ...(cut ? [{ kind: 'text' as const, text: t('loans:register.cut', { n: mostPrinted }) }] : []),
    rows.length === 0
      ? { kind: 'text', text: t('loans:none.filtered') }
      : {
          kind: 'table',
          columns: printed.map((column) => ({ title: t(`loans:field.${column}`), width: widths[column] })),
          rows: rows.map((loan) => printed.map((column) => printedCell(t, loan, column, now))),
        },
  ]
}

/** On paper a cell holds what belongs together: the item under its loan, the confirmation and the return under their days. */
function printedCell(t: Translate, loan: LoanRow, column: Column, now: Date): string {
  const cell = (name: Column) => cellOf(t, loan, name, now)
  const named = (name: Column) => (cell(name) ? `${t(`loans:field.${name}`)} ${cell(name)}` : '')
  const more: Partial<Record<Column, string[]>> = {
    number: [loan.item],
    title: [cell('reason')],
    borrower: [loan.exceptional ? t('loans:exceptional') : ''],
    lentAt: [loan.confirmedAt ? `${t('loans:field.confirmed')} ${cell('confirmed')}` : cell('confirmed')],
    due: [named('back'), named('lateness')],
  }
  return [cell(column), ...(more[column] ?? [])].filter(Boolean).join('\n')
}
