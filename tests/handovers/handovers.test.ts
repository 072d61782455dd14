import { beforeAll, describe, expect, it } from 'vitest'
import { assignCustomer } from '../../src/assignments/commands.ts'
import { fileRequest } from '../../src/approvals/filing.ts'
import { addSigner } from '../../src/approvals/signers.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool, type Tx } from '../../src/db.ts'
import { makeDelegation } from '../../src/delegations/commands.ts'
import { colleaguesBeside } from '../../src/delegations/queries.ts'
import { cancelHandover, confirmPapers, finishHandover, startHandover } from '../../src/handovers/commands.ts'
import { confirmReceipt, handOn, receiversFor } from '../../src/handovers/handing-on.ts'
import { outranks } from '../../src/handovers/rules.ts'
import { handoverFor, handoversFor, peopleToLeave } from '../../src/handovers/queries.ts'
import { headsOf } from '../../src/handovers/telling.ts'
import { leftWith, totalOf, type Thing } from '../../src/handovers/things.ts'
import { now as clock } from '../../src/lib/clock.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { disableStaff, enableStaff, resumeStaff, suspendStaff } from '../../src/staff/commands.ts'
import { createTask } from '../../src/tasks/commands.ts'
import { aFile, anItem } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import '../support/connected.ts'

const now = new Date('2026-11-23T02:00:00Z')
const place = { department: '城东营业部' }
let people: Cast
let head: Person

beforeAll(async () => {
  people = await theCast()
  head = await make.staff([{ role: 'dept_head', ...place }])
})

/** Somebody of the head's department, with customers of their own. */
async function leaverWith(customers: number): Promise<Person> {
  const leaver = await make.staff([{ role: 'sales', ...place }])
  await pool.query(`update staff set department_id = (select id from department where name = $2) where id = $1`, [
    leaver.id,
    place.department,
  ])
  for (let n = 0; n < customers; n++) await make.customer({ ownerId: leaver.id, ...place })
  return leaver
}

const colleague = () => make.staff([{ role: 'sales', ...place }])

async function begin(leaver: Person, by: Person = head) {
  const number = await startHandover(await actorOf(by), { staff: leaver.number, leavesOn: '2026-11-30' }, now)
  return handoverFor(await actorOf(by), number)
}

const all = (to: Person | null) => ({ to: to?.number ?? null, which: 'all' as const, q: null, items: [] })
const some = (to: Person, items: bigint[]) => ({ to: to.number, which: 'picked' as const, q: null, items })
const papers = { note: '客户资料 3 份交回', given: true }
const hand = async (id: bigint, thing: Thing, input: Parameters<typeof handOn>[3], by: Person = head) =>
  handOn(await actorOf(by), id, thing, input, now)
const idsOf = async (ownerId: bigint) =>
  (await db.customer.findMany({ where: { ownerId }, orderBy: { id: 'asc' }, select: { id: true } })).map(({ id }) => id)

