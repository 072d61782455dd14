import { beforeAll, describe, expect, it } from 'vitest'
import type { Role, VisitState } from '../../prisma/client/enums.ts'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { aPlan, aVisit } from '../support/visits.ts'

// PPL-01, PPL-02: role × relation, over every way to a visit, a plan and a contact record. What is expected is written
// down here from the rulebook, not asked of the code that is tested.

type Relation = 'owner' | 'companion' | 'near' | 'far' | 'customer'
const relations: Relation[] = ['owner', 'companion', 'near', 'far', 'customer']

/** Whose reach is the company, a department, a region, what is theirs alone; the others have nothing to do with visits. */
const everywhere: Role[] = ['cs_manager', 'sales_director', 'general_manager', 'auditor']
const ofDepartment: Role[] = ['front_desk', 'dept_head']
const ofRegion: Role[] = ['area_manager']
const ofTheirOwn: Role[] = ['sales']
const without: Role[] = ['archivist', 'info_supervisor', 'finance', 'logistics', 'security_admin', 'system_admin']
const roles = [...everywhere, ...ofDepartment, ...ofRegion, ...ofTheirOwn, ...without]

const planners = roles.filter((role) => !without.includes(role) && role !== 'auditor')
const authorisers: Role[] = ['dept_head', 'sales_director', 'general_manager']
const reviewers: Role[] = [...authorisers, 'area_manager']

/** Lies in the person's reach by the table. */
function reaches(role: Role, relation: Relation): boolean {
  if (everywhere.includes(role)) return true
  if (ofDepartment.includes(role) || ofRegion.includes(role)) return relation === 'near'
  return ofTheirOwn.includes(role) && relation === 'owner'
}

/** Who goes, who comes along and whose customer it is know of it, where they have to do with visits at all. */
const sees = (role: Role, relation: Relation) =>
  !without.includes(role) && (reaches(role, relation) || (relation !== 'near' && relation !== 'far'))

type Sample = { arranged: string; done: string; reported: string; party: string; plan: string; record: string }
let people: Cast
const browsers = new Map<Role, Browser>()
const samples = new Map<string, Sample>()

beforeAll(async () => {
  people = await theCast()
  const stranger = await make.staff([{ role: 'sales', department: '城西营业部' }])
  for (const role of roles) {
    browsers.set(role, await signIn(people[role]))
    for (const relation of relations)
      samples.set(`${role} ${relation}`, await sampleFor(people[role], relation, stranger))
  }
}, 240_000)

const far = { department: '城西营业部', region: '西区' }
const near = { department: '城东营业部', region: '东区一片' }

async function sampleFor(person: Person, relation: Relation, stranger: Person): Promise<Sample> {
  const customer = await make.customer({ ownerId: relation === 'customer' ? person.id : null })
  const place = relation === 'near' ? near : far
  const party = `鹤归${Math.random().toString(36).slice(2, 10)}`
  const owner = relation === 'owner' ? person : stranger
  const visit = async (state: VisitState) => {
    const startsAt = new Date(now().getTime() + (state === 'approved' ? 1 : -1) * 86_400_000)
    const made = await aVisit({ by: stranger, customerId: customer.id, party, startsAt, state })
    await pool.query(
      `update visit set owner_id = $2, companions = $3, department_id = (select id from department where name = $4),
         region_id = (select id from region where name = $5) where id = $1`,
      [made.id, owner.id, relation === 'companion' ? [person.id] : [], place.department, place.region],
    )
    return made
  }
  const [arranged, done, reported] = [await visit('approved'), await visit('done'), await visit('reported')]
  await pool.query(
    `insert into visit_report (visit_id, reached, content, findings, feedback, competitors, next_step, submitted_at, submitted_by_id)
     values ($1, 'reached', '看样品', '无', '满意', '无', '月底再去', $2, $3)`,
    [reported.id, now(), owner.id],
  )
  const numbers = { arranged: arranged.number, done: done.number, reported: reported.number }
  const plan = await planOf(owner, place)
  return { ...numbers, party, plan, record: await recordOf(owner, place) }
}

