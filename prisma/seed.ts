import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { config } from '../src/config.ts'
import { seedCalendar } from '../src/calendar/seed.ts'
import { connect, disconnect } from '../src/db.ts'
import { sweep } from '../src/deadlines/jobs.ts'
import { openDatabase } from '../src/launch/database.ts'
import { now } from '../src/lib/clock.ts'
import { cast, createCast } from '../tests/support/cast.ts'
import { createArchive } from './seed/archive.ts'
import { createComplaints } from './seed/complaints.ts'
import { tellCredit } from './seed/credit.ts'
import { createHistory } from './seed/credit-history.ts'
import { createCustomers } from './seed/customers.ts'
import { createTasks } from './seed/tasks.ts'
import { createVisits } from './seed/visits.ts'
import { planVisits } from './seed/visits-planned.ts'

// npm run seed -- --cast            one person for each role; prints how they sign in (again: new passwords)
// npm run seed -- --customers 1000  invented customers, with the cast if nobody is there yet, and two items of each in the archive
// npm run seed -- --items 5000      invented items of the archive, with their loans, for customers that have no file yet
// npm run seed -- --complaints 2000 invented complaints of four years with their clocks; a fifth of them open
// npm run seed -- --visits 2000     invented visits of the months up to this one, with plans, reports, promises and contact records
// npm run seed -- --credit 2000     months of shipments and receipts for so many confirmed customers; with the cast, its releases and overrides
const clocksAtOnce = 10_000
const wishes = process.argv.slice(2)
const numberAfter = (wish: string) => Number(wishes[wishes.indexOf(wish) + 1])
const count = numberAfter('--customers')
const wantsCast = wishes.includes('--cast')
const wantsCustomers = wishes.includes('--customers')
const wantsItems = wishes.includes('--items')
const wantsComplaints = wishes.includes('--complaints')
const wantsVisits = wishes.includes('--visits')
const wantsCredit = wishes.includes('--credit')
const traders = wantsCredit ? numberAfter('--credit') : wantsCustomers ? Math.min(count, 2000) : 0
const visits = wantsVisits ? numberAfter('--visits') : wantsCustomers ? Math.min(count, 2000) : 0
const complaints = wantsComplaints ? numberAfter('--complaints') : wantsCustomers ? Math.min(count, 2000) : 0
const items = wantsItems ? numberAfter('--items') : wantsCustomers ? Math.min(count * 2, 20_000) : 0

if (config.env === 'production')
  end('演示数据不进生产环境：NODE_ENV=production 时不生成。/ Demo data are refused while NODE_ENV=production.')
if (!wantsCast && !wantsCustomers && !wantsItems && !wantsComplaints && !wantsVisits && !wantsCredit)
  end(
    'npm run seed -- --cast    npm run seed -- --customers 1000    npm run seed -- --items 5000    npm run seed -- --complaints 2000    npm run seed -- --visits 2000    npm run seed -- --credit 2000',
  )
if (wantsCustomers && !(Number.isInteger(count) && count > 0 && count <= 3_000_000))
  end('--customers 后面写 1 到 3000000 / --customers takes a number from 1 to 3000000')
if (wantsItems && !(Number.isInteger(items) && items > 0 && items <= 3_000_000))
  end('--items 后面写 1 到 3000000 / --items takes a number from 1 to 3000000')
if (wantsComplaints && !(Number.isInteger(complaints) && complaints > 0 && complaints <= 3_000_000))
  end('--complaints 后面写 1 到 3000000 / --complaints takes a number from 1 to 3000000')
if (wantsVisits && !(Number.isInteger(visits) && visits > 0 && visits <= 3_000_000))
  end('--visits 后面写 1 到 3000000 / --visits takes a number from 1 to 3000000')
if (wantsCredit && !(Number.isInteger(traders) && traders > 0 && traders <= 200_000))
  end('--credit 后面写 1 到 200000 / --credit takes a number from 1 to 200000')

const database = await openDatabase(config, console)
const client = new pg.Client(database.owner)
await client.connect()
try {
  const { rows } = await client.query('select 1 from staff where phone = $1', [cast[0]!.phone])
  if (wantsCast || rows.length === 0) await seedCast()
  if (wantsCustomers) await seedCustomers()
  if (items > 0) await seedArchive()
  if (complaints > 0) await seedComplaints()
  if (visits > 0) await seedVisits()
  await connect(database.app)
  await seedCalendar(now())
  if (wantsCast) await createTasks(client)
  if (wantsCast && visits > 0) await planVisits(client)
  if (traders > 0) await seedCredit()
  // Of more, the server's first sweep starts them in the background.
  if (!(count > clocksAtOnce)) await startClocks()
} finally {
  await disconnect()
  await client.end()
  await database.stop()
}

async function seedCast(): Promise<void> {
  await client.query('begin')
  const people = await createCast(client, () => randomBytes(9).toString('base64url'))
  await client.query('commit')
  for (const [role, { number, name, password }] of Object.entries(people))
    console.log(`${number}  ${password}  ${role.padEnd(16)} ${name}`)
}

async function seedCustomers(): Promise<void> {
  const began = performance.now()
  await createCustomers(client, count)
  console.log(`${count} 个客户 / customers, ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function seedArchive(): Promise<void> {
  const began = performance.now()
  const made = await createArchive(client, items)
  console.log(`${made} 件档案材料 / archive items, ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (made === 0)
    console.log('每个客户都已有档案：先用 --customers 增加客户。/ Every customer has a file: add customers first.')
}

async function seedComplaints(): Promise<void> {
  const began = performance.now()
  await createComplaints(client, complaints)
  console.log(`${complaints} 件投诉 / complaints, ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function seedVisits(): Promise<void> {
  const began = performance.now()
  await createVisits(client, visits)
  console.log(`${visits} 次拜访 / visits, ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** The stories first: their customers are no longer among those that get months of trade by the way. */
async function seedCredit(): Promise<void> {
  const began = performance.now()
  const told = wantsCast ? await tellCredit(client) : 0
  const made = await createHistory(client, traders)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${made + told} 个客户有授信往来 / customers with credit, ${seconds} s`)
}

/** As the first sweep of the product would: it has something to show from the first page on. */
async function startClocks(): Promise<void> {
  const began = performance.now()
  const { soon, overdue } = await sweep(now())
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::int as n from deadline where met_at is null and cancelled_at is null',
  )
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${rows[0]!.n} 个时限 / deadlines (将到期 soon ${soon}, 逾期 overdue ${overdue}), ${seconds} s`)
}

function end(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
