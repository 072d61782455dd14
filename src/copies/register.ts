import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { csvStream, csvType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import { registerOf, type ListedCopy } from './list.ts'
import { dueDay } from './pages.ts'
import { trackedAs } from './rules.ts'

const columns = ['number', 'item', 'mark', 'customer', 'permit', 'way', 'holder', 'pages', 'madeAt', 'dueAt'] as const

/** 副本登记簿 as a file; that it leaves is in the trail before its first byte. */
export async function registerCsv(actor: Actor, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const rows = await registerOf(actor, now)
  const header = [...columns, 'state', 'ended', 'witness'] as const
  const pieces: Buffer[] = []
  const made = csvStream(
    header.map((name) => t(`copies:field.${name}`)),
    [...rows.map((row) => wholeOf(t, row, now)), [footOf(t, actor, now)]],
  )
  for await (const piece of made) pieces.push(Buffer.from(piece as string))
  const body = Buffer.concat(pieces)
  await exported(actor, 'csv', rows.length, createHash('sha256').update(body).digest('hex'))
  return { type: csvType, fileName: `copies-${dateTimeText(now).slice(0, 10)}.csv`, body }
}

export async function registerPdf(actor: Actor, now: Date): Promise<Download> {
  const rows = await registerOf(actor, now)
  const { pdf, sha256 } = await renderDocument(registerPaper(actor, rows.slice(0, 500), now))
  await exported(actor, 'pdf', Math.min(rows.length, 500), sha256)
  return { type: 'application/pdf', fileName: `copies-${dateTimeText(now).slice(0, 10)}.pdf`, body: pdf }
}

const footOf = (t: Translate, { name, number }: Actor, now: Date) =>
  t('copies:register.foot', { name, staff: number, at: dateTimeText(now) })

async function exported(actor: Actor, format: string, count: number, sha256: string): Promise<void> {
  await reading(actor, 'copy.register_exported', 'register:copies', { after: { format, count, sha256 } })
}

function wholeOf(t: Translate, row: ListedCopy, now: Date): string[] {
  const { number, itemNumber, title, secrecy, customer, permit, way, holder, pages, madeAt, madeBy, dueAt } = row
  const ended = row.endedAt ? `${dateTimeText(row.endedAt)} ${row.endedBy ?? ''}`.trim() : ''
  return [
    number,
    `${itemNumber} ${title}`.trim(),
    t(`archive:mark.${secrecy}`),
    customer,
    permit,
    t(`copies:way.${way}`),
    holder,
    String(pages),
    `${dateTimeText(madeAt)} ${madeBy}`,
    dueDay(dueAt),
    t(`copies:tracked.${trackedAs(row, now)}`),
    ended,
    row.witness ?? '',
  ]
}

function registerPaper(actor: Actor, rows: ListedCopy[], now: Date): Paper {
  const t = translate[actor.language]
  const widths = [30, 46, undefined, 24, 22] as const
  const names = ['number', 'item', 'holder', 'dueAt', 'state'] as const
  const title = t('copies:register.title')
  const edges = edgesOf(actor, now, {
    document: title,
    middle: '',
    mark: t('archive:mark.secret'),
    left: footOf(t, actor, now),
  })
  const most = rows.length >= 500 ? ` ${t('copies:register.most', { n: 500 })}` : ''
  return {
    ...edges,
    // At the left stands who exported it when, with the staff number, as the spreadsheet ends.
    foot: { ...edges.foot, middle: '' },
    title,
    sections: [
      {
        title: title + most,
        blocks: [
          {
            kind: 'table',
            columns: names.map((name, at) => ({ title: t(`copies:field.${name}`), width: widths[at] })),
            rows: rows.map((row) => [
              `${row.number}\n${row.permit}`,
              `${row.itemNumber}\n${row.title}`.trim(),
              `${row.holder} · ${t(`copies:way.${row.way}`)} · ${dateTimeText(row.madeAt)} ${row.madeBy}`,
              dueDay(row.dueAt),
              t(`copies:tracked.${trackedAs(row, now)}`),
            ]),
          },
        ],
      },
    ],
  }
}
