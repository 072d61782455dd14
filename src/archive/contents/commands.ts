import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { faultOf } from '../../files/fault.ts'
import { keepFile, recordFile, type Kept } from '../../files/keeping.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import type { Upload } from '../../web/route.ts'
import { mayWrite } from '../items/policy.ts'
import { partOf, toldOf } from '../items/trail.ts'
import { lockItem } from '../queries.ts'
import { shownAs, stampedPages, wholeOf } from './opening.ts'

/** ARC-05: a new content on top of those that are there; none is ever written over. Answers with its number. */
export async function addContent(actor: Actor, itemId: bigint, upload: Upload | null, now: Date): Promise<number> {
  if (!upload) throw faultOf('none')
  const kept = await keepFile(upload)
  await refuseUnshown(kept, now)
  return change(actor, async (tx, audit) => {
    const item = await lockItem(tx, itemId)
    if (!mayWrite(actor, item)) throw new Forbidden('archive.keep')
    if (item.state === 'disposed') throw new Refused([{ rule: 'ARC-05', reason: 'archive:refused.disposedChanges' }])
    const latest = await tx.itemVersion.findFirst({
      where: { itemId },
      orderBy: { n: 'desc' },
      select: { n: true, file: { select: { sha256: true } } },
    })
    if (latest?.file.sha256 === kept.sha256)
      throw new Refused([{ rule: 'ARC-05', reason: 'archive:refused.sameContent', field: 'file' }])
    const n = (latest?.n ?? 0) + 1
    const fileId = await recordFile(tx, actor, kept, now)
    await tx.itemVersion.create({ data: { itemId, n, fileId, name: kept.name, at: now, byId: actor.id } })
    const { sha256, bytes, type, name } = kept
    await audit('item.content_added', `customer:${item.customerId}`, {
      before: { part: partOf(item) },
      after: { item: item.number, n, sha256, bytes, type, ...toldOf(item.secrecy, { name }) },
    })
    return n
  })
}

const practice = { mark: '', head: '', holder: '', foot: '', notice: '', page: '', across: '' }

/** What could not be shown with the viewer’s name on it is not taken: a PDF with a password, or a broken one. */
async function refuseUnshown(kept: Kept, now: Date): Promise<void> {
  if (shownAs(kept) === 'pdf') await stampedPages(await wholeOf(kept), { language: 'zh', at: now, words: practice })
}
