import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleCustomersSql } from './policy.ts'
import { businessNumber } from '../lib/numbers.ts'
import { veilFields } from './sensitivity.ts'

type Columns = Prisma.CustomerGetPayload<object>
/** A customer as it is stored, but for what only searching needs. */
export type Customer = Omit<
  Columns,
  'pinyin' | 'initials' | 'grams' | 'searchText' | 'phoneDigits' | 'importId' | 'confirmedById' | 'withdrawnAt'
> & {
  owner: { number: string; name: string } | null
  department: { name: string } | null
  region: { name: string } | null
  createdBy: { name: string }
  confirmedBy: { name: string } | null
  import: { number: string } | null
}

// By hand and in one piece: every page of a customer and every command begins with it.
const selected = Prisma.sql`
  select c.id, c.number, c.kind::text, c.name, c.core, c.no_chinese_name as "noChineseName", c.aliases,
    c.code_kind::text as "codeKind", c.code, c.relation::text, c.cooperation::text, c.life::text, c.standing::text,
    c.phone, c.more_phones as "morePhones", c.email, c.wechat, c.website, c.province, c.city, c.district,
    c.division_code as "divisionCode", c.address, c.plates, c.source::text, c.source_note as "sourceNote",
    c.purpose::text, c.credit_note as "creditNote", c.trade_note as "tradeNote", c.remark, c.details, c.grade::text,
    c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId", c.version,
    c.created_by_id as "createdById", c.created_at as "createdAt", c.updated_at as "updatedAt",
    c.confirmed_at as "confirmedAt",
    (select json_build_object('number', number, 'name', name) from staff where id = c.owner_id) as owner,
    (select json_build_object('name', name) from department where id = c.department_id) as department,
    (select json_build_object('name', name) from region where id = c.region_id) as region,
    (select json_build_object('name', name) from staff where id = c.created_by_id) as "createdBy",
    (select json_build_object('name', name) from staff where id = c.confirmed_by_id) as "confirmedBy",
    (select json_build_object('number', number) from customer_import where id = c.import_id) as import
  from customer as c`

/**
 * The only way to a customer: what the actor may not see does not exist, and what is sensitive comes masked (PRV-02).
 * Who needs the values themselves locks the row (`lockCustomer`), or asks for one with a reason (unmaskings/).
 */
export async function customerFor(actor: Actor, number: string): Promise<Customer> {
  const [customer] = await ask<Customer>`${selected} where c.id = (
    select id from customer where number = ${number.toUpperCase()} and ${visibleCustomersSql(actor)})`
  if (!customer) throw new NotFound()
  return veilFields(customer)
}

/** Holds the row until the transaction ends; take it before checking any rule. Nothing in it is masked. */
export async function lockCustomer(tx: Tx, id: bigint): Promise<Customer> {
  const [customer] = await tx.$queryRaw<Customer[]>`${selected} where c.id = ${id} for update of c`
  return customer!
}

/** As it is stored, nothing masked, whoever asks: for cards that mask what they show themselves. */
export async function storedCustomer(id: bigint): Promise<Customer> {
  const [customer] = await ask<Customer>`${selected} where c.id = ${id}`
  if (!customer) throw new NotFound()
  return customer
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
  return businessNumber('F', year, Number(row!.n))
}
