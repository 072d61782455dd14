import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Request } from '../../approvals/contract.ts'
import type { ApprovalKind } from '../../approvals/kinds.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { isWorkingDay, numberOf, textOf } from '../../calendar/week.ts'
import type { Db, Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { fenOf } from '../../lib/money.ts'
import { monthOf } from '../../lib/months.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { ParameterName } from '../../regulations/parameters.ts'
import { releaseSubject, type Release } from '../queries.ts'
import { weigh, type Figure, type Weighed } from '../reckoning.ts'
import { scalesOf } from '../scales.ts'
import type { Standing, Used } from './rules.ts'

export const approvalOf = {
  first: 'credit.first_override',
  final: 'credit.final_override',
  overdue: 'credit.overdue',
} as const satisfies Record<OverrideKind, ApprovalKind>

/** Who signs it, by the regulation. */
export const signerOf = {
  first: 'credit.first_role',
  final: 'credit.final_role',
  overdue: 'credit.overdue_role',
} as const satisfies Record<OverrideKind, ParameterName>

export type Scales = { standing: Standing; figure: Figure; weighed: Weighed; paid: number }

/** How the release stands this moment, with what was signed for this customer in the month of the server's day. */
export async function scalesFor(client: Tx | Db, release: Release, kind: OverrideKind, now: Date): Promise<Scales> {
  const tx = client as Tx
  const { figure, request, least } = await scalesOf(tx, release, now, fenOf(release.amount.toFixed(2)))
  const used = await usedIn(tx, release.customerId, now)
  const regulation = await regulationAt(now)
  const weighed = weigh(figure, request, least)
  const part = regulation.value(kind === 'final' ? 'credit.final_part' : 'credit.first_part')
  const { holds, short } = weighed
  return {
    standing: { state: release.state, holds, short, limit: figure.limit, part, used },
    figure,
    weighed,
    paid: request.paid,
  }
}

/** CRD-07, CRD-08, CRD-20: whose month it is says the day of signing. */
export async function usedIn(tx: Tx | Db, customerId: bigint, now: Date): Promise<Standing['used']> {
  const found = await (tx as Tx).creditOverride.findMany({
    where: { customerId, state: 'approved', kind: { in: ['first', 'final'] }, month: dayOf(`${monthOf(now)}-01`) },
    select: { kind: true, signedAt: true, signedBy: { select: { name: true } }, release: { select: { number: true } } },
  })
  const of = (kind: OverrideKind): Used | null => {
    const one = found.find((row) => row.kind === kind)
    return one ? { release: one.release.number, by: one.signedBy?.name ?? '', on: dateText(one.signedAt!) } : null
  }
  return { first: of('first'), final: of('final') }
}

/** It is the word of whoever heads the customer's place: moved to another one, it is asked for anew (APR-02). */
export const basisOf = (override: bigint, { departmentId, regionId }: Pick<Release, 'departmentId' | 'regionId'>) =>
  [override, departmentId, regionId].join('/')

export const overrideIn = ({ payload }: Pick<Request, 'payload'>): bigint =>
  BigInt((payload as { override: string }).override)

const ahead = 7

/** CRD-05: today, and the working days of the coming week. */
export async function daysAhead(now: Date): Promise<string[]> {
  const [today, calendar] = [dateText(now), await calendarAt(now)]
  const coming = Array.from({ length: ahead }, (_, n) => textOf(numberOf(today) + n + 1))
  return [today, ...coming.filter((day) => isWorkingDay(calendar, day))]
}

/** The request that is filed anew, where the last one of the kind was sent back. */
export async function returnedBefore(tx: Tx, kind: ApprovalKind, subject: string): Promise<bigint | null> {
  const last = await tx.approvalRequest.findFirst({
    where: { kind, subject },
    orderBy: { id: 'desc' },
    select: { id: true, state: true },
  })
  return last?.state === 'returned' ? last.id : null
}

const listed = {
  id: true,
  kind: true,
  amount: true,
  reason: true,
  state: true,
  request: true,
  askedAt: true,
  signedAt: true,
  validOn: true,
  signedBy: { select: { name: true } },
} as const

/** All that was asked for a release, the newest first. */
export const overridesOf = (client: Tx | Db, { id }: { id: bigint }) =>
  (client as Tx).creditOverride.findMany({ where: { releaseId: id }, orderBy: { id: 'desc' }, select: listed })
export type ListedOverride = Awaited<ReturnType<typeof overridesOf>>[number]

/** What waits for this release already, by its approval's number. */
export async function waitingFor(tx: Tx | Db, release: Release, kind: OverrideKind): Promise<string | null> {
  const found = await (tx as Tx).approvalRequest.findFirst({
    where: { kind: approvalOf[kind], subject: releaseSubject(release), state: 'waiting' },
    select: { number: true },
  })
  return found?.number ?? null
}
