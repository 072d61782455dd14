import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { highestOf } from '../archive/signing.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Paper, Section } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate } from '../i18n.ts'
import { factsBlock, listBlocks, signatureBlocks, supplementBlocks } from './document-blocks.ts'
import { knowsItem } from './known.ts'
import { itemsOf, supplementsOf, type Transfer } from './queries.ts'

/** ARC-03: the list three people sign, a sheet for each of them; nothing leaves before the trail knows it (AUD-01). */
export async function printList(actor: Actor, transfer: Transfer, now: Date) {
  const t = translate[actor.language]
  const items = await itemsOf(transfer.id)
  const papers = (['copyA', 'copyB', 'copyC'] as const).map((copy) => ({
    name: 'document' as const,
    heading: t(`transfers:pdf.${copy}`),
    level: highestOf(items.filter((item) => knowsItem(actor, transfer, item))),
    sections: [
      { title: t(`transfers:pdf.${copy}`), blocks: [factsBlock(t, transfer, items)] },
      { title: t('transfers:section.items'), blocks: listBlocks(t, actor, transfer, items) },
      { title: t('transfers:section.signatures'), blocks: signatureBlocks(t, transfer) },
    ],
  }))
  return printed(actor, transfer, papers, now)
}

/** ARC-03: B's dated list to A. */
export async function printSupplements(actor: Actor, transfer: Transfer, now: Date) {
  const t = translate[actor.language]
  const [items, supplements] = await Promise.all([itemsOf(transfer.id), supplementsOf(transfer.id)])
  const sections: Section[] = [
    { title: t('transfers:pdf.facts'), blocks: [factsBlock(t, transfer, items)] },
    { title: t('transfers:section.supplements'), blocks: supplementBlocks(t, supplements) },
    { title: t('transfers:section.signatures'), blocks: signatureBlocks(t, transfer, true) },
  ]
  return printed(actor, transfer, [{ name: 'supplement', heading: transfer.number, level: 'internal', sections }], now)
}

type Printing = { name: 'document' | 'supplement'; heading: string; level: SecrecyLevel; sections: Section[] }

async function printed(actor: Actor, transfer: Transfer, papers: Printing[], now: Date) {
  const sheets = []
  for (const paper of papers) sheets.push((await renderDocument(paperOf(actor, transfer, paper, now))).pdf)
  const body = await together(sheets)
  const after = { transfer: transfer.number, sha256: createHash('sha256').update(body).digest('hex') }
  await reading(actor, 'transfer.printed', `customer:${transfer.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${transfer.number}-${papers[0]!.name}.pdf`, body }
}

function paperOf(actor: Actor, transfer: Transfer, { name, heading, level, sections }: Printing, now: Date): Paper {
  const t = translate[actor.language]
  const word = t(`transfers:pdf.${name}`)
  return {
    ...edgesOf(actor, now, {
      document: word,
      middle: heading,
      mark: t(`archive:mark.${level}`),
      left: transfer.number,
    }),
    title: `${word} ${transfer.number}`,
    sections,
  }
}

/** Each copy begins on a sheet of its own and counts its own pages. */
async function together(sheets: readonly Buffer[]): Promise<Buffer> {
  if (sheets.length === 1) return sheets[0]!
  const whole = await PDFDocument.create()
  for (const sheet of sheets) {
    const one = await PDFDocument.load(sheet)
    for (const copied of await whole.copyPages(one, one.getPageIndices())) whole.addPage(copied)
  }
  return Buffer.from(await whole.save())
}
