import { beforeAll, expect, it } from 'vitest'
import { findComplaints } from '../../src/complaints/list/queries.ts'
import { reindex } from '../../src/customers/indexing.ts'
import { pool, writer } from '../../src/db.ts'
import { aComplaint } from '../support/complaints.ts'
import { actorOf, make, theCast } from '../support/make.ts'

beforeAll(theCast)

const found = async (typed: string, person?: { id: bigint }) => {
  const reader = await actorOf(person ?? (await theCast()).cs_manager)
  return (await findComplaints(reader, typed, 50)).rows.map(({ number }) => number)
}

it('CUS-14: a renamed customer’s complaints are found by the new name, its letters and its sound, not by the old', async () => {
  const customer = await make.customer({}, '九嶷茶行')
  const { number } = await aComplaint({ customerId: customer.id })
  for (const typed of ['九嶷', '嶷', '九嶷茶行', 'jy', 'jiuyi']) expect(await found(typed)).toContain(number)
  await writer.$transaction(async (tx) => {
    await tx.customer.update({ where: { id: customer.id }, data: { name: '羽衣茶行' } })
    await reindex(tx, customer.id)
  })
  for (const typed of ['九嶷', '嶷', '九嶷茶行', 'jiuyi']) expect(await found(typed)).not.toContain(number)
  for (const typed of ['羽衣', '衣', '羽衣茶行', 'yy', 'yuyi']) expect(await found(typed)).toContain(number)
})

it('CUS-14: a complaint that goes to another customer is found by that one’s name alone', async () => {
  const [from, to] = [await make.customer({}, '阆苑灯铺'), await make.customer({}, '瀛洲灯铺')]
  const { id, number } = await aComplaint({ customerId: from.id })
  await pool.query('update complaint set customer_id = $2 where id = $1', [id, to.id])
  expect(await found('阆苑')).not.toContain(number)
  expect(await found('瀛洲')).toContain(number)
  await pool.query('update complaint set customer_id = null where id = $1', [id])
  expect(await found('瀛洲')).not.toContain(number)
})

it('PRV-02: by people and places of a customer its complaints are not found, only by its name', async () => {
  const customer = await make.customer({}, '若木琴铺')
  await writer.$transaction(async (tx) => {
    await tx.customer.update({ where: { id: customer.id }, data: { address: '扶桑街九号' } })
    await reindex(tx, customer.id)
  })
  const { number } = await aComplaint({ customerId: customer.id })
  expect(await found('若木')).toContain(number)
  expect(await found('扶桑')).not.toContain(number)
  expect(await found('扶桑街九')).not.toContain(number)
})

it('CMP-03: by the customer’s name the accused finds nothing', async () => {
  const { cs_manager } = await theCast()
  const customer = await make.customer({}, '羲和钟表行')
  const { number } = await aComplaint({ customerId: customer.id, accused: [cs_manager.id] })
  expect(await found('羲和')).not.toContain(number)
  expect(await found('羲和钟表')).not.toContain(number)
  expect(await found('羲和', (await theCast()).auditor)).toContain(number)
})

it('CMP-15: a complaint tells itself that a clock of it was missed, also after the clock was met', async () => {
  const { id } = await aComplaint()
  const breached = async () => (await pool.query('select breached from complaint where id = $1', [id])).rows[0]
  expect(await breached()).toEqual({ breached: false })
  await pool.query(
    `update deadline set breached_at = due_at where subject = 'complaint:' || $1::bigint and kind = 'complaint.contact'`,
    [id],
  )
  expect(await breached()).toEqual({ breached: true })
  await pool.query(`update deadline set met_at = due_at where subject = 'complaint:' || $1::bigint`, [id])
  expect(await breached()).toEqual({ breached: true })
})
