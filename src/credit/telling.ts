import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { moneyText } from '../lib/money.ts'
import { notify } from '../notices/commands.ts'
import { releaseSubject, type Release } from './queries.ts'
import { holds, type Hold } from './reckoning.ts'

/** CRD-09: whoever asked for these goods, and whose customer it is now, hears that they may go out; `told`: who knows already. */
export async function tellReleased(
  tx: Tx,
  actor: Actor,
  released: readonly Release[],
  now: Date,
  told: readonly bigint[] = [],
): Promise<void> {
  const notices = released.flatMap((release) =>
    whoseOf(release)
      .filter((to) => to !== actor.id && !told.includes(to))
      .map((to) => ({
        to,
        kind: 'release.released' as const,
        subject: releaseSubject(release),
        href: `/releases/${release.number}`,
        rule: 'CRD-09',
        params: { number: release.number, amount: moneyText(release.amount.toFixed(2)) },
      })),
  )
  await notify(tx, notices, now)
}

/** CRD-13, CRD-20: stopped as it was to be loaded: whoever waits for it hears why, by the word of the rule. */
export async function tellStopped(
  tx: Tx,
  actor: Actor,
  release: Release,
  found: readonly Hold[],
  now: Date,
): Promise<void> {
  const why = found[0]
  if (!why) return
  const notices = whoseOf(release)
    .filter((to) => to !== actor.id)
    .map((to) => ({
      to,
      kind: 'release.stopped' as const,
      subject: releaseSubject(release),
      href: `/releases/${release.number}`,
      rule: holds[why],
      params: { number: release.number, why: { word: `credit:hold.${why}` as const } },
    }))
  await notify(tx, notices, now)
}

/** Who waits for a release: whoever asked, and whoever the customer belongs to. */
export const whoseOf = ({ requestedById, ownerId }: Pick<Release, 'requestedById' | 'ownerId'>): bigint[] => [
  ...new Set([requestedById, ...(ownerId === null ? [] : [ownerId])]),
]