describe('ACC-02: a leaver hands everything over before the account closes', () => {
  it('ACC-02: the account is not closed while anything is left, then it is; the records stay', async () => {
    const [leaver, to] = [await leaverWith(3), await colleague()]
    const admin = await actorOf(people.system_admin)
    expect(await refusalOf(disableStaff(admin, leaver.id, now))).toEqual(['ACC-02 staff:refused.left'])
    const { id } = await begin(leaver)
    expect(await refusalOf(disableStaff(admin, leaver.id, now))).toEqual([
      'ACC-02 staff:refused.handoverOpen',
      'ACC-02 staff:refused.left',
    ])
    const customers = await idsOf(leaver.id)
    expect(await hand(id, 'customer', some(to, customers.slice(0, 1)))).toEqual({ n: 1, to: to.name })
    expect(await hand(id, 'customer', all(to))).toEqual({ n: 2, to: to.name })
    expect(await idsOf(to.id)).toEqual(customers)
    const boss = await actorOf(head)
    expect(await refusalOf(finishHandover(boss, id, 1, now))).toEqual(['ACC-02 handovers:refused.papersMissing'])
    await confirmPapers(boss, id, { ...papers, version: 1 }, now)
    await finishHandover(boss, id, 2, now)
    await disableStaff(admin, leaver.id, now)
    expect((await db.staff.findUniqueOrThrow({ where: { id: leaver.id } })).state).toBe('disabled')
    const trail = await db.auditEntry.findMany({ where: { subject: `customer:${customers[0]}` } })
    expect(trail.map(({ action, why }) => `${action} ${why}`)).toEqual([
      expect.stringMatching(/^customer\.assigned 交接 J2026\d{6}$/),
    ])
    const told = await db.notice.findMany({ where: { staffId: people.system_admin.id, subject: `staff:${leaver.id}` } })
    expect(told.map(({ kind }) => kind)).toContain('handover.finished')
    expect(await refusalOf(cancelHandover(boss, id, { reason: '留任', version: 3 }, now))).toEqual([
      'ACC-02 handovers:refused.done',
    ])
  })

  it('CUS-06: whoever began it does not cancel it alone once customers have gone; another head does', async () => {
    const [leaver, to] = [await leaverWith(2), await colleague()]
    const { id } = await begin(leaver)
    const why = { reason: '留任', version: 1 }
    await hand(id, 'customer', all(to))
    expect(await refusalOf(cancelHandover(await actorOf(head), id, why, now))).toEqual([
      'CUS-06 handovers:refused.cancelAlone',
    ])
    await cancelHandover(await actorOf(people.general_manager), id, why, now)
    expect((await db.handover.findUniqueOrThrow({ where: { id } })).state).toBe('cancelled')
    expect(await idsOf(to.id)).toHaveLength(2)
  })

  it('ACC-02: while it is under way the leaver is given nothing more; what came by another way is listed again', async () => {
    const [leaver, to] = [await leaverWith(1), await colleague()]
    const { id } = await begin(leaver)
    const director = await actorOf(people.sales_director)
    const other = await make.customer({ ownerId: to.id, ...place })
    const { departmentId, version } = await db.customer.findUniqueOrThrow({ where: { id: other.id } })
    const wish = { owner: leaver.number, departmentId, regionId: null, version, reason: '改归属试试' }
    expect(await refusalOf(assignCustomer(director, other.id, wish, now))).toEqual([
      'ACC-02 assignments:refused.ownerLeaving',
    ])
    const task = { title: '回访', note: null, owner: leaver.number, dueOn: '2026-12-01', customer: null }
    expect(await refusalOf(createTask(director, task, now))).toEqual(['PPL-01 tasks:refused.ownerUnknown'])
    const boss = await actorOf(head)
    await hand(id, 'customer', all(to))
    await confirmPapers(boss, id, { ...papers, version: 1 }, now)
    await pool.query('update customer set owner_id = $1 where id = $2', [leaver.id, other.id])
    expect(await refusalOf(finishHandover(boss, id, 2, now))).toEqual(['ACC-02 handovers:refused.left'])
    await hand(id, 'customer', some(to, [other.id]))
    await finishHandover(boss, id, 2, now)
    expect(await db.handoverLine.count({ where: { handoverId: id, toId: to.id } })).toBe(2)
  })

  it('ACC-02: of two who hand the same customers on at once, one does; every customer goes once', async () => {
    const [leaver, one, other] = [await leaverWith(5), await colleague(), await colleague()]
    const { id } = await begin(leaver)
    const customers = await idsOf(leaver.id)
    const answers = await Promise.all([
      refusalOf(hand(id, 'customer', some(one, customers))),
      refusalOf(hand(id, 'customer', some(other, customers), people.sales_director)),
    ])
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.filter(Boolean)).toEqual([['ACC-02 handovers:refused.gone']])
    const receivers = [(await idsOf(one.id)).length, (await idsOf(other.id)).length]
    expect(receivers.toSorted()).toEqual([0, 5])
    const lines = await db.auditEntry.count({
      where: { action: 'customer.assigned', subject: { in: customers.map((customer) => `customer:${customer}`) } },
    })
    expect(lines).toBe(5)
  })

  it('ACC-02: one handover of a person at a time, also when two begin it at once', async () => {
    const leaver = await leaverWith(0)
    const answers = await Promise.all(
      [head, people.sales_director, people.general_manager].map((by) => refusalOf(begin(leaver, by))),
    )
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(new Set(answers.filter(Boolean).flat() as string[])).toEqual(new Set(['ACC-02 handovers:refused.underWay']))
  })

  it('ACC-02: tasks, delegations, imports and shared views go or end, and are listed with to whom', async () => {
    const leaver = await make.staff([{ role: 'sales_director' }])
    const to = await make.staff([{ role: 'sales_director' }])
    const actor = await actorOf(leaver)
    const task = { title: '给客户回电', note: null, owner: leaver.number, dueOn: '2026-12-01', customer: null }
    await createTask(actor, task, now)
    await createTask(actor, { ...task, owner: people.sales.number }, now)
    const kinds = ['customer.key_fields' as const]
    await makeDelegation(
      actor,
      { to: to.number, kinds, fromOn: '2026-11-23', untilOn: '2026-11-24', reason: null },
      now,
    )
    await pool.query(
      `insert into saved_view (staff_id, name, query, shared) values ($1, '城东', 'life=signed', true),
         ($2, '城东', 'life=signed', true), ($1, '自己看的', 'life=signed', false)`,
      [leaver.id, to.id],
    )
    await pool.query(
      `insert into customer_import (number, file_name, sha256, encoding, header, mapping, state, total, owner_id)
       values ('I18' || lpad((random() * 1e8)::int::text, 8, '0'), '蓬莱.csv', 'x', 'utf-8', '{名称}', '{}', 'mapping', 1, $1)`,
      [leaver.id],
    )
    const boss = people.general_manager
    const { id } = await begin(leaver, boss)
    const counts = { customer: 0, task: 1, given_task: 1, delegation: 1, import: 1, view: 1 }
    expect(await leftWith(db, leaver.id, now)).toMatchObject(counts)
    for (const thing of ['task', 'given_task', 'import', 'view'] as const) await hand(id, thing, all(to), boss)
    expect(await hand(id, 'delegation', all(null), boss)).toEqual({ n: 1, to: null })
    expect(totalOf(await leftWith(db, leaver.id, now))).toBe(0)
    const lines = await db.handoverLine.findMany({ where: { handoverId: id }, orderBy: { id: 'asc' } })
    expect(lines.map(({ kind, toId }) => [kind, toId])).toEqual([
      ['task', to.id],
      ['given_task', to.id],
      ['import', to.id],
      ['view', to.id],
      ['delegation', null],
    ])
    const views = await db.savedView.findMany({ where: { staffId: to.id }, select: { name: true } })
    expect(views.map(({ name }) => name).toSorted()[1]).toContain(`城东 · ${leaver.name}`)
    expect((await db.task.findFirstOrThrow({ where: { ownerId: to.id } })).createdById).toBe(to.id)
    const clocks = await db.deadline.findMany({ where: { kind: 'task.due', ownerId: to.id } })
    expect(clocks).toHaveLength(1)
  })

  it('ACC-02, ARC-01: what the leaver keeps in the archive goes to another keeper, never to who hands it over (ARC-06)', async () => {
    const [leaver, to] = [await leaverWith(0), await make.staff([{ role: 'archivist' }])]
    const customer = await make.customer(place)
    const file = await aFile(customer, leaver.id)
    const item = await anItem(customer, { secrecy: 'confidential', keeperId: leaver.id })
    const { id, number } = await begin(leaver)
    expect(await leftWith(db, leaver.id, now)).toMatchObject({ kept_file: 1, kept_item: 1 })
    expect(await refusalOf(hand(id, 'kept_file', all(await colleague())))).toEqual([
      'ACC-02 handovers:refused.receiver',
    ])
    const own = await make.staff([{ role: 'dept_head', ...place }, { role: 'archivist' }])
    expect(await refusalOf(hand(id, 'kept_item', all(own), own))).toEqual(['ARC-06 archive:refused.keeperSelf'])
    expect(await hand(id, 'kept_file', all(to))).toEqual({ n: 1, to: to.name })
    expect(await hand(id, 'kept_item', all(to))).toEqual({ n: 1, to: to.name })
    expect(totalOf(await leftWith(db, leaver.id, now))).toBe(0)
    expect(await db.customerFile.findUniqueOrThrow({ where: { id: file.id } })).toMatchObject({ keeperId: to.id })
    expect(await db.archiveItem.findUniqueOrThrow({ where: { id: item.id } })).toMatchObject({ keeperId: to.id })
    const trail = await db.auditEntry.findMany({
      where: { subject: `customer:${customer.id}`, action: { in: ['file.kept', 'item.level_changed'] } },
      orderBy: { id: 'asc' },
    })
    expect(trail).toMatchObject([
      { before: { keeper: leaver.name }, after: { file: file.number, keeper: to.name }, why: `交接 ${number}` },
      { after: { item: item.number, keeper: to.name } },
    ])
  })

  it('ACC-02: a signature asked of the leaver is asked of another, never of whom it concerns; own requests are withdrawn', async () => {
    const [leaver, filer, to] = [await leaverWith(0), await colleague(), await colleague()]
    const request = async (filedBy: Person, signer: Person | null) => {
      const { rows } = await pool.query<{ id: string; step: string }>(
        `with r as (
           insert into approval_request (number, kind, subject, basis, filed_by_id, filed_at)
           values ('S18' || lpad((random() * 1e8)::int::text, 8, '0'), 'customer.key_fields',
             'customer:' || (random() * 1e9)::int, '1', $1, $3) returning id),
         s as (
           insert into approval_step (request_id, n, kind, role, staff_id, filed_by_id, state, opened_at)
           select id, 1, 'customer.key_fields', case when $2::bigint is null then 'sales_director'::role end, $2, $1,
             'open', $3 from r returning id)
         select r.id, s.id as step from r, s`,
        [filedBy.id, signer?.id ?? null, now],
      )
      return { id: BigInt(rows[0]!.id), step: BigInt(rows[0]!.step) }
    }
    const named = await request(filer, leaver)
    const own = await request(leaver, null)
    const { id } = await begin(leaver)
    expect(await leftWith(db, leaver.id, now)).toMatchObject({ signature: 1, request: 1 })
    expect(await refusalOf(hand(id, 'signature', all(filer)))).toEqual(['PPL-02 handovers:refused.ownRequest'])
    await hand(id, 'signature', all(to))
    expect((await db.approvalStep.findUniqueOrThrow({ where: { id: named.step } })).staffId).toBe(to.id)
    await hand(id, 'request', all(null))
    const ended = await db.approvalRequest.findUniqueOrThrow({ where: { id: own.id } })
    expect([ended.state, ended.endReason]).toEqual(['withdrawn', expect.stringMatching(/^交接 J2026/)])
    expect(totalOf(await leftWith(db, leaver.id, now))).toBe(0)
  })

  it('ACC-02: whoever is leaving is no deputy and is asked for no signature any more', async () => {
    const [director, leaver] = [await make.staff([{ role: 'sales_director' }]), await leaverWith(0)]
    await begin(leaver)
    const days = { fromOn: '2026-11-23', untilOn: '2026-11-24' }
    const wish = { to: leaver.number, kinds: ['customer.key_fields' as const], ...days, reason: null }
    expect(await refusalOf(makeDelegation(await actorOf(director), wish, now))).toEqual([
      'ACC-02 delegations:refused.leaving',
    ])
    const filer = await actorOf(people.sales)
    const { id } = await change(filer, (tx, audit) => {
      const where = { place: { departmentId: null, regionId: null }, basis: '1' }
      return fileRequest(tx, audit, filer, { kind: 'customer.key_fields', subject: 'customer:9876501', ...where }, now)
    })
    const asked = addSigner(await actorOf(director), id, { staff: leaver.number, reason: null, version: 1 }, now)
    expect(await refusalOf(asked)).toEqual(['ACC-02 approvals:refused.signerLeaving'])
    const offered = await colleaguesBeside(director.id)
    expect(offered.map(({ number }) => number)).not.toContain(leaver.number)
  })

  it('CUS-06: whoever runs the handover does not take the customers, nor is offered as one who could', async () => {
    const [leaver, to] = [await leaverWith(1), await colleague()]
    const { id } = await begin(leaver)
    expect(await refusalOf(hand(id, 'customer', all(head)))).toEqual(['CUS-06 handovers:refused.toOneself'])
    expect(await idsOf(leaver.id)).toHaveLength(1)
    const offered = (await receiversFor(await actorOf(head), 'customer', leaver.id))!.map(({ number }) => number)
    expect([offered.includes(head.number), offered.includes(to.number)]).toEqual([false, true])
    expect(await hand(id, 'customer', all(head), people.sales_director)).toEqual({ n: 1, to: head.name })
  })

  it('PPL-02: a signature asked of the leaver goes to nobody who asked for it, or may not see it', async () => {
    const [leaver, to, outside] = [await leaverWith(0), await colleague(), await make.staff([{ role: 'sales' }])]
    const customer = await make.customer({ ownerId: to.id, department: place.department })
    const filed = await change(await actorOf(people.sales), async (tx, audit) => {
      const filing = {
        kind: 'customer.key_fields',
        subject: `customer:${customer.id}`,
        customerId: customer.id,
      } as const
      const where = { place: { departmentId: null, regionId: null }, basis: '1' }
      return fileRequest(tx, audit, await actorOf(people.sales), { ...filing, ...where }, now)
    })
    await pool.query(`update approval_step set n = 2, state = 'waiting' where request_id = $1`, [filed.id])
    await pool.query(
      `insert into approval_step (request_id, n, kind, filed_by_id, staff_id, added_by_id, state, opened_at)
       values ($1, 1, 'customer.key_fields', $2, $3, $4, 'open', $5)`,
      [filed.id, people.sales.id, leaver.id, head.id, now],
    )
    const { id } = await begin(leaver)
    for (const wrong of [head, people.auditor, outside])
      expect(await refusalOf(hand(id, 'signature', all(wrong)))).toEqual(['APR-01 handovers:refused.signer'])
    expect(await hand(id, 'signature', all(to))).toEqual({ n: 1, to: to.name })
  })

  it('ACC-02: nobody sees to the handover of a senior, nor of who keeps accounts, rights or the trail', async () => {
    const inPlace = async (role: string) => {
      const person = await make.staff([{ role }])
      await pool.query(`update staff set department_id = (select id from department where name = $2) where id = $1`, [
        person.id,
        place.department,
      ])
      return person
    }
    for (const role of ['sales_director', 'general_manager', 'security_admin', 'auditor'])
      expect([role, await refusalOf(begin(await inPlace(role)))]).toEqual([role, ['ACC-02 handovers:refused.senior']])
    const director = await inPlace('sales_director')
    const offered = (await peopleToLeave(await actorOf(head))).map(({ number }) => number)
    expect(offered).not.toContain(director.number)
    const leaver = await db.staff.findUniqueOrThrow({ where: { id: director.id } })
    expect(await headsOf(db as unknown as Tx, leaver)).not.toContain(head.id)
    const { id } = await begin(director, people.general_manager)
    await make.customer({ ownerId: director.id, ...place })
    expect(await refusalOf(hand(id, 'customer', all(await colleague())))).toEqual(['ACC-02 handovers:refused.senior'])
    expect(outranks(['dept_head'], ['dept_head', 'sales'])).toBe(false)
    expect(outranks(['cs_manager'], ['sales_director'])).toBe(false)
    expect(outranks(['dept_head', 'general_manager'], ['auditor'])).toBe(false)
  })

  it('ACC-02: nobody sees to their own handover, nor to one outside their place', async () => {
    const leaver = await make.staff([{ role: 'dept_head', ...place }])
    await pool.query(`update staff set department_id = (select id from department where name = $2) where id = $1`, [
      leaver.id,
      place.department,
    ])
    const { id, number } = await begin(leaver)
    const own = await actorOf(leaver)
    expect(await refusalOf(confirmPapers(own, id, { ...papers, version: 1 }, now))).toEqual([
      'ACC-02 handovers:refused.own',
    ])
    expect(await refusalOf(hand(id, 'customer', all(null), leaver))).toEqual(['ACC-02 handovers:refused.own'])
    expect(await refusalOf(begin(leaver, leaver))).toEqual([
      'ACC-02 handovers:refused.own',
      'ACC-02 handovers:refused.underWay',
    ])
    const west = await actorOf(await make.staff([{ role: 'dept_head', department: '城西营业部' }]))
    await expect(handoverFor(west, number)).rejects.toBeInstanceOf(NotFound)
    expect((await handoversFor(west, undefined)).map((row) => row.number)).not.toContain(number)
    expect((await handoversFor(own, undefined)).map((row) => row.number)).toContain(number)
    expect(await refusalOf(begin(leaver, people.dept_head))).not.toBeNull()
    const elsewhere = await make.staff()
    expect(await refusalOf(begin(elsewhere))).toEqual(['PPL-01 handovers:refused.unknown'])
  })

  it('ACC-02: 5,000 customers go in one step within seconds, each with its line in the trail', async () => {
    const [leaver, to] = [await leaverWith(1), await colleague()]
    await pool.query(
      `insert into customer (number, kind, name, core, pinyin, initials, grams, search_text, owner_id, department_id, created_by_id)
       select 'K17' || lpad(($1::bigint * 5000 + n)::text, 8, '0'), kind, name || n, core || n, pinyin, initials, grams,
         search_text, owner_id, department_id, created_by_id
       from customer, generate_series(1, 4999) n where owner_id = $1`,
      [leaver.id],
    )
    const { id } = await begin(leaver)
    const before = performance.now()
    expect((await hand(id, 'customer', all(to))).n).toBe(5000)
    expect(performance.now() - before).toBeLessThan(30_000)
    expect(await db.handoverLine.count({ where: { handoverId: id } })).toBe(5000)
    await pool.query('delete from handover_line where handover_id = $1', [id])
    await pool.query('delete from customer where owner_id = $1', [to.id])
  }, 60_000)

  it('ACC-02: whoever receives confirms it, and confirms anew what came later', async () => {
    const [leaver, to] = [await leaverWith(2), await colleague()]
    const { id, number } = await begin(leaver)
    const [first, second] = await idsOf(leaver.id)
    const receiver = await actorOf(to)
    await expect(confirmReceipt(receiver, number)).rejects.toBeInstanceOf(NotFound)
    const boss = await actorOf(head)
    await handOn(boss, id, 'customer', some(to, [first!]), clock())
    await confirmReceipt(receiver, number)
    expect(await refusalOf(confirmReceipt(receiver, number))).toEqual(['ACC-02 handovers:refused.receivedAlready'])
    await new Promise((done) => setTimeout(done, 5))
    await handOn(boss, id, 'customer', some(to, [second!]), clock())
    await confirmReceipt(receiver, number)
    const given = await db.notice.count({ where: { staffId: to.id, kind: 'handover.given' } })
    expect(given).toBe(2)
  })
})

