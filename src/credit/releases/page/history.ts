import { Prisma } from '../../../../prisma/client/client.ts'
import type { Actor } from '../../../access/actor.ts'
import { withChips } from '../../../customers/history/chips.ts'
import { historyItems } from '../../../customers/history/lines.ts'
import { withoutUnseen, type HistoryLine } from '../../../customers/history/unseen.ts'
import { veilDeep } from '../../../customers/sensitivity.ts'
import { ask } from '../../../db.ts'
import { creditPolicy } from '../../policy.ts'
import { releaseSubject, trailOf, type Release } from '../../queries.ts'
import type { Part } from './parts.ts'

/** AUD-03: what happened to this release alone; it stands among the lines of its customer. */
export const historyPart: Part = {
  aside: async (actor, release, now) => {
    if (!creditPolicy.view(actor, release)) return null
    const items = historyItems(actor, await linesOf(actor, release), now, { brief: true })
    return { view: 'credit/releases/history', place: 'margin', model: { items } }
  },
}

const most = 100

async function linesOf(actor: Actor, release: Release): Promise<HistoryLine[]> {
  const own = Prisma.sql`subject = ${releaseSubject(release)}`
  const ofCustomer = Prisma.sql`subject = ${trailOf(release)} and after ->> 'release' = ${release.number}`
  const found = await ask<HistoryLine & { before: unknown; after: unknown }>`
    select id, at, actor_name as "actorName", action, before, after, why, subject from audit_entry
    where (${own} or (${ofCustomer})) and at >= ${release.requestedAt}::timestamptz - interval '1 day'
    order by id desc limit ${most}`
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  const lines = found.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
  return withChips(await withoutUnseen(actor, lines))
}
