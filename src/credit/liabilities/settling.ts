import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import { notify } from '../../notices/commands.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { lockRelease, releaseSubject, trailOf, type Release } from '../queries.ts'
import { owedAt, type Due } from './due.ts'
import { borneBy, unpaidOf, type Borne } from './rules.ts'

export type Settled = { unpaid: number; people: number }

/**
 * CRD-10: the month of a final override is over: writes what of it is unpaid, and who bears that; both once, whoever else
 * does the same at this moment. Null where it was done before.
 */
export async function settle(tx: Tx, audit: Audit, due: Due, now: Date): Promise<Settled | null> {
  const release = await lockRelease(tx, due.releaseId)
  const override = await tx.creditOverride.findUniqueOrThrow({ where: { id: due.id } })
  if (override.settledAt !== null || release.state === 'held' || release.state === 'released') return null
  const [amount, day] = [fenOf(override.amount.toFixed(2)), dayText(override.validOn)]
  const unpaid = carried(release) ? unpaidOf({ amount, ...(await owedAt(tx, release.id, day)) }) : 0
  await tx.creditOverride.update({ where: { id: override.id }, data: { unpaid: yuanText(unpaid), settledAt: now } })
  const borne = unpaid > 0 ? await bear(tx, release, override, unpaid, now) : []
  await audit(unpaid > 0 ? 'credit_liability.recorded' : 'credit_liability.settled', trailOf(release), {
    after: { release: release.number, on: day, unpaid: yuanText(unpaid), ...said(borne) },
  })
  return { unpaid, people: await tell(tx, release, borne, day, now) }
}

/** What went out within the limit after all, or not at all, went out on no override. */
const carried = ({ state, ground }: Release): boolean => state === 'shipped' && ground === 'final_override'

type Override = Awaited<ReturnType<Tx['creditOverride']['findUniqueOrThrow']>>

/** By the shares that held when it was signed: with them the signers took it on. */
async function bear(tx: Tx, release: Release, override: Override, unpaid: number, now: Date): Promise<Borne[]> {
  const { signedById, month, validOn, customerId } = override
  const signedAt = override.signedAt!
  const regulation = await regulationAt(signedAt)
  const shares = {
    first: regulation.value('credit.share_first'),
    final: regulation.value('credit.share_final'),
    owner: regulation.value('credit.share_owner'),
  }
  const people = { first: await firstSigner(tx, customerId, month), final: signedById, owner: release.ownerId }
  const borne = borneBy(unpaid, shares, people, await hasSignedMode(tx, customerId, signedAt))
  const places = await departmentsOf(tx, borne)
  await tx.creditLiability.createMany({
    data: borne.map(({ part, staffId, share, amount }) => ({
      overrideId: override.id,
      customerId,
      staffId,
      departmentId: staffId === null ? release.departmentId : (places.get(staffId) ?? null),
      part,
      month: dayOf(`${dayText(validOn).slice(0, 7)}-01`),
      share,
      unpaid: yuanText(unpaid),
      amount: yuanText(amount),
      recordedAt: now,
    })),
  })
  return borne
}

/** CRD-08: a final override stands on the first one of its month. */
async function firstSigner(tx: Tx, customerId: bigint, month: Date | null): Promise<bigint | null> {
  const found = await tx.creditOverride.findFirst({
    where: { customerId, kind: 'first', state: 'approved', month },
    select: { signedById: true },
  })
  return found?.signedById ?? null
}

/** CRD-14: a mode that both had signed was in force. */
async function hasSignedMode(tx: Tx, customerId: bigint, at: Date): Promise<boolean> {
  const where = { customerId, state: 'approved' as const, startsOn: { lte: dayOf(at) }, signedAt: { lte: at } }
  return (await tx.cooperationModeChange.count({ where })) > 0
}

async function departmentsOf(tx: Tx, borne: readonly Borne[]): Promise<Map<bigint, bigint | null>> {
  const ids = borne.flatMap(({ staffId }) => (staffId === null ? [] : [staffId]))
  const found = await tx.staff.findMany({ where: { id: { in: ids } }, select: { id: true, departmentId: true } })
  return new Map(found.map(({ id, departmentId }) => [id, departmentId]))
}

const said = (borne: readonly Borne[]) =>
  borne.length === 0
    ? {}
    : { parts: Object.fromEntries(borne.map(({ part, share, amount }) => [part, `${share}% ${yuanText(amount)}`])) }

async function tell(tx: Tx, release: Release, borne: readonly Borne[], day: string, now: Date): Promise<number> {
  const month = day.slice(0, 7)
  const notices = borne.flatMap(({ staffId, amount }) =>
    staffId === null
      ? []
      : [
          {
            to: staffId,
            kind: 'liability.recorded' as const,
            subject: releaseSubject(release),
            href: `/credit/liabilities?month=${month}`,
            rule: 'CRD-10',
            params: { number: release.number, month, amount: moneyText(yuanText(amount)) },
          },
        ],
  )
  await notify(tx, notices, now)
  return notices.length
}
