import type { Actor } from '../access/actor.ts'
import { db } from '../db.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Disclosure } from './queries.ts'

/** Who has signed it, and who has yet to. */
export async function signedFor(actor: Actor, { request }: Disclosure) {
  const t = translate[actor.language]
  if (!request) return []
  const steps = await db.approvalStep.findMany({
    where: { request: { number: request.number } },
    orderBy: { n: 'asc' },
    select: { role: true, state: true, decidedAt: true, decidedBy: { select: { name: true } }, reason: true },
  })
  const at = { approved: 'done', refused: 'refused', returned: 'refused', open: 'now' } as Record<string, string>
  return steps.map(({ role, state, decidedAt, decidedBy, reason }) => ({
    name: [role ? t(`access:role.${role}`) : '', decidedBy?.name].filter(Boolean).join(' '),
    ...(decidedAt ? { when: dateTimeText(decidedAt) } : {}),
    ...(reason ? { note: reason } : {}),
    ...(at[state] ? { at: at[state] } : {}),
  }))
}
