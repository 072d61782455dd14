import type { Actor } from '../access/actor.ts'
import { recordReading } from '../archive/registering.ts'
import { itemFor, lockItem } from '../archive/queries.ts'
import { change, reading } from '../audit/change.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { NotFound, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Download } from '../web/route.ts'
import { coverSheet } from './cover.ts'
import { lineIn } from './locking.ts'
import { handlingProblems } from './making.ts'
import { contentOf, type CopyRecord, type PermitLine } from './queries.ts'
import { makingProblems } from './rules.ts'
import { stamped } from './stamping.ts'

/**
 * ARC-13: the numbered copy as a file, once: its number is used up, the register of viewing has its line, and the checksum
 * of exactly these bytes is kept, before the first of them leaves.
 */
export async function handOut(actor: Actor, record: CopyRecord, now: Date): Promise<Download> {
  const { copy } = record
  refuseIf(handingProblems(record))
  const line = lineOf(record)
  await itemFor(actor, line.number)
  refuseIf(await handlingProblems(actor, line, now))
  const content = await contentOf(line.itemId, copy.versionN!)
  if (!content) throw new NotFound()
  const { pdf, sha256, pages } = await stamped(content, marksOf(actor, record, line))
  const item = await change(actor, async (tx, audit) => {
    const [held] = await tx.$queryRaw<{ sha256: string | null; state: string }[]>`
      select sha256, state::text from numbered_copy where id = ${copy.id} for update`
    refuseIf(handingProblems({ ...record, copy: { ...copy, sha256: held!.sha256, state: held!.state as 'out' } }))
    const locked = await lockItem(tx, line.itemId)
    refuseIf(makingProblems(record, await lineIn(tx, record.id, line.itemId), locked, 0, dateText(now)))
    await tx.numberedCopy.update({ where: { id: copy.id }, data: { sha256, pages, version: { increment: 1 } } })
    const after = { copyNumber: copy.number, permit: record.number, item: line.number, sha256 }
    await audit('copy.handed', `customer:${record.customerId}`, { after })
    return locked
  })
  await recordReading(actor, item, { way: record.way === 'print' ? 'print' : 'download', n: content.n })
  return { type: 'application/pdf', fileName: `${copy.number}.pdf`, body: pdf }
}

/** ARC-13: the sheet that is bound to a copy that was made elsewhere. It shows nothing of the content. */
export async function printCover(actor: Actor, record: CopyRecord, now: Date): Promise<Download> {
  if (record.state !== 'approved') throw new Refused([{ rule: 'ARC-13', reason: 'copies:refused.none' }])
  const { pdf, sha256 } = await renderDocument(coverSheet(actor, record, lineOf(record), now))
  const after = { copyNumber: record.copy.number, permit: record.number, sha256 }
  await reading(actor, 'copy.cover_printed', `customer:${record.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${record.copy.number}-cover.pdf`, body: pdf }
}

const lineOf = ({ lines, copy }: CopyRecord): PermitLine => lines.find(({ number }) => number === copy.itemNumber)!

function handingProblems({ state, copy }: CopyRecord): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'ARC-13', reason, params: { number: copy.number } }]
  if (state !== 'approved') return refuse('copies:refused.none')
  if (copy.versionN === null) return refuse('copies:refused.notFile')
  if (copy.sha256 !== null) return refuse('copies:refused.fetched')
  return copy.state === 'out' ? [] : refuse('copies:refused.ended')
}

function marksOf(actor: Actor, record: CopyRecord, line: PermitLine) {
  const { copy, number: permit, dueOn } = record
  const t = translate[actor.language]
  const { number, holder, madeBy, madeAt } = copy
  return {
    language: actor.language,
    title: number,
    at: madeAt,
    words: {
      mark: t(`archive:mark.${line.secrecy}`),
      head: t('copies:stamp.head', { number, permit }),
      holder: t('copies:stamp.holder', { holder }),
      foot: t('copies:stamp.foot', { at: dateTimeText(madeAt), by: madeBy, taker: `${actor.name} ${actor.number}` }),
      notice: t('copies:stamp.notice', { day: dueOn }),
      page: t('documents:page'),
      across: `${number} ${holder}`,
    },
  }
}
