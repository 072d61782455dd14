import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { load } from 'cheerio'
import pg from 'pg'
import { createCustomers } from '../../prisma/seed/customers.ts'
import { root } from '../../src/config.ts'
import { openDatabase } from '../../src/launch/database.ts'
import { createCast } from '../support/cast.ts'
import { benchApprovals } from './approvals.ts'
import { benchArchive, fillArchive } from './archive.ts'
import { open, time, type Times } from './client.ts'
import { benchCredit, fillCredit } from './credit.ts'
import { benchFigure } from './figure.ts'
import { benchComplaints, fillComplaints } from './complaints.ts'
import { openFloor } from './floor.ts'
import { benchLoans } from './loans.ts'
import { benchSweep } from './sweep.ts'
import { benchVisits, fillVisits } from './visits.ts'

// npm run bench -- --customers 100000: times the built server, and beside it a bare floor on the same database.
const wanted = Number(process.argv[process.argv.indexOf('--customers') + 1]) || 100_000
const dataDir = join(tmpdir(), `kehu-bench-${wanted}`)
const quiet = { info() {}, error: console.error }
const password = 'bench of nine herons'
const port = 4499
const address = `http://localhost:${port}`

const database = await openDatabase({ dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined }, quiet)
const client = new pg.Client(database.owner)
await client.connect()
const cast = await createCast(client, () => password)
const {
  rows: [there],
} = await client.query<{ n: number }>('select count(*)::int as n from customer')
if (there!.n < wanted) await createCustomers(client, wanted - there!.n)
await client.query('vacuum (analyze) customer')
await benchSweep(client, database.app)
await benchApprovals(client, database.app, cast)
await benchLoans(client, database.app, cast)
await fillArchive(client, Math.min(500_000, wanted * 5))
await fillComplaints(client, wanted * 10)
await fillVisits(client, wanted * 10)
await fillCredit(client, wanted)
await benchFigure(client, database.app, cast.sales)

const floor = await openFloor(database.app)
const bare = open(floor.address)
const began = performance.now()
const server = await startServer()
console.log(`${wanted} customers; cold start to first page ${Math.round(performance.now() - began)} ms\n`)
try {
  await measure()
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('close', resolve))
  bare.close()
  await floor.close()
  await client.end()
  await database.stop()
}

async function measure(): Promise<void> {
  const person = open(address)
  await person.signIn(cast.cs_manager.number, password)
  const { rows } = await client.query<{ id: string; number: string }>(
    'select id, number from customer order by id desc offset 5000 limit 300',
  )
  const some = (at: number) => rows[at % rows.length]!
  const pieces = ['蓬莱', '青萍', '听雪', '机电', '桥石', '冷链', '杭州']
  const parts = ['9900', '1990', '4321', '7788', '0317']
  const piece = (at: number) => encodeURIComponent(pieces[at % pieces.length]!)
  const part = (at: number) => parts[at % parts.length]!
  const deep = await deepPage(person)

  print('job', { p50: 'p50 ms', p95: 'p95 ms' }, '× floor')
  await compare(
    'list, first page',
    () => person.ask('/customers'),
    () => bare.ask('/list'),
  )
  await compare(
    'list, deep by keyset',
    () => person.ask(deep),
    (at) => bare.ask(`/deep?v=${some(at).id}`),
  )
  await compare(
    'search, 2 characters',
    (at) => person.ask(`/customers?q=${piece(at)}`),
    (at) => bare.ask(`/pieces?v=${piece(at)}`),
  )
  await compare(
    'search, phone fragment',
    (at) => person.ask(`/customers?q=${part(at)}`),
    (at) => bare.ask(`/phone?v=${part(at)}`),
  )
  await compare(
    'search, initials',
    (at) => person.ask(`/customers?q=${['pl', 'qp', 'tx'][at % 3]}`),
    (at) => bare.ask(`/pieces?v=${['pl', 'qp', 'tx'][at % 3]}`),
  )
  await compare(
    'open a customer',
    (at) => person.ask(`/customers/${some(at).number}`),
    (at) => bare.ask(`/open?v=${some(at).number}`),
  )
  const director = open(address)
  await director.signIn(cast.sales_director.number, password)
  print('inbox, 5,000 of 1,005,000', await time(100, () => director.ask('/approvals')))
  director.close()
  console.log('')
  await benchArchive(client, { address, account: cast.cs_manager.number, password })
  console.log('')
  await benchComplaints(client, {
    address,
    account: cast.cs_manager.number,
    head: cast.dept_head.number,
    password,
  })
  console.log('')
  await benchVisits({
    address,
    account: cast.sales_director.number,
    head: cast.dept_head.number,
    sales: cast.sales.number,
    password,
  })
  console.log('')
  await benchCredit(client, { address, account: cast.finance.number, sales: cast.sales.number, password })
  console.log('')
  const form = await person.fields('/customers/new')
  const fresh = (at: number) => ({
    ...form,
    _form: `bench-${began}-${at}`,
    name: `北溟${at}${Math.floor(Math.random() * 1e9)}号茶行`,
    phone: `1980${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`,
    source: 'visit',
    purpose: 'business',
  })
  print('create a customer', await time(100, (at) => person.ask('/customers/new', fresh(at))))
  print('customer file as PDF', await time(30, (at) => person.ask(`/customers/${some(at).number}/file.pdf`)))
  console.log(`\nlists a second at 8 connections  ${await perSecond()}`)
  console.log(`memory (PSS) after the run       ${memory(server.pid!)}`)
  await firstLoad()
  person.close()
}

