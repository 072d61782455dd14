import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { notify } from '../notices/commands.ts'
import { endingUntold } from './lacking.ts'
import { subjectOf } from './rules.ts'

/** Thirty days before: the person, and whoever records agreements; once for each end. */
export async function tellEnding(now: Date): Promise<number> {
  const ending = await endingUntold(now)
  if (ending.length === 0) return 0
  await change(system, async (tx, audit) => {
    const keepers = await tx.staff.findMany({
      where: { state: 'active', grants: { some: { role: { in: ['info_supervisor'] } } } },
      select: { id: true },
    })
    await notify(
      tx,
      ending.flatMap(({ number, staffId, name, untilOn }) =>
        [...new Set([...keepers.map(({ id }) => id), ...(staffId ? [staffId] : [])])].map((to) => ({
          to,
          kind: 'agreement.ending' as const,
          subject: subjectOf({ number }),
          href: keepers.some(({ id }) => id === to) ? `/agreements/${number}` : '/profile',
          rule: 'PRV-14',
          params: { number, name, until: untilOn },
        })),
      ),
      now,
    )
    await audit('agreement.reminded', 'agreements', { after: { agreements: ending.map(({ number }) => number) } })
  })
  return ending.length
}
