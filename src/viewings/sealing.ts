import type { Actor } from '../access/actor.ts'
import { lockItems } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import { recordFile } from '../files/keeping.ts'
import type { Upload } from '../web/route.ts'
import { lockOwn, sign } from './commands.ts'
import { refusal } from './refusing.ts'
import type { Sealed } from './forms.ts'
import { keepScan } from './papers.ts'
import type { Viewing } from './queries.ts'
import { stageOf } from './states.ts'

/** 18.2: the sheet with the department's seal came: only now is there anything to sign. */
export async function sealViewing(
  actor: Actor,
  { id, number }: Viewing,
  { version }: Sealed,
  upload: Upload | null,
  now: Date,
): Promise<void> {
  const sheet = await keepScan(upload)
  await change(actor, async (tx, audit) => {
    const viewing = await lockOwn(tx, actor, id, version, now)
    if (stageOf(viewing, now) !== 'unsealed') throw refusal('notUnsealed')
    const held = await lockItems(
      tx,
      viewing.items.map(({ itemId }) => itemId),
    )
    const sealFileId = await recordFile(tx, actor, sheet, now)
    await tx.viewing.update({ where: { id }, data: { sealFileId, sealName: sheet.name, version: version + 1 } })
    const after = { number, sheet: sheet.sha256, version: version + 1 }
    await audit('viewing.sealed', `customer:${viewing.customerId}`, { before: { version }, after })
    await sign(tx, audit, actor, { id, items: held, reason: viewing.reason }, now)
  })
}
