import type pg from 'pg'
import { actorFor } from '../../src/access/queries.ts'
import { connect, disconnect, db } from '../../src/db.ts'
import { remindOfLoans } from '../../src/loans/jobs.ts'
import { everyLoan, registerFor, urgentOf } from '../../src/loans/register.ts'
import type { Cast } from '../support/cast.ts'

const loans = 100_000
const borrowers = 500
const everything = { state: '', person: '', customer: '', item: '', from: '', until: '' } as const

/**
 * ARC-10, ARC-11: 100,000 open loans of 500 borrowers, two thirds of them overdue: the morning's reminders, and the
 * register, first page and deep in it. On rows of its own, which nothing else looks at, in a transaction's worth of time.
 */
export async function benchLoans(client: pg.Client, app: pg.PoolConfig, cast: Cast): Promise<void> {
  const now = new Date('2026-11-25T00:30:00Z')
  await takeOut(client)
  await fill(client, cast, now)
  await connect(app)
  try {
    const { epoch } = await db.staff.findUniqueOrThrow({ where: { id: cast.archivist.id } })
    const actor = (await actorFor(String(cast.archivist.id), epoch, { ip: null, requestId: null }))!
    await print('reminders of 100,000 loans', async () => remindOfLoans(now))
    await print('reminders again, told already', async () => remindOfLoans(now))
    await print('register, sections', async () => (await urgentOf(actor, now)).overdue.count)
    const first = await print('register, first page', async () => registerFor(actor, everything, now))
    const after = first.rows.at(-1)!.number
    await print('register, next page by keyset', async () => registerFor(actor, { ...everything, after }, now))
    await print('register, overdue', async () => registerFor(actor, { ...everything, state: 'overdue' }, now))
    await print('register, 10,000 lines as a file', async () => {
      let n = 0
      for await (const _ of everyLoan(actor, everything, now, 10_000)) n++
      return { rows: n }
    })
  } finally {
    await disconnect()
    await setBack(client, now)
  }
}

// Beside what else is measured no more are out than in an ordinary archive.
const setBack = (client: pg.Client, now: Date) =>
  client.query(
    `update loan set returned_at = $1, brought_by_id = borrower_id, taken_by_id = lent_by_id, pages_back = pages,
       condition_back = 'intact' where number like 'JYB%' and returned_at is null`,
    [now],
  )

/** As they were out in the run before; the register itself would not let that be. */
async function takeOut(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query(`update loan set returned_at = null where number like 'JYB%'`)
  await client.query('set session_replication_role = origin')
  await client.query('vacuum (analyze) loan')
}

async function print<T>(word: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  const told = JSON.stringify(result, (name, value: unknown) =>
    name === 'rows' && Array.isArray(value) ? value.length : value,
  )
  console.log(`${word.padEnd(33)}${Math.round(performance.now() - began)} ms   ${told}`)
  return result
}

/** Items, an application and an open loan for each, as long as there are not as many. */
async function fill(client: pg.Client, cast: Cast, now: Date): Promise<void> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from loan where returned_at is null')
  const missing = loans - rows[0]!.n
  if (missing <= 0) return
  await client.query(
    `insert into staff (number, name, pinyin, password_hash, must_change_password)
     select 'B' || n, '借阅人' || n, 'jieyueren', 'x', false from generate_series(1, $1::int) n on conflict do nothing`,
    [borrowers],
  )
  await client.query(
    `with c as (select id, row_number() over (order by id) as n from customer limit 1000),
       f as (insert into customer_file (number, customer_id, keeper_id, opened_at, opened_by_id)
         select 'DAB' || n, id, $1, $2, $1 from c on conflict (customer_id) do update set remark = customer_file.remark
         returning id, customer_id, number),
       v as (insert into volume (file_id, n, title) select id, 1, '第 1 卷' from f
         on conflict (file_id, n) do update set title = volume.title returning id, file_id),
       i as (insert into archive_item (number, file_id, customer_id, volume_id, n, title, created_at, created_by_id)
         select f.number || '-B' || s, f.id, f.customer_id, v.id, 1000 + s, '供货合同', $2, $1
         from f join v on v.file_id = f.id cross join generate_series(1, ceil($3::int / 1000.0)::int) s
         limit $3::int on conflict do nothing returning id, customer_id, number),
       b as (select array_agg(id order by id) as ids from staff where number like 'B%'),
       a as (insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
         select 'JSB' || i.id, i.customer_id, b.ids[1 + i.id % array_length(b.ids, 1)], 'approved', 'service', '办理续签', 3,
           $2::timestamptz - interval '5 days' from i, b returning id, number, applicant_id)
     insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at, lent_by_id, due_at)
     select 'JYB' || i.id, i.id, i.customer_id, a.id, a.applicant_id, 1, '办理续签',
       $2::timestamptz - make_interval(hours => (i.id % 120)::int),
       $1, $2::timestamptz + make_interval(hours => ((i.id * 7) % 96 - 64)::int)
     from i join a on a.number = 'JSB' || i.id`,
    [cast.archivist.id, now, missing],
  )
  await client.query('analyze loan, archive_item, loan_application, staff')
}
