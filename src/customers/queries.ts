import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleCustomers } from './policy.ts'
import { veilFields } from './sensitivity.ts'

const columns = {
  id: true,
  number: true,
  kind: true,
  name: true,
  core: true,
  noChineseName: true,
  aliases: true,
  codeKind: true,
  code: true,
  relation: true,
  cooperation: true,
  life: true,
  standing: true,
  phone: true,
  morePhones: true,
  email: true,
  wechat: true,
  website: true,
  province: true,
  city: true,
  district: true,
  divisionCode: true,
  address: true,
  plates: true,
  source: true,
  sourceNote: true,
  purpose: true,
  creditNote: true,
  tradeNote: true,
  remark: true,
  details: true,
  ownerId: true,
  departmentId: true,
  regionId: true,
  version: true,
  createdById: true,
  createdAt: true,
  updatedAt: true,
  confirmedAt: true,
  owner: { select: { number: true, name: true } },
  department: { select: { name: true } },
  region: { select: { name: true } },
  createdBy: { select: { name: true } },
  confirmedBy: { select: { name: true } },
  import: { select: { number: true } },
} satisfies Prisma.CustomerSelect
export type Customer = Prisma.CustomerGetPayload<{ select: typeof columns }>

/**
 * The only way to a customer: what the actor may not see does not exist, and what is sensitive comes masked (PRV-02).
 * Who needs the values themselves locks the row (`lockCustomer`), or asks for one with a reason (unmaskings/).
 */
export async function customerFor(actor: Actor, number: string): Promise<Customer> {
  const where = { AND: [{ number: number.toUpperCase() }, visibleCustomers(actor)] }
  const customer = await db.customer.findFirst({ where, select: columns })
  if (!customer) throw new NotFound()
  return veilFields(customer)
}

/** Holds the row until the transaction ends; take it before checking any rule. Nothing in it is masked. */
export async function lockCustomer(tx: Tx, id: bigint): Promise<Customer> {
  await tx.$queryRaw`select 1 from customer where id = ${id} for update`
  return tx.customer.findUniqueOrThrow({ where: { id }, select: columns })
}

export async function placesToChoose() {
  const [departments, regions] = await Promise.all([
    db.department.findMany({ orderBy: { id: 'asc' }, select: { id: true, name: true } }),
    db.region.findMany({ orderBy: { id: 'asc' }, select: { id: true, name: true } }),
  ])
  return { departments, regions }
}

/** A number for one printed copy; a sequence, so that looking changes no table. */
export async function nextCopyNumber(year: number): Promise<string> {
  const [row] = await db.$queryRaw<{ n: bigint }[]>`select nextval('copy_number') as n`
  return `F${year}${String(row!.n).padStart(6, '0')}`
}