/** Each month once for each person; the plan of a month lies in no region. */
let month = 0
async function planOf(owner: Person, { department }: typeof near): Promise<string> {
  const text = `${2040 + Math.floor(month / 12)}-${String((month++ % 12) + 1).padStart(2, '0')}`
  const { id, number } = await aPlan({ by: owner, month: text })
  const of = `update visit_plan set department_id = (select id from department where name = $2) where id = $1`
  await pool.query(of, [id, department])
  return number
}

/** With a customer of nobody: what one does with one's own customer is another walk. */
async function recordOf(owner: Person, { department, region }: typeof near): Promise<string> {
  const customer = await make.customer({ ownerId: null })
  const { rows } = await pool.query<{ number: string }>(
    `insert into contact_record (number, customer_id, person, way, at, content, result, due_at, recorded_at, owner_id, department_id, region_id)
     select 'LX18' || lpad((random() * 1e8)::int::text, 8, '0'), $1, '丁香结', 'call', $2, '问交货期', '下周发货', $2, $2, $3, d.id, r.id
     from department d, region r where d.name = $4 and r.name = $5 returning number`,
    [customer.id, now(), owner.id, department, region],
  )
  return rows[0]!.number
}

describe.each(roles)('PPL-01: %s', (role) => {
  it.each(relations)('%s', async (relation) => {
    const sample = samples.get(`${role} ${relation}`)!
    const browser = browsers.get(role)!
    const statusOf = async (way: string) => (await get(browser, way)).status
    const seen = sees(role, relation)
    const plain = without.includes(role) ? 403 : seen ? 200 : 404
    /** An act of some: refused by the table before the record is looked for. */
    const byAct = (some: Role[], mayDo: boolean) => (!some.includes(role) ? 403 : !seen ? 404 : mayDo ? 200 : 403)
    const own = byAct(planners, relation === 'owner')

    for (const number of [sample.arranged, sample.done, sample.reported])
      expect(await statusOf(`/visits/${number}`), `what is ${relation}`).toBe(plain)
    for (const way of ['appointment', 'rescheduling', 'replacement', 'cancellation', 'spendings'])
      expect(await statusOf(`/visits/${sample.arranged}/${way}`), way).toBe(own)
    expect(await statusOf(`/visits/${sample.done}/report`), 'report').toBe(own)
    // PPL-02: who is set over others does not sign what is their own.
    const signs = relation !== 'owner' && reaches(role, relation)
    expect(await statusOf(`/visits/${sample.arranged}/authorities`), 'authorities').toBe(byAct(authorisers, signs))
    expect(await statusOf(`/visits/${sample.reported}/report/review`), 'review').toBe(byAct(reviewers, signs))

    const finds = await get(browser, `/visits?q=${encodeURIComponent(sample.party)}`)
    expect(finds.status === 200 && finds.text.includes(`/visits/${sample.arranged}`), 'list').toBe(seen)
    for (const way of ['/', '/visits/reports'])
      if (!seen) expect((await get(browser, way)).text.includes(sample.party), way).toBe(false)
  })

  it.each(['owner', 'near', 'far'] as const)('plans and contact records: %s', async (relation) => {
    const { plan, record } = samples.get(`${role} ${relation}`)!
    const browser = browsers.get(role)!
    const statusOf = async (way: string) => (await get(browser, way)).status
    // A plan lies in a department alone: the region’s manager sees the visits, not the plan.
    const known = relation === 'owner' || (reaches(role, relation) && !ofRegion.includes(role))
    const seen = !without.includes(role) && known
    expect(await statusOf(`/visits/plans/${plan}`), 'plan').toBe(without.includes(role) ? 403 : seen ? 200 : 404)
    const submits = !planners.includes(role) ? 403 : !seen ? 404 : relation === 'owner' ? 200 : 403
    expect(await statusOf(`/visits/plans/${plan}/submission`), 'submission').toBe(submits)
    const told = !without.includes(role) && (relation === 'owner' || reaches(role, relation))
    expect(await statusOf(`/contact-records/${record}`), 'record').toBe(without.includes(role) ? 403 : told ? 200 : 404)
  })
})

const get = (browser: Browser, url: string) =>
  browser.agent.get(url).set('Host', browser.host) as unknown as Promise<{ status: number; text: string }>
