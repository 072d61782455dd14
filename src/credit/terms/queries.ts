import type { ApprovalKind } from '../../approvals/kinds.ts'
import type { Db, Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import type { Terms } from './rules.ts'

type Reads = Pick<Tx, 'creditTerms' | 'cooperationModeChange'> | Pick<Db, 'creditTerms' | 'cooperationModeChange'>
type Whose = { id: bigint }

const byDay = [{ startsOn: 'desc' as const }, { id: 'desc' as const }]

/** What holds on the day; the rolling limit where nothing else was signed (CRD-02). */
export async function termsNow(client: Reads, { id }: Whose, now: Date): Promise<Terms> {
  const day = dayOf(dateText(now))
  const found = await (client as Tx).creditTerms.findFirst({
    where: {
      customerId: id,
      state: 'approved',
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gte: day } }],
    },
    orderBy: byDay,
  })
  return found ? termsOf(found) : { method: 'rolling_30', amount: null, startsOn: '', endsOn: null }
}

type Stored = {
  method: Terms['method']
  amount: { toFixed: (n: number) => string } | null
  startsOn: Date
  endsOn: Date | null
}
export const termsOf = ({ method, amount, startsOn, endsOn }: Stored): Terms => ({
  method,
  amount: amount?.toFixed(2) ?? null,
  startsOn: dayText(startsOn),
  endsOn: endsOn && dayText(endsOn),
})

export async function modeNow(client: Reads, { id }: Whose, now: Date) {
  const found = await (client as Tx).cooperationModeChange.findFirst({
    where: { customerId: id, state: 'approved', startsOn: { lte: dayOf(dateText(now)) } },
    orderBy: byDay,
    select: { after: true },
  })
  return found?.after ?? null
}

const mostShown = 20
const shown = { take: mostShown, orderBy: { id: 'desc' as const } }

export const termsHistory = (client: Reads, { id }: Whose) =>
  (client as Tx).creditTerms.findMany({ where: { customerId: id }, ...shown })
export const modeHistory = (client: Reads, { id }: Whose) =>
  (client as Tx).cooperationModeChange.findMany({ where: { customerId: id }, ...shown })

export const subjectOf = ({ id }: Whose) => `customer:${id}`

/** What waits for this customer already, by its number. */
export async function waitingFor(client: Tx | Db, kind: ApprovalKind, whose: Whose): Promise<string | null> {
  const found = await (client as Tx).approvalRequest.findFirst({
    where: { kind, subject: subjectOf(whose), state: 'waiting' },
    select: { number: true },
  })
  return found?.number ?? null
}
