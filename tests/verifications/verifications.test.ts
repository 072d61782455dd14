import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { addContact, correctContact } from '../../src/contacts/commands.ts'
import { aroundOf } from '../../src/customers/around.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import { changeLife } from '../../src/customers/life.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db, pool } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { translate } from '../../src/i18n.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { verifyCustomer } from '../../src/verifications/commands.ts'
import { markOf } from '../../src/verifications/marks.ts'
import type { Part } from '../../src/verifications/parts.ts'
import { belongingsOf, seenMark, toVerify } from '../../src/verifications/queries.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, factsWith, known, make, refusalOf, theCast } from '../support/make.ts'

const day = (text: string) => new Date(`${text}T02:00:00Z`)
const created = day('2025-03-04')

let people: Cast
let director: Actor
beforeAll(async () => {
  people = await theCast()
  director = await actorOf(people.sales_director)
})

async function recorded(at = created) {
  const number = await createCustomer(director, factsWith({ phone: null, creditNote: '月结' }), at)
  return customerFor(director, number)
}
const clocksOf = (id: bigint) =>
  db.deadline.findMany({
    where: { customerId: id, kind: 'customer.verification' },
    orderBy: { id: 'asc' },
    select: { startedAt: true, dueAt: true, metAt: true, cancelledAt: true },
  })
const open = { metAt: null, cancelledAt: null }

async function verify(who: Actor, id: bigint, parts: Part[], at: Date, more = {}) {
  const customer = await db.customer.findUniqueOrThrow({ where: { id } })
  const seen = seenMark(customer, await belongingsOf(db, id))
  return verifyCustomer(who, id, { parts, all: false, way: 'visit', wayNote: null, seen, ...more }, at)
}
async function marksOf(number: string, now: Date) {
  const customer = await customerFor(director, number)
  const { ages } = await aroundOf(director, customer, 0, now)
  return Object.fromEntries([...ages].map(([part, age]) => [part, markOf(translate.zh, age, now)]))
}

describe('CUS-07: the clock of a record', () => {
  it('begins when it is recorded, and runs twelve months', async () => {
    const { id } = await recorded()
    expect(await clocksOf(id)).toEqual([{ startedAt: created, dueAt: new Date('2026-03-04T16:00:00Z'), ...open }])
  })

  it('is met, and begins anew, once all three sections have been verified since', async () => {
    const { id } = await recorded()
    await verify(director, id, ['identity', 'reach'], day('2025-10-01'))
    expect(await clocksOf(id)).toMatchObject([{ startedAt: created, ...open }])
    await verify(director, id, ['background'], day('2025-12-01'))
    const [first, second] = await clocksOf(id)
    expect(first).toMatchObject({ startedAt: created, metAt: day('2025-12-01') })
    // Counted from the oldest of the three.
    expect(second).toEqual({ startedAt: day('2025-10-01'), dueAt: new Date('2026-10-01T16:00:00Z'), ...open })
  })

  it('a correction with its source verifies that section', async () => {
    const { id, number } = await recorded()
    const source = { way: 'document', wayNote: '营业执照副本' } as const
    await correctCustomer(director, id, { remark: '要发票', ...source, version: 1 }, day('2025-06-01'))
    expect(await db.verification.findMany({ where: { customerId: id } })).toMatchObject([
      { part: 'background', way: 'document', note: '营业执照副本', byId: director.id },
    ])
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `customer:${id}`, action: 'customer.corrected' },
    })
    expect(line.after).toMatchObject({ remark: '要发票', way: 'document', wayNote: '营业执照副本' })
    const marks = await marksOf(number, day('2025-06-02'))
    expect(marks['background']).toEqual({ text: '2025-06-01 江问渠 看证件核实', stale: null, note: '营业执照副本' })
    expect(marks['reach']!.text).toBe('2025-03-04 江问渠 录入')
  })

  it('stops for a lost customer and begins again when it is won back', async () => {
    const { id } = await recorded()
    await changeLife(director, id, { act: 'lose', reason: '迁往外省', version: 1 }, day('2025-05-01'))
    expect(await clocksOf(id)).toMatchObject([{ cancelledAt: day('2025-05-01') }])
    await changeLife(director, id, { act: 'win_back', reason: null, version: 2 }, day('2025-06-01'))
    expect(await clocksOf(id)).toMatchObject([{ cancelledAt: day('2025-05-01') }, { startedAt: created, ...open }])
  })

  it('customers from before there were clocks get theirs with the next sweep, the lost ones none', async () => {
    const [one, lost] = [await make.customer(), await make.customer()]
    await pool.query(`update customer set created_at = '2025-01-02T02:00:00Z' where id = any($1)`, [[one.id, lost.id]])
    await pool.query(`update customer set life = 'lost' where id = $1`, [lost.id])
    await sweep(day('2026-01-10'))
    expect(await clocksOf(one.id)).toMatchObject([{ startedAt: day('2025-01-02'), ...open }])
    expect(await clocksOf(lost.id)).toEqual([])
  })
})

