import type { ReadingWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { PrintFailed, renderDocument } from '../../documents/printer.ts'
import { faultIn, type Stamp } from '../../documents/stamp.ts'
import { readFile } from '../../files/keeping.ts'
import { kindByType, pictures } from '../../files/kinds.ts'
import { shownPicture } from '../../files/pictures.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { NotFound, Refused } from '../../lib/refused.ts'
import { viewerOf } from '../../viewings/viewer.ts'
import type { Download } from '../../web/route.ts'
import { contentsOf, type Content, type ContentAsked } from '../items/queries.ts'
import { isImportant } from '../levels.ts'
import { markOf } from '../marks.ts'
import { openingProblems } from '../opening.ts'
import type { Item } from '../queries.ts'
import { recordReading } from '../registering.ts'
import { stampedPicture, stampedThumbnail } from './stamping.ts'

/** A picture with its viewer’s name and the time in it. */
export async function picture(actor: Actor, item: ContentAsked, now: Date): Promise<Download> {
  const content = await opened(actor, item, now, 'picture')
  const shown = await shownPicture(await readFile(content.sha256))
  const { words, told } = await viewer(actor, item, now)
  const body = await stampedPicture(shown, words)
  await recordReading(actor, item, { way: 'preview', n: content.n, ...told })
  return { type: 'image/jpeg', fileName: `${item.number}-${content.n}.jpg`, body }
}

export async function thumbnail(actor: Actor, item: ContentAsked, now: Date): Promise<Download> {
  const content = await opened(actor, item, now, 'picture')
  const shown = await shownPicture(await readFile(content.sha256))
  const { told } = await viewer(actor, item, now)
  const body = await stampedThumbnail(shown, actor.number)
  await recordReading(actor, item, { way: 'preview', n: content.n, ...told })
  return { type: 'image/jpeg', fileName: `${item.number}-${content.n}-small.jpg`, body }
}

/** A PDF with its viewer’s name and the time on every page. */
export async function stampedPdf(actor: Actor, item: ContentAsked, now: Date): Promise<Download> {
  const content = await opened(actor, item, now, 'pdf')
  const t = translate[actor.language]
  const { words, told } = await viewer(actor, item, now)
  const pdf = await stampedPages(await wholeOf(content), {
    language: actor.language,
    at: now,
    words: {
      mark: markOf(t, item.secrecy),
      head: item.number,
      holder: words,
      foot: t('archive:shown.foot'),
      notice: t('archive:shown.notice'),
      page: t('archive:shown.page'),
      across: words,
    },
  })
  await recordReading(actor, item, { way: 'preview', n: content.n, ...told })
  return { type: 'application/pdf', fileName: `${item.number}-${content.n}.pdf`, body: pdf }
}

/** ARC-13: the original leaves only where it is neither above internal nor important; else taking it is copying. */
export async function originalFile(actor: Actor, item: ContentAsked, now: Date): Promise<Download> {
  const content = await opened(actor, item, now, 'any')
  if (isImportant(item)) {
    await refused(actor, item)
    throw new Refused([{ rule: 'ARC-13', reason: 'archive:refused.copying', params: { number: item.number } }])
  }
  const body = await readFile(content.sha256)
  await recordReading(actor, item, { way: 'download', n: content.n }).catch((error: unknown) => {
    body.destroy()
    throw error
  })
  return { type: content.type, fileName: content.name, body, bytes: content.bytes }
}

/** Marked in a thread of its own, as documents are set; also tried once when a PDF comes in. */
export async function stampedPages(bytes: Buffer, how: Omit<Stamp, 'original' | 'title'>): Promise<Buffer> {
  try {
    return (await renderDocument({ ...how, title: '', original: { kind: 'pdf', bytes } })).pdf
  } catch (error) {
    const fault = error instanceof PrintFailed && faultIn(error.message)
    if (!fault) throw error
    throw new Refused([{ rule: 'ARC-05', reason: `archive:refused.${fault}`, field: 'file' }], { cause: error })
  }
}

export const shownAs = ({ type }: Pick<Content, 'type'>): 'picture' | 'pdf' | 'none' => {
  const kind = kindByType(type)
  if (kind === 'pdf') return 'pdf'
  return kind !== null && pictures.includes(kind) ? 'picture' : 'none'
}

/** ARC-06: whether it opens is asked before whether it is there; who is refused is on record. */
async function opened(actor: Actor, item: ContentAsked, now: Date, as: 'picture' | 'pdf' | 'any'): Promise<Content> {
  const problems = await openingProblems(actor, item, now)
  if (problems.length > 0) {
    await refused(actor, item)
    throw new Refused(problems)
  }
  const content = (await contentsOf(item)).find(({ n }) => n === item.asked)
  if (!content || (as !== 'any' && shownAs(content) !== as)) throw new NotFound()
  return content
}

const refused = (actor: Actor, item: Item) => recordReading(actor, item, { way: 'refused' satisfies ReadingWay })

/** 南宫照 C00452 2026-11-24 14:05 · DA2026000318-07 · 商密·机密 */
async function viewer(actor: Actor, item: Item, now: Date) {
  const { words, ...told } = await viewerOf(actor, item, now)
  const mark = markOf(translate[actor.language], item.secrecy)
  return { words: [`${words} ${dateTimeText(now)}`, item.number, mark].join(' · '), told }
}

export async function wholeOf({ sha256 }: Pick<Content, 'sha256'>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await readFile(sha256)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
