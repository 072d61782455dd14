import { db } from '../../db.ts'
import { hashOf, isToken } from './token.ts'

/** SAT-03: the case behind a link that can still be used; one that was used, ended or never was is all the same. */
export async function openLink(token: string, now: Date) {
  if (!isToken(token)) return null
  const found = await db.complaintRating.findUnique({
    where: { tokenHash: hashOf(token), usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
    select: { id: true, complaintId: true, complaint: { select: { number: true, closedAt: true, state: true } } },
  })
  return found?.complaint.state === 'closed' ? found : null
}

/** What customers said by a link, the last first. */
export function ratingsOf({ id }: { id: bigint }) {
  return db.complaintRating.findMany({
    where: { complaintId: id, usedAt: { not: null } },
    select: { usedAt: true, score: true, words: true },
    orderBy: { usedAt: 'desc' },
  })
}

/** Until when the link that is out can be used. */
export async function linkOut({ id }: { id: bigint }, now: Date): Promise<Date | null> {
  const where = { complaintId: id, usedAt: null, withdrawnAt: null, expiresAt: { gt: now } }
  return (await db.complaintRating.findFirst({ where, select: { expiresAt: true } }))?.expiresAt ?? null
}
