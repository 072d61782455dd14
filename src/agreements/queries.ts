import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { NotFound } from '../lib/refused.ts'
import type { ListQuery } from './forms.ts'
import { soonOn, type Standing } from './rules.ts'

export const pageSize = 50

const columns = {
  id: true,
  number: true,
  party: true,
  staffId: true,
  staff: { select: { name: true, number: true, state: true } },
  partner: true,
  scope: true,
  duties: true,
  liability: true,
  signedOn: true,
  fromOn: true,
  untilOn: true,
  fileName: true,
  file: { select: { sha256: true, type: true, bytes: true } },
  recordedBy: { select: { name: true } },
  recordedAt: true,
  endedAt: true,
  endReason: true,
  version: true,
} satisfies Prisma.AgreementSelect
export type Agreement = Prisma.AgreementGetPayload<{ select: typeof columns }>

/** Whose it is. */
export const partyName = ({ staff, partner }: Pick<Agreement, 'staff' | 'partner'>): string =>
  staff?.name ?? partner ?? ''

function standing(wanted: Standing, now: Date): Prisma.AgreementWhereInput {
  const [today, soon] = [dayOf(dateText(now)), dayOf(soonOn(dateText(now)))]
  const begun = { endedAt: null, fromOn: { lte: today } }
  return {
    ended: { endedAt: { not: null } },
    planned: { endedAt: null, fromOn: { gt: today } },
    over: { ...begun, untilOn: { lt: today } },
    soon: { ...begun, untilOn: { gte: today, lte: soon } },
    in_force: { ...begun, OR: [{ untilOn: null }, { untilOn: { gt: soon } }] },
  }[wanted]
}

export async function agreementsFor(query: ListQuery, now: Date): Promise<{ rows: Agreement[]; more: boolean }> {
  const { party, q, before } = query
  const contains = { contains: q, mode: 'insensitive' } as const
  const where: Prisma.AgreementWhereInput = {
    AND: [
      query.standing ? standing(query.standing, now) : {},
      q
        ? {
            OR: [
              { number: contains },
              { partner: contains },
              { staff: { name: contains } },
              { staff: { number: contains } },
            ],
          }
        : {},
    ],
    ...(party ? { party } : {}),
    ...(before ? { id: { lt: BigInt(before) } } : {}),
  }
  const rows = await db.agreement.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: pageSize + 1 })
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize }
}

export async function standingCounts(now: Date): Promise<Record<Standing, number>> {
  const names = ['in_force', 'soon', 'planned', 'over', 'ended'] as const
  const counts = await Promise.all(names.map((one) => db.agreement.count({ where: standing(one, now) })))
  return Object.fromEntries(names.map((name, at) => [name, counts[at]])) as Record<Standing, number>
}

export async function agreementFor(_actor: Actor, number: string): Promise<Agreement> {
  const agreement = await db.agreement.findUnique({ where: { number: number.toUpperCase() }, select: columns })
  if (!agreement) throw new NotFound()
  return agreement
}

export async function lockAgreement(tx: Tx, id: bigint): Promise<Agreement> {
  await tx.$queryRaw`select 1 from agreement where id = ${id} for update`
  return tx.agreement.findUniqueOrThrow({ where: { id }, select: columns })
}

export function historyOf({ number }: Agreement) {
  return db.auditEntry.findMany({
    where: { subject: `agreement:${number}`, kind: 'change' },
    orderBy: { id: 'desc' },
    take: 50,
    select: { at: true, actorName: true, action: true, why: true, before: true, after: true },
  })
}

/** For the form: everybody at work. */
export function colleagues() {
  return db.staff.findMany({
    where: { state: 'active' },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 2000,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}
