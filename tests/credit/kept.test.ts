import { beforeAll, expect, it } from 'vitest'
import { overLately } from '../../src/credit/overview/kept.ts'
import { overLimit } from '../../src/credit/overview/over.ts'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { aCreditCustomer, daysAgo, shipped } from '../support/credit.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, forgetCast, theCast } from '../support/make.ts'

beforeAll(async () => {
  await ownDatabase('credit_kept')
  forgetCast()
})

/** Many more like this customer, each of whom owes a hundred. */
async function likeIt({ id }: { id: bigint }, n: number) {
  await pool.query(
    `with made as (insert into customer
       select (jsonb_populate_record(c, jsonb_build_object('id', nextval(pg_get_serial_sequence('customer', 'id')), 'number', 'K99' || g))).*
       from customer c, generate_series(1, $2::int) g where c.id = $1 returning id)
     insert into shipment (number, document, customer_id, amount, shipped_on, source, recorded_at, recorded_by_id)
     select 'XSK' || id, 'XSK' || id, id, 100, $3, 'form', now(), (select min(id) from staff) from made`,
    [id, n, daysAgo(2)],
  )
}

it('CRD-03, wish 59: the first page’s customers over the limit are of now, but where there are many they stand for a minute', async () => {
  const cast = await theCast()
  const [director, head] = [await actorOf(cast.sales_director), await actorOf(cast.dept_head)]
  const at = now()
  const later = (ms: number) => new Date(at.getTime() + ms)
  const customer = await aCreditCustomer({}, { without: 'contract' })
  expect((await overLately(director, at)).count).toBe(0)
  await shipped(customer, { amount: '700.00', on: daysAgo(1) })
  expect((await overLately(director, at)).count).toBe(1)
  await likeIt(customer, 400)
  expect((await overLately(director, at)).count).toBe(401)
  const another = await aCreditCustomer({}, { without: 'contract' })
  await shipped(another, { amount: '800.00', on: daysAgo(1) })
  expect((await overLately(director, later(59_999))).count).toBe(401)
  expect((await overLimit(director, 1, at)).count).toBe(402)
  expect((await overLately(head, at)).count).toBe((await overLimit(head, 1, at)).count)
  expect((await overLately(director, later(60_000))).count).toBe(402)
})