describe('CUS-07: what the page says of each part', () => {
  it('what an import brought was never verified; what is too old says so', async () => {
    const { id, number } = await recorded()
    const { rows } = await pool.query<{ id: string }>(
      `insert into customer_import (number, file_name, sha256, encoding, header, mapping, total, owner_id)
       values ('I18' || lpad((random() * 1e8)::int::text, 8, '0'), 'x.csv', 'x', 'utf-8', '{}', '{}', 1, $1) returning id`,
      [director.id],
    )
    await pool.query(`update customer set import_id = $2 where id = $1`, [id, rows[0]!.id])
    await pool.query(`insert into contact (customer_id, name, created_at) values ($1, '鹿鸣野', $2)`, [id, created])
    await addContact(director, id, { ...contact, name: '云深处' }, day('2025-04-01'))
    const marks = Object.values(await marksOf(number, day('2026-03-05')))
    expect(marks.map(({ text, stale }) => [text, stale])).toEqual([
      ['从未核实（2025-03-04 导入）', '已超过 12 个月'],
      ['从未核实（2025-03-04 导入）', '已超过 12 个月'],
      ['从未核实（2025-03-04 导入）', '已超过 12 个月'],
      ['从未核实（2025-03-04 导入）', '已超过 12 个月'],
      ['2025-04-01 江问渠 录入', null],
    ])
    expect((await marksOf(number, day('2026-03-03')))['identity']!.stale).toBeNull()
  })

  it('a corrected contact is verified by its source', async () => {
    const { id, number } = await recorded()
    await addContact(director, id, contact, day('2025-04-01'))
    const { contacts } = await belongingsOf(db, id)
    const ids = { customerId: id, contactId: contacts[0]!.id }
    await correctContact(director, ids, { ...contact, post: '店长', ...known, version: 1 }, day('2025-05-01'))
    expect((await marksOf(number, day('2025-05-02')))[`contact:${ids.contactId}`]!.text).toBe(
      '2025-05-01 江问渠 电话核实',
    )
  })
})

const contact = {
  name: '鹿鸣野',
  post: null,
  phones: null,
  email: null,
  wechat: null,
  birthCalendar: null,
  birthday: null,
  note: null,
  main: false,
  distinction: null,
}

describe('CUS-07: verifying', () => {
  it('several parts or all at once; the trail names them', async () => {
    const { id } = await recorded()
    await addContact(director, id, contact, day('2025-04-01'))
    await verify(director, id, [], day('2025-05-01'), { all: true, way: 'call', wayNote: '与鹿鸣野通话' })
    const rows = await db.verification.findMany({ where: { customerId: id, at: day('2025-05-01') } })
    expect(rows.map(({ part }) => part.replace(/\d+/, 'n')).toSorted()).toEqual([
      'background',
      'contact:n',
      'identity',
      'reach',
    ])
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `customer:${id}`, action: 'customer.verified' },
    })
    expect(line.after).toEqual({
      verifiedParts: ['identity', 'reach', 'background', '鹿鸣野'],
      way: 'call',
      wayNote: '与鹿鸣野通话',
    })
  })

  it('nothing ticked, somebody else’s contact, and what was changed meanwhile are refused', async () => {
    const [{ id }, other] = [await recorded(), await recorded()]
    await addContact(director, other.id, contact, created)
    const foreign = (await belongingsOf(db, other.id)).contacts[0]!.id
    const none = ['CUS-07 verifications:refused.noPart']
    expect(await refusalOf(verify(director, id, [], created))).toEqual(none)
    expect(await refusalOf(verify(director, id, [`contact:${foreign}`], created))).toEqual(none)
    const seen = seenMark({ version: 1 }, { contacts: [], addresses: [] })
    await addContact(director, id, contact, created)
    expect(await refusalOf(verify(director, id, ['identity'], created, { seen }))).toEqual([
      'CUS-07 verifications:refused.changedMeanwhile',
    ])
  })

  it('PPL-01: only by the roles of the table, in their scope', async () => {
    const { id } = await recorded()
    const may = ['archivist', 'cs_manager', 'sales_director']
    for (const [role, person] of Object.entries(people)) {
      const found = await refusalOf(verify(await actorOf(person), id, ['reach'], created))
      if (may.includes(role)) expect(found, role).toBeNull()
      else expect(found, role).toBeInstanceOf(Forbidden)
    }
  })
})

describe('CUS-07: the reminder', () => {
  it('comes to the owner once, however often it is swept, and waits on the first page', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const actor = await actorOf(owner)
    const number = await createCustomer(actor, factsWith(), created)
    const { id } = await customerFor(actor, number)
    const told = () => db.notice.findMany({ where: { staffId: owner.id }, orderBy: { id: 'asc' } })
    await sweep(day('2025-08-01'))
    expect((await told()).filter(({ rule }) => rule === 'CUS-07')).toEqual([])
    const late = day('2026-03-06')
    expect(await toVerify(actor, day('2026-03-04'))).toBeNull()
    await Promise.all([sweep(late), sweep(late)])
    await sweep(late)
    const notices = (await told()).filter(({ rule }) => rule === 'CUS-07')
    // Found overdue at once, it is not reminded of as due soon; the ladder's first rung is the owner again.
    expect(notices.map(({ kind }) => kind)).toEqual(['deadline.overdue'])
    expect(JSON.stringify(notices.map(({ params }) => params))).not.toContain('海市')
    expect(await toVerify(actor, late)).toMatchObject({ count: 1, months: 12, oldest: { number } })
    await verify(actor, id, ['identity', 'reach', 'background'], late)
    expect(await toVerify(actor, late)).toBeNull()
    expect((await clocksOf(id)).map(({ metAt }) => metAt)).toEqual([late, null])
  })
})