type Work = (at: number) => Promise<{ status: number }>

async function compare(job: string, work: Work, floorWork: Work): Promise<void> {
  const lowest = await time(200, floorWork)
  const ours = await time(200, work)
  print(job, ours, `${(ours.p50 / lowest.p50).toFixed(1)} × ${lowest.p50.toFixed(2)}`)
}

function print(job: string, { p50, p95 }: Times | { p50: string; p95: string }, ratio = ''): void {
  const cell = (value: number | string) => (typeof value === 'number' ? value.toFixed(2) : value).padStart(9)
  console.log(`${job.padEnd(24)}${cell(p50)}${cell(p95)}   ${ratio}`)
}

async function deepPage(person: ReturnType<typeof open>): Promise<string> {
  let path = '/customers'
  for (let step = 0; step < 40; step++) {
    const next = load((await person.ask(path)).body)('a[rel=next]').attr('href')
    if (!next) break
    path = next.startsWith('?') ? `/customers${next}` : next
  }
  return path
}

async function perSecond(): Promise<number> {
  const people = Array.from({ length: 8 }, () => open(address))
  for (const person of people) await person.signIn(cast.cs_manager.number, password)
  const end = performance.now() + 5000
  let lists = 0
  const keep = async (person: ReturnType<typeof open>) => {
    while (performance.now() < end) {
      await person.ask('/customers')
      lists++
    }
    person.close()
  }
  await Promise.all(people.map(keep))
  return Math.round(lists / 5)
}

function memory(pid: number): string {
  const file = `/proc/${pid}/smaps_rollup`
  const found = existsSync(file) ? /^Pss:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return found ? `${Math.round(Number(found) / 1024)} MiB` : 'known on Linux only'
}

/** What a browser fetches for the sign-in page, as sent: compressed. */
async function firstLoad(): Promise<void> {
  const visitor = open(address)
  const page = await visitor.ask('/sign-in')
  const $ = load(page.body)
  const links = [...$('link[rel=stylesheet], link[rel~=icon], script[src]')].map(
    (one) => $(one).attr('href') ?? $(one).attr('src')!,
  )
  const sprite = /\/assets\/icons[^"#]*/.exec(page.body)?.[0]
  const addresses = [...new Set([...links, ...(sprite ? [sprite] : [])])]
  const bodies = await Promise.all(addresses.map((path) => visitor.ask(path)))
  const bytes = [page, ...bodies].reduce((sum, { body }) => sum + brotliCompressSync(body).length, 0)
  console.log(`first load                       ${addresses.length + 1} requests, ${(bytes / 1024).toFixed(1)} KiB`)
  visitor.close()
}

async function startServer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/src/server.js'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: 'error',
    },
  })
  for (let tries = 0; tries < 1000; tries++) {
    const visitor = open(address)
    const answer = await visitor.ask('/sign-in').catch(() => null)
    visitor.close()
    if (answer?.status === 200) return child
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill()
  throw new Error('the server did not start')
}
