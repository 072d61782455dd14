import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { markOf } from '../archive/marks.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import { partOf, type LoanRow } from './queries.ts'
import { conditionWords, dueText } from './rows.ts'

/** Wish 6: the slip that both sides sign; nothing leaves before the trail knows it (AUD-01). */
export async function printSlip(actor: Actor, loan: LoanRow, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, loan, now))
  const after = { loan: loan.number, item: loan.item, sha256, part: partOf(loan) }
  await reading(actor, 'loan.slip_printed', `customer:${loan.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${loan.number}.pdf`, body: pdf }
}

function paperOf(actor: Actor, loan: LoanRow, now: Date): Paper {
  const t = translate[actor.language]
  const word = t('loans:slip.document')
  return {
    ...edgesOf(actor, now, { document: word, middle: loan.item, mark: markOf(t, loan.secrecy), left: loan.number }),
    title: `${word} ${loan.number}`,
    sections: [
      { title: t('loans:slip.facts'), blocks: [{ kind: 'facts', facts: factsOf(t, loan) }] },
      { title: t('loans:slip.counted'), blocks: [counted(t, loan)] },
      {
        title: t('loans:slip.rules'),
        blocks: [{ kind: 'text', text: `${t('loans:noRenewal')}${t('loans:slip.rulesText')}` }],
      },
      { title: t('loans:slip.signatures'), blocks: [signatures(t, loan)] },
    ],
  }
}

function factsOf(t: Translate, loan: LoanRow) {
  const { borrower, department, application, exceptional } = loan
  const person = [`${borrower.name} ${borrower.number}`, department].filter(Boolean).join(' · ')
  return [
    { label: t('loans:field.loan'), value: loan.number },
    { label: t('loans:field.item'), value: loan.item },
    { label: t('loans:field.title'), value: loan.known ? loan.title : t('loans:unknown') },
    ...(loan.customer
      ? [{ label: t('loans:field.customer'), value: `${loan.customer.name} ${loan.customer.number}` }]
      : []),
    { label: t('loans:field.borrower'), value: person },
    {
      label: t('loans:field.application'),
      value: exceptional ? `${application} · ${t('loans:exceptional')}` : application,
    },
    { label: t('loans:field.reason'), value: loan.reason },
    { label: t('loans:field.lentAt'), value: dateTimeText(loan.lentAt) },
    { label: t('loans:field.due'), value: dueText(loan) },
    {
      label: t('loans:field.confirmed'),
      value: loan.confirmedAt ? dateTimeText(loan.confirmedAt) : t('loans:unconfirmed'),
    },
    ...(loan.returnedAt ? [{ label: t('loans:field.back'), value: dateTimeText(loan.returnedAt) }] : []),
  ]
}

function counted(t: Translate, loan: LoanRow): Block {
  const back = loan.returnedAt !== null
  return {
    kind: 'table',
    columns: [
      { title: '', width: 32 },
      { title: t('loans:field.pages'), width: 24, align: 'right' },
      { title: t('loans:field.copies'), width: 24, align: 'right' },
      { title: t('loans:field.condition') },
    ],
    rows: [
      [t('loans:field.lentAt'), String(loan.pages), String(loan.copies), conditionWords(t, loan.condition)],
      [
        t('loans:field.back'),
        back ? String(loan.pagesBack ?? '') : '',
        '',
        [conditionWords(t, loan.conditionBack), loan.difference].filter(Boolean).join('；'),
      ],
    ],
  }
}

function signatures(t: Translate, loan: LoanRow): Block {
  const named = (who: { name: string; number: string } | null) => (who ? `${who.name} ${who.number}` : '')
  const rows = [
    [t('loans:slip.lender'), named(loan.lentBy)],
    [t('loans:slip.borrower'), named(loan.borrower)],
    [t('loans:slip.bringer'), named(loan.broughtBy)],
    [t('loans:slip.taker'), named(loan.takenBy)],
  ]
  return {
    kind: 'table',
    columns: [
      { title: t('loans:slip.party'), width: 28 },
      { title: t('loans:slip.name'), width: 45 },
      { title: t('loans:slip.signed') },
      { title: t('loans:slip.date'), width: 35 },
    ],
    // Two lines: room for a hand.
    rows: rows.map((row) => [...row, '\n', '']),
  }
}
