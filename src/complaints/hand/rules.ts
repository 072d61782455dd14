/** Wish 41: for so long after opening a form somebody is taken to be at it. */
const lasts = 5 * 60_000

export type InHand = { inHandById: bigint | null; inHandAt: Date | null }

/** Whether somebody else than this person is at it. */
export function isInOthersHand({ inHandById, inHandAt }: InHand, actor: { id: bigint }, now: Date): boolean {
  if (inHandById === null || inHandAt === null || inHandById === actor.id) return false
  return now.getTime() - inHandAt.getTime() < lasts
}

/** From when on a mark counts. */
export const inHandSince = (now: Date): Date => new Date(now.getTime() - lasts)
