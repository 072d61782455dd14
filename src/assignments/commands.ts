import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import type { Assignment } from './forms.ts'

/** Gives a customer to an owner, department and region (CUS-06 will ask for approval of it). */
export function assignCustomer(actor: Actor, id: bigint, input: Assignment, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.assign', customer)) throw new Forbidden('customers.assign')
    if (customer.version !== input.version)
      throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.meanwhile' }])
    const owner = await ownerNamed(tx, input.owner)
    const { departmentId, regionId } = input
    const place = { ownerId: owner?.id ?? null, departmentId, regionId }
    if (!may(actor, 'customers.assign', place))
      throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
    const version = customer.version + 1
    const after = await tx.customer
      .update({
        where: { id },
        data: { ...place, version, updatedAt: now },
        select: { department: true, region: true },
      })
      .catch(refuseMissingPlace)
    await audit('customer.assigned', `customer:${id}`, {
      before: {
        owner: customer.owner?.name ?? '',
        department: customer.department?.name ?? '',
        region: customer.region?.name ?? '',
        version: customer.version,
      },
      after: {
        owner: owner?.name ?? '',
        department: after.department?.name ?? '',
        region: after.region?.name ?? '',
        version,
      },
    })
  })
}

async function ownerNamed(tx: Tx, number: string | null) {
  if (number === null) return null
  const owner = await tx.staff.findFirst({ where: { number, state: 'active' }, select: { id: true, name: true } })
  if (!owner) throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.ownerUnknown', field: 'owner' }])
  return owner
}

function refuseMissingPlace(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')
    throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }])
  throw error
}
