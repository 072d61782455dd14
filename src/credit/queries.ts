import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { db, type Db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { releasePolicy } from './policy.ts'

/** What is read of a customer whose credit is looked at. */
export const customer = {
  select: {
    id: true,
    number: true,
    name: true,
    grade: true,
    ownerId: true,
    departmentId: true,
    regionId: true,
    life: true,
    standing: true,
    withdrawnAt: true,
  },
} satisfies Prisma.CustomerDefaultArgs
export type CreditCustomer = Prisma.CustomerGetPayload<typeof customer>

const related = {
  customer,
  requestedBy: { select: { name: true, number: true } },
  contract: { select: { number: true, endsOn: true } },
} satisfies Prisma.ReleaseInclude

/** A release with what its page needs of others; it lies where its customer lies. Money as decimal yuan. */
export type Release = Prisma.ReleaseGetPayload<{ include: typeof related }>

export const releaseSubject = ({ id }: { id: bigint }) => `release:${id}`

/** Where the trail of everything about a customer's credit stands: with the customer. */
export const trailOf = ({ customerId }: { customerId: bigint }) => `customer:${customerId}`

/** The only way to a customer's credit: who may not see it does not learn of it. */
export async function creditCustomer(actor: Actor, number: string): Promise<CreditCustomer> {
  const found = await db.customer.findUnique({ where: { number: number.toUpperCase() }, ...customer })
  if (!found || found.withdrawnAt || !may(actor, 'credit.view', found)) throw new NotFound()
  return found
}

/** CRD-13: whoever sees releases alone sees those that may go out, and those that went. */
export const seesRelease = (
  actor: Actor,
  release: Pick<Release, 'ownerId' | 'departmentId' | 'regionId' | 'state' | 'releasedAt'>,
) =>
  may(actor, 'credit.view', release) ||
  (releasePolicy.view(actor, release) && (release.state === 'released' || release.state === 'shipped'))

/** The same for a list (Prisma's `where` of releases). */
export const shippableOnly = (actor: Actor): boolean => !mayEver(actor, 'credit.view')

export async function releaseFor(actor: Actor, number: string): Promise<Release> {
  const found = await db.release.findUnique({ where: { number: number.toUpperCase() }, include: related })
  if (!found || !seesRelease(actor, found)) throw new NotFound()
  return found
}

/** For whoever is to sign something about it: the request has let them in. */
export async function releaseToSign(id: bigint): Promise<Release> {
  const found = await db.release.findUnique({ where: { id }, include: related })
  if (!found) throw new NotFound()
  return found
}

/** The same of the customer that a request is about. */
export async function customerToSign({ customerId }: { customerId: bigint | null }): Promise<CreditCustomer> {
  const found = customerId === null ? null : await db.customer.findUnique({ where: { id: customerId }, ...customer })
  if (!found) throw new NotFound()
  return found
}

/**
 * CRD-06: whatever lets goods out, or books money or goods of a customer, takes this first and holds it until its
 * transaction ends, so that no two of them weigh the same figure. Then the release, then documents.
 */
export async function lockAccount(tx: Tx, customerId: bigint): Promise<CreditCustomer> {
  await tx.$queryRaw`select from customer where id = ${customerId} for no key update`
  return tx.customer.findUniqueOrThrow({ where: { id: customerId }, ...customer })
}

/** Of many at once, always in the same order: nobody waits for one of them while holding what its holder waits for. */
export async function lockAccounts(tx: Tx, customerIds: readonly bigint[]): Promise<void> {
  await tx.$queryRaw`select from customer where id = any(${[...customerIds]}::bigint[]) order by id for no key update`
}

/** The account first, then the release itself; before any rule is checked. */
export async function lockRelease(tx: Tx, id: bigint): Promise<Release> {
  const { customerId } = await tx.release.findUniqueOrThrow({ where: { id }, select: { customerId: true } })
  await lockAccount(tx, customerId)
  await tx.$queryRaw`select from release where id = ${id} for update`
  return tx.release.findUniqueOrThrow({ where: { id }, include: related })
}

/** CRD-01: the contracts that hold on a day, the latest first. */
export const contractsOn = (client: Pick<Db, 'contract'>, customerId: bigint, day: Date) =>
  client.contract.findMany({
    where: {
      customerId,
      startsOn: { lte: day },
      endsOn: { gte: day },
      OR: [{ endedOn: null }, { endedOn: { gt: day } }],
    },
    orderBy: { startsOn: 'desc' },
    select: { id: true, number: true, kind: true, endsOn: true, termDays: true },
  })

/** After it was written in this transaction. */
export const releaseNow = (tx: Tx, id: bigint): Promise<Release> =>
  tx.release.findUniqueOrThrow({ where: { id }, include: related })
