import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { monthFor } from '../../src/complaints/month/queries.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { fillComplaint } from '../support/complaint-filled.ts'
import { aComplaint } from '../support/complaints.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

// CMP-03, PPL-01: role × relation, over every way to a complaint. What is expected is written down here from the
// rulebook, not asked of the code that is tested.

type Relation = 'handler' | 'receiver' | 'near' | 'received_near' | 'far' | 'customer' | 'accused'
const relations: Relation[] = ['handler', 'receiver', 'near', 'received_near', 'far', 'customer', 'accused']

/** Whose reach is the company, a department, a region, what is theirs alone; the other four have nothing to do with it. */
const everywhere: Role[] = ['info_supervisor', 'cs_manager', 'sales_director', 'general_manager', 'auditor']
const ofDepartment: Role[] = ['front_desk', 'dept_head']
const ofRegion: Role[] = ['area_manager']
const ofTheirOwn: Role[] = ['sales', 'logistics']
const without: Role[] = ['archivist', 'finance', 'security_admin', 'system_admin']
const roles = [...everywhere, ...ofDepartment, ...ofRegion, ...ofTheirOwn, ...without]

const printers: Role[] = [
  'front_desk',
  'sales',
  'dept_head',
  'area_manager',
  'cs_manager',
  'sales_director',
  'general_manager',
]
/** Who speaks with the customer: adds files, and may see the phone. */
const speakers: Role[] = ['front_desk', 'sales', 'dept_head', 'cs_manager', 'logistics']

/** Lies in the person's reach, so that an act of the table is open. */
function reaches(role: Role, relation: Relation): boolean {
  if (relation === 'accused') return false
  if (everywhere.includes(role)) return true
  if (ofDepartment.includes(role)) return relation === 'near' || relation === 'received_near'
  if (ofRegion.includes(role)) return relation === 'near'
  return ofTheirOwn.includes(role) && relation === 'handler'
}

/** Knows of it: what is reached, what one received oneself where one's own is one's reach, and one's own customer's. */
const sees = (role: Role, relation: Relation) =>
  reaches(role, relation) ||
  (relation === 'receiver' && ofTheirOwn.includes(role)) ||
  (relation === 'customer' && !without.includes(role))

type Sample = { number: string; title: string; customer: string; attachment: string }
let people: Cast
const browsers = new Map<Role, Browser>()
const samples = new Map<string, Sample>()

beforeAll(async () => {
  people = await theCast()
  const idOf = async (table: 'department' | 'region', name: string) =>
    BigInt((await pool.query<{ id: string }>(`select id from ${table} where name = $1`, [name])).rows[0]!.id)
  const near = { departmentId: await idOf('department', '城东营业部'), regionId: await idOf('region', '东区一片') }
  const far = { departmentId: await idOf('department', '城西营业部'), regionId: await idOf('region', '西区') }
  const stranger = await make.staff([{ role: 'front_desk', department: '城西营业部' }])
  for (const role of roles) {
    const person = people[role]
    browsers.set(role, await signIn(person))
    for (const relation of relations) samples.set(`${role} ${relation}`, await sampleFor(person, relation))
  }

  async function sampleFor(person: Person, relation: Relation): Promise<Sample> {
    const own = relation === 'customer' || relation === 'accused'
    const customer = await make.customer({ ownerId: own ? person.id : null })
    const title = `鹤唳${Math.random().toString(36).slice(2, 10)}`
    const { id, number } = await aComplaint({
      ...(relation === 'near' || relation === 'accused' ? near : far),
      by: stranger,
      title,
      phone: '13800000317',
      phoneDigits: '13800000317',
      customerId: customer.id,
      ownerId: relation === 'handler' ? person.id : null,
      accused: relation === 'accused' ? [person.id] : [],
    })
    await pool.query('update complaint set received_by_id = $2, receiving_department_id = $3 where id = $1', [
      id,
      relation === 'receiver' ? person.id : stranger.id,
      relation === 'received_near' ? near.departmentId : far.departmentId,
    ])
    await fillComplaint(id, (await make.staff()).id)
    const { rows } = await pool.query<{ id: string }>(
      `insert into attachment (complaint_id, title, created_at) values ($1, '门缝', $2) returning id`,
      [id, now()],
    )
    await pool.query(
      `with f as (insert into stored_file (sha256, bytes, type, stored_at, stored_by_id)
         values (md5(random()::text) || md5(random()::text), 1, 'text/plain', $2::timestamptz, $3) returning id)
       insert into attachment_version (attachment_id, n, file_id, name, at, by_id)
       select $1, 1, f.id, '门缝.txt', $2::timestamptz, $3 from f`,
      [rows[0]!.id, now(), person.id],
    )
    return { number, title, customer: customer.number, attachment: rows[0]!.id }
  }
}, 240_000)

