import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { readFile } from '../files/keeping.ts'
import { pictures } from '../files/kinds.ts'
import { shownPicture } from '../files/pictures.ts'
import { NotFound } from '../lib/refused.ts'
import type { Download } from '../web/route.ts'
import { kindOf, partOf, type VersionOf } from './queries.ts'

/** The original, byte by byte; `form` says whether it goes to the page's own viewer or to the person's disk. */
export async function original(actor: Actor, record: VersionOf, form: 'preview' | 'download'): Promise<Download> {
  const { name, type, sha256, bytes } = record.chosen
  if (form === 'preview' && kindOf(record.chosen) !== 'pdf') throw new NotFound()
  const body = await readFile(sha256)
  await recordOpening(actor, record, form).catch((error: unknown) => {
    body.destroy()
    throw error
  })
  return { type, fileName: name, body, bytes }
}

/** A picture as it is shown. */
export async function picture(actor: Actor, record: VersionOf): Promise<Download> {
  if (!pictures.includes(kindOf(record.chosen))) throw new NotFound()
  const body = await shownPicture(await readFile(record.chosen.sha256))
  await recordOpening(actor, record, 'preview')
  return { type: 'image/jpeg', fileName: `${record.attachment.id}-${record.chosen.n}.jpg`, body }
}

/** AUD-01: nothing of a file leaves before the trail knows who opened it. */
async function recordOpening(
  actor: Actor,
  { host, attachment, chosen }: VersionOf,
  form: 'preview' | 'download',
): Promise<void> {
  const { n, name, sha256 } = chosen
  const after = { attachment: attachment.title, ...host.told, n, name, sha256, form, part: partOf(attachment) }
  await reading(actor, 'attachment.opened', host.subject, { after })
}