describe('ACC-02: suspending', () => {
  it('ACC-02: is out at once and everywhere, sign-in is refused alike, and it can be undone', async () => {
    const person = await colleague()
    const browser = await signIn(person)
    const admin = await actorOf(people.security_admin)
    await suspendStaff(admin, person.id, '手机被盗')
    expect((await browser.visit('/')).url).toContain('/sign-in')
    await expect(signIn(person)).rejects.toThrow('was not let in')
    expect(await refusalOf(suspendStaff(admin, person.id, '再次'))).toEqual(['ACC-02 staff:refused.suspendedAlready'])
    expect(await refusalOf(enableStaff(await actorOf(people.system_admin), person.id))).toEqual([
      'ACC-02 staff:refused.suspendedOnly',
    ])
    await resumeStaff(admin, person.id)
    await signIn(person)
    expect(await refusalOf(resumeStaff(admin, person.id))).toEqual(['ACC-02 staff:refused.notSuspended'])
    expect(await refusalOf(suspendStaff(admin, admin.id, '自己'))).toEqual(['ACC-02 staff:refused.ownSuspension'])
    const trail = await db.auditEntry.findMany({
      where: { subject: `staff:${person.id}`, action: { startsWith: 'staff.' } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action, why }) => `${action} ${why}`)).toEqual([
      'staff.suspended 手机被盗',
      'staff.resumed null',
    ])
  })
})
