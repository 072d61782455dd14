import type { Prisma } from '../../../prisma/client/client.ts'
import type { Trade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { takeSerials } from '../../customers/numbers.ts'
import type { Tx } from '../../db.ts'
import { yearOf } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { businessNumber } from '../../lib/numbers.ts'
import type { Proposal } from './rules.ts'

type New = { proposals: Proposal[]; preset: Trade | null; terms: { reason: string; effectiveOn: string } }

export async function create(tx: Tx, actor: Actor, { proposals, preset, terms }: New, now: Date) {
  const data = {
    number: await takeNumber(tx, now),
    reason: terms.reason,
    effectiveOn: dayOf(terms.effectiveOn),
    preset,
    draftedById: actor.id,
    draftedAt: now,
    versions: { create: proposals.map(asVersion) },
  }
  return tx.regulationChange.create({ data, select: { id: true, number: true } })
}

async function takeNumber(tx: Tx, now: Date): Promise<string> {
  const year = yearOf(now)
  return businessNumber('R', year, await takeSerials(tx, 'regulation', year, 1))
}

const asVersion = ({ rule, values, replaces }: Proposal) => ({
  rule,
  values: values as Prisma.InputJsonObject,
  replaces: replaces as Prisma.InputJsonObject,
})