describe.each(roles)('CMP-03, PPL-01: %s', (role) => {
  it.each(relations)('%s', async (relation) => {
    const { number, title, customer, attachment } = samples.get(`${role} ${relation}`)!
    const browser = browsers.get(role)!
    const home = `/complaints/${number}`
    const seen = sees(role, relation)
    const statusOf = async (way: string) => (await get(browser, way)).status
    const plain = without.includes(role) ? 403 : seen ? 200 : 404
    /** An act of some: refused by the table before the record is looked for. */
    const byAct = (some: Role[]) => (!some.includes(role) ? 403 : !seen ? 404 : reaches(role, relation) ? 200 : 403)

    for (const way of ['', '/history', '/attachments', `/attachments/${attachment}`])
      expect(await statusOf(home + way), `${way} of what is ${relation}`).toBe(plain)
    for (const paper of ['card', 'form', 'report'])
      expect(await statusOf(`${home}/${paper}.pdf`), paper).toBe(byAct(printers))
    for (const way of ['/attachments/new', '/phone']) expect(await statusOf(home + way), way).toBe(byAct(speakers))

    const named = async (way: string) => {
      const { status, text } = await get(browser, way)
      return status === 200 && (text.includes(home) || text.includes(title))
    }
    const finds = seen && !without.includes(role)
    const linked = async (way: string) => (await get(browser, way)).text.includes(home)
    for (const way of [`/complaints?q=${number}&state=all`, `/complaints?q=${title}&state=all`])
      expect(await linked(way), way).toBe(finds)
    // The search of the whole product is not logistics’.
    expect(await linked(`/search?q=${title}`), 'search').toBe(finds && role !== 'logistics')
    // Whoever handles one holds a role that may: of a clock of one's own one is always told.
    if (!finds && relation !== 'handler') {
      for (const way of ['/', '/deadlines', '/notices', `/customers/${customer}`, `/customers/${customer}/history`])
        expect(await named(way), way).toBe(false)
    }
    const history = await get(browser, `/customers/${customer}/history`)
    if (history.status === 200) expect(history.text.includes(number), 'customer’s history').toBe(finds)
  })
})

describe('CMP-03: the accused', () => {
  it('CMP-03: signs nothing of it, and does not find the request', async () => {
    const accused = await make.staff([{ role: 'cs_manager' }])
    const department = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    const placed = { departmentId: department.id, ownerId: people.dept_head.id }
    const complaint = await aComplaint({ ...placed, accused: [accused.id], state: 'proposing' })
    const head = await signIn(people.dept_head)
    const sent = { kind1: 'compensation', text1: '按进价', amount1: '480.00', reason: '先止损', act: 'submit' }
    const answer = await head.submit(`/complaints/${complaint.number}/remedy`, sent)
    expect(answer.$('.errors').text()).toBe('')
    const { number } = await db.approvalRequest.findFirstOrThrow({ where: { subject: `complaint:${complaint.id}` } })
    const browser = await signIn(accused)
    for (const way of ['/approvals', '/approvals?tab=all', '/']) {
      const { text } = await get(browser, way)
      for (const named of [number, complaint.number]) expect(text, way).not.toContain(named)
    }
    expect((await get(browser, `/approvals/${number}`)).status).not.toBe(200)
    const other = await signIn(people.cs_manager)
    expect((await get(other, `/approvals/${number}`)).status).toBe(200)
  })

  it('CMP-03: is not told of it by any figure of the month', async () => {
    const accused = await make.staff([{ role: 'cs_manager' }])
    const other = await make.staff([{ role: 'cs_manager' }])
    for (let n = 0; n < 3; n++) await aComplaint({ accused: [accused.id] })
    const month = { month: '', department: '' } as never
    const [less, all] = await Promise.all(
      [accused, other].map(async (person) => monthFor(await actorOf(person), month, now())),
    )
    expect(all!.received.all.now - less!.received.all.now).toBe(3)
  })
})

const get = (browser: Browser, url: string) =>
  browser.agent.get(encodeURI(url)).set('Host', browser.host) as unknown as Promise<{ status: number; text: string }>
