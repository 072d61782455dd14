import type { Actor } from '../access/actor.ts'
import { largestMegabytes } from '../attachments/limits.ts'
import { reading } from '../audit/change.ts'
import { keepFile, readFile, type Kept } from '../files/keeping.ts'
import { kindByType, kinds, pictures } from '../files/kinds.ts'
import { translate } from '../i18n.ts'
import { NotFound } from '../lib/refused.ts'
import type { Download, Upload } from '../web/route.ts'
import { refusal } from './refusing.ts'
import type { Viewing } from './queries.ts'

const scans = ['pdf', ...pictures] as const

/** As the form's file field names them. */
export const acceptable = scans.flatMap((kind) => kinds[kind].extensions.map((ending) => `.${ending}`)).join(',')

export async function scanHint(actor: Actor, now: Date): Promise<string> {
  return translate[actor.language]('viewings:hint.file', { max: await largestMegabytes(now) })
}

/** A letter or a stamped sheet, as it was scanned. */
export async function keepScan(upload: Upload | null): Promise<Kept> {
  if (!upload) throw refusal('noFile', { field: 'file' })
  const kept = await keepFile(upload)
  const kind = kindByType(kept.type)
  if (!kind || !(scans as readonly string[]).includes(kind)) throw refusal('notScan', { field: 'file' })
  return kept
}

/** The letter of an outsider or the stamped sheet; the trail knows who opened it before it leaves. */
export async function paperOf(actor: Actor, viewing: Viewing, which: 'letter' | 'seal'): Promise<Download> {
  const paper = viewing[which]
  if (!paper) throw new NotFound()
  const body = await readFile(paper.sha256)
  const after = { number: viewing.number, paper: which, sha256: paper.sha256 }
  await reading(actor, 'viewing.paper_opened', `customer:${viewing.customerId}`, { after }).catch((error: unknown) => {
    body.destroy()
    throw error
  })
  return { type: 'application/octet-stream', fileName: paper.name, body }
}
