import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { readFile } from '../files/keeping.ts'
import { NotFound } from '../lib/refused.ts'
import type { Download } from '../web/route.ts'
import type { Agreement } from './queries.ts'
import { subjectOf } from './rules.ts'

/** The scan, with its line in the trail before it leaves. */
export async function openScan(actor: Actor, { number, file, fileName }: Agreement): Promise<Download> {
  if (!file || !fileName) throw new NotFound()
  const body = await readFile(file.sha256)
  await reading(actor, 'agreement.opened', subjectOf({ number }), {
    after: { scan: fileName, sha256: file.sha256 },
  }).catch((error: unknown) => {
    body.destroy()
    throw error
  })
  return { type: file.type, fileName, body, bytes: Number(file.bytes) }
}
