import { beforeAll, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { givePromise } from '../../src/promises/giving.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'

const start = new Date('2026-11-23T02:00:00Z')
let promise: bigint
let task: bigint
let customer: bigint

beforeAll(async () => {
  const { sales } = await theCast()
  const visit = await aVisit({ state: 'done', startsAt: start })
  const wish = {
    what: '送蟠桃样品',
    owner: sales.number,
    dueOn: '2026-11-25',
    promisedTo: null,
    promisedOn: '2026-11-23',
  }
  const number = await givePromise(await actorOf(sales), visit, wish, start)
  const row = await db.customerPromise.findFirstOrThrow({ where: { task: { number } } })
  ;[promise, task, customer] = [row.id, row.taskId, row.customerId!]
})

/** What stands with the promise, and what it is taken from. */
async function both() {
  const { rows } = await pool.query(
    `select to_jsonb(array[p.state::text, p.due_on::text, p.ended_at::text, p.owner_id::text, p.owner_department_id::text,
         p.created_by_id::text, p.customer_owner_id::text, p.customer_department_id::text, p.customer_region_id::text]) as kept,
       to_jsonb(array[t.state::text, t.due_on::text, t.ended_at::text, t.owner_id::text, o.department_id::text, t.created_by_id::text,
         case when k.withdrawn_at is null then k.owner_id::text end,
         case when k.withdrawn_at is null then k.department_id::text end, k.region_id::text]) as known
     from promise p join task t on t.id = p.task_id join staff o on o.id = t.owner_id join customer k on k.id = p.customer_id
     where p.id = $1`,
    [promise],
  )
  return rows[0] as { kept: string[]; known: string[] }
}

it('VIS-07: a promise says of its task, its keeper and its customer what these say, whatever becomes of them', async () => {
  const other = await make.staff([{ role: 'sales', department: '城东营业部' }])
  const steps: [string, unknown[]][] = [
    ['update task set owner_id = $2, due_on = due_on + 3 where id = $1', [task, other.id]],
    [
      `update staff set department_id = (select id from department where name = '城东营业部') where id = $1`,
      [other.id],
    ],
    ['update customer set owner_id = $2, department_id = null where id = $1', [customer, other.id]],
    ['update customer set withdrawn_at = now() where id = $1', [customer]],
    [`update task set state = 'done', result = '送了', ended_at = now() where id = $1`, [task]],
  ]
  let before = await both()
  expect(before.kept).toEqual(before.known)
  for (const [step, values] of steps) {
    await pool.query(step, values)
    const after = await both()
    expect(after.kept, step).toEqual(after.known)
    expect(after.kept, step).not.toEqual(before.kept)
    before = after
  }
})
