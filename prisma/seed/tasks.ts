import type pg from 'pg'
import type { Actor } from '../../src/access/actor.ts'
import { actorFor } from '../../src/access/queries.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { createTask } from '../../src/tasks/commands.ts'
import { taskFor } from '../../src/tasks/queries.ts'
import { finishTask, withdrawTask } from '../../src/tasks/settling.ts'
import { cast } from '../../tests/support/cast.ts'

type Member = (typeof cast)[number]['role']
/** Given so many days ago, due so many days from today; ended so many days ago, with what came of it. */
type Wish = {
  from: Member
  to: Member
  title: string
  note?: string
  given: number
  due: number
  about?: boolean
  done?: { ago: number; result: string }
  withdrawn?: { ago: number; reason: string }
}

const wishes: Wish[] = [
  { from: 'dept_head', to: 'sales', title: '约客户看新到的样品', given: 8, due: -3, about: true },
  { from: 'cs_manager', to: 'front_desk', title: '把上周的来访登记补齐', given: 5, due: -1 },
  { from: 'dept_head', to: 'sales', title: '回访：上次投诉的包装问题解决了没有', given: 2, due: 0, about: true },
  {
    from: 'archivist',
    to: 'front_desk',
    title: '核对三位客户的收货地址',
    note: '打电话问，问到的当天改。',
    given: 1,
    due: 0,
  },
  { from: 'sales_director', to: 'dept_head', title: '整理本月流失客户的原因', given: 3, due: 4 },
  { from: 'general_manager', to: 'sales_director', title: '准备下季度的重点客户名单', given: 4, due: 9 },
  { from: 'sales', to: 'finance', title: '查一下这家客户的对账单', given: 0, due: 2, about: true },
  { from: 'sales', to: 'archivist', title: '补扫这批老客户的合同附件', given: 1, due: 14 },
  {
    from: 'dept_head',
    to: 'sales',
    title: '送合同样本给客户过目',
    given: 12,
    due: -6,
    about: true,
    done: { ago: 7, result: '已送到，客户说下周给答复。' },
  },
  {
    from: 'cs_manager',
    to: 'front_desk',
    title: '更新前台的交接清单',
    given: 10,
    due: -5,
    done: { ago: 3, result: '改好了，贴在前台抽屉里。' },
  },
  {
    from: 'sales_director',
    to: 'area_manager',
    title: '看一看东区一片要不要加人',
    given: 9,
    due: 5,
    withdrawn: { ago: 2, reason: '改由人事统一安排。' },
  },
]

/** Tasks between the people of the cast, as they would have given and settled them themselves. */
export async function createTasks(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select 1 from task limit 1')
  if (rows.length > 0) return
  const moment = now()
  const people = await peopleOf(client)
  // Customers of the seller, in the department of his head: both see them.
  const { rows: customers } = await client.query<{ number: string }>(
    `select number from customer where owner_id = $1 and withdrawn_at is null and life <> 'lost' and department_id in
       (select department_id from role_grant where staff_id = $2) order by id desc limit 5`,
    [people('sales').id, people('dept_head').id],
  )
  try {
    for (const [at, wish] of wishes.entries())
      await carryOut(wish, moment, people, customers[at % 5]?.number ?? customers[0]?.number ?? null)
  } finally {
    moveClock(() => new Date())
  }
}

async function carryOut(wish: Wish, moment: Date, people: (role: Member) => Actor, customer: string | null) {
  const { from, to, title, note = null, given, due, about, done, withdrawn } = wish
  const [giver, owner] = [people(from), people(to)]
  const dueOn = dateText(dayStart(dateText(moment), due))
  const facts = { title, note, owner: owner.number, dueOn, customer: about ? customer : null }
  const number = await createTask(giver, facts, past(moment, given))
  const { id, version } = await taskFor(giver, number)
  if (done) await finishTask(owner, id, { result: done.result, version }, past(moment, done.ago))
  if (withdrawn) await withdrawTask(giver, id, { reason: withdrawn.reason, version }, past(moment, withdrawn.ago))
}

/** Some days ago at half past nine; the trail has it at that time, too. Today: just now. */
function past(moment: Date, days: number): Date {
  const then = days === 0 ? moment : new Date(dayStart(dateText(moment), -days).getTime() + 9.5 * 3_600_000)
  moveClock(() => then)
  return then
}

async function peopleOf(client: pg.Client): Promise<(role: Member) => Actor> {
  const found = new Map<Member, Actor>()
  for (const { role, phone } of cast) {
    const { rows } = await client.query<{ id: string; epoch: number }>('select id, epoch from staff where phone = $1', [
      phone,
    ])
    const actor = await actorFor(rows[0]!.id, rows[0]!.epoch, { ip: null, requestId: null })
    found.set(role, actor!)
  }
  return (role) => found.get(role)!
}
