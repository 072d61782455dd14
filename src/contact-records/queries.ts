import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { db, type Db, type Tx } from '../db.ts'
import { NotFound, Refused } from '../lib/refused.ts'
import { recordPolicy, seesRecord } from './policy.ts'

const related = {
  customer: {
    select: {
      number: true,
      name: true,
      ownerId: true,
      departmentId: true,
      regionId: true,
      withdrawnAt: true,
      contactedOn: true,
      managerContactedOn: true,
    },
  },
  contact: { select: { name: true, post: true } },
  owner: { select: { name: true, number: true } },
} satisfies Prisma.ContactRecordInclude
const left = { grams: true, searchText: true, customerGrams: true } as const

export type ContactRecord = Prisma.ContactRecordGetPayload<{ include: typeof related; omit: typeof left }>

/** As the trail names it as a `part` of its customer. */
export const partOf = ({ id }: { id: bigint }) => `contact_record:${id}`
export const trailOf = ({ customerId }: { customerId: bigint }) => `customer:${customerId}`

/** The only way to a record: what the actor may not know of does not exist. */
export async function recordFor(actor: Actor, number: string): Promise<ContactRecord> {
  const found = await db.contactRecord.findUnique({
    where: { number: number.toUpperCase() },
    include: related,
    omit: left,
  })
  if (!found || !seesRecord(actor, found)) throw new NotFound()
  return found
}

export async function lockRecord(tx: Tx, id: bigint): Promise<ContactRecord> {
  await tx.$queryRaw`select from contact_record where id = ${id} for update`
  const found = await tx.contactRecord.findUnique({ where: { id }, include: related, omit: left })
  if (!found) throw new NotFound()
  return found
}

const aboutWhom = { id: true, number: true, name: true, ownerId: true, departmentId: true, regionId: true } as const
export type AboutWhom = Placed & { id: bigint; number: string; name: string }

/** CUS-19: a customer that this person sees and may write of, by number. */
export async function customerToRecord(tx: Pick<Db, 'customer'>, actor: Actor, number: string): Promise<AboutWhom> {
  const where = { AND: [visibleCustomers(actor), { number: number.trim().toUpperCase() }] }
  const found = await tx.customer.findFirst({ where, select: aboutWhom })
  if (!found || !recordPolicy.recordAt(actor, found))
    throw new Refused([{ rule: 'CUS-19', reason: 'contactRecords:refused.customer', field: 'customer' }])
  return found
}

/** The same to begin a form with; null where there is none. */
export const customerAsked = (actor: Actor, number: string | undefined): Promise<AboutWhom | null> =>
  number === undefined
    ? Promise.resolve(null)
    : customerToRecord(db, actor, number).catch((error: unknown) => {
        if (error instanceof Refused) return null
        throw error
      })

/** Whom one speaks to at a customer. */
export function contactsToChoose(customerId: bigint): Promise<{ id: bigint; name: string; post: string | null }[]> {
  return db.contact.findMany({
    where: { customerId, removedAt: null },
    orderBy: [{ main: 'desc' }, { id: 'asc' }],
    select: { id: true, name: true, post: true },
  })
}
