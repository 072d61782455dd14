import type { Actor } from '../access/actor.ts'
import type { Block } from '../documents/paper.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { itemRow, sums, type ItemRow } from './item-rows.ts'
import type { Supplement, Transfer, TransferItem } from './queries.ts'

export function factsBlock(t: Translate, transfer: Transfer, items: TransferItem[]): Block {
  const { number, customer, title, fileKind, fileNumber, endedOn } = transfer
  const fact = (name: 'number' | 'customer' | 'title' | 'fileKind' | 'file' | 'endedOn', value: string) => ({
    label: t(`transfers:field.${name}`),
    value,
  })
  return {
    kind: 'facts',
    facts: [
      fact('number', number),
      fact('customer', customer.name),
      fact('title', title),
      fact('fileKind', t(`archive:fileKind.${fileKind}`)),
      fact('endedOn', endedOn),
      fact('file', fileNumber ?? '—'),
      { label: t('transfers:pdf.sum'), value: t('transfers:item.sum', sums(items)) },
    ],
  }
}

export function listBlocks(t: Translate, actor: Actor, transfer: Transfer, items: TransferItem[]): Block[] {
  const rows = items.map((item) => itemRow(t, actor, transfer, item))
  const column = (name: 'n' | 'title' | 'part' | 'datedOn' | 'pages' | 'copies') => t(`transfers:item.${name}`)
  return [
    { kind: 'text', text: t('transfers:pdf.triplicate') },
    {
      kind: 'table',
      columns: [
        { title: column('n'), width: 9 },
        { title: column('title') },
        { title: column('part'), width: 30 },
        { title: column('datedOn'), width: 21 },
        { title: column('pages'), width: 13, align: 'right' },
        { title: column('copies'), width: 13, align: 'right' },
        { title: t('transfers:pdf.remark'), width: 32 },
      ],
      rows: rows.map((row) => [
        String(row.n),
        [row.title, row.about].filter(Boolean).join('\n'),
        row.part,
        row.datedOn,
        String(row.pages),
        String(row.copies),
        remarkOf(t, row),
      ]),
    },
  ]
}

function remarkOf(t: Translate, { number, attachment, durable }: ItemRow): string {
  const marks = [
    number,
    attachment ? `${t('transfers:item.attachment')} ${t('transfers:item.unnumbered')}` : '',
    durable ? '' : t('transfers:item.notDurable'),
  ]
  return marks.filter(Boolean).join('\n')
}

export function supplementBlocks(t: Translate, supplements: Supplement[]): Block[] {
  const column = (name: 'n' | 'what' | 'asked' | 'due' | 'state') => t(`transfers:supplement.${name}`)
  return [
    { kind: 'text', text: t('transfers:pdf.give') },
    {
      kind: 'table',
      columns: [
        { title: column('n'), width: 10 },
        { title: column('what') },
        { title: column('asked'), width: 24 },
        { title: column('due'), width: 24 },
        { title: column('state'), width: 40 },
      ],
      rows: supplements.map(({ n, what, askedAt, dueOn, settledAt, settledNote }) => [
        String(n),
        what,
        dateText(askedAt),
        dayText(dueOn),
        settledAt ? `${dateText(settledAt)} ${settledNote ?? ''}` : '',
      ]),
    },
  ]
}

export function signatureBlocks(t: Translate, transfer: Transfer, two = false): Block[] {
  const { officer, checker, archivist, handedAt, checkedAt, takenAt } = transfer
  const party = (
    name: 'officer' | 'checker' | 'archivist',
    person: { name: string; number: string },
    at: Date | null,
  ) => [
    t(`transfers:field.${name}`),
    `${person.name} ${person.number}`,
    at ? dateTimeText(at) : '',
    // Two lines: room for a hand.
    '\n',
    '',
  ]
  const rows = [
    party('officer', officer, handedAt),
    party('checker', checker, checkedAt),
    ...(two ? [] : [party('archivist', archivist, takenAt)]),
  ]
  const column = (name: 'party' | 'name' | 'at' | 'signed' | 'date') => t(`transfers:pdf.${name}`)
  return [
    {
      kind: 'table',
      columns: [
        { title: column('party'), width: 34 },
        { title: column('name'), width: 36 },
        { title: column('at'), width: 34 },
        { title: column('signed') },
        { title: column('date'), width: 26 },
      ],
      rows,
    },
  ]
}
