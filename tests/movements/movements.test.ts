import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { designatedOn } from '../../src/designations/queries.ts'
import { dueProblems, movingProblems } from '../../src/movements/rules.ts'
import { standingOf } from '../../src/designations/rules.ts'
import { agreed, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { textOf } from '../support/pdf.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { admitted, dayFrom, made } from '../copies/desk.ts'
import { aBorrower, back, lent as borrowed } from '../loans/lending.ts'

let people: Cast
let archivist: Browser
let carrier: Person
const real = () => new Date()
beforeAll(async () => {
  await admitted()
  people = await theCast()
})
beforeEach(async () => {
  moveClock(real)
  archivist = await signIn(people.archivist)
  carrier = await designated()
})
afterAll(() => moveClock(real))

async function designated(from = dayFrom(0), until: string | null = null): Promise<Person> {
  const person = await make.staff([{ role: 'logistics' }])
  const supervisor = await signIn(people.info_supervisor)
  const values = { person: person.number, fromOn: from, untilOn: until ?? '', reason: '负责送件' }
  const page = await supervisor.submit('/designations/new', values)
  if (page.url !== '/designations') throw new Error(page.$('.errors').text())
  return person
}

let serial = 0
/** As the desk lends it: an application that was approved, and the open loan. */
async function lent(item: { id: bigint; customer: { id: bigint } }, days = 3) {
  const due = new Date(now().getTime() + days * 86_400_000)
  const mark = `${process.env['VITEST_POOL_ID'] ?? 0}${Date.now() % 1e8}${serial++}`
  await pool.query(
    `with a as (insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
       values ('JS' || $1, $2, $3, 'approved', 'contract', '核对条款', 3, $4) returning id)
     insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at, lent_by_id, due_at)
     select 'J' || $1, $5, $2, a.id, $3, 6, '核对条款', $4, $6, $7 from a`,
    [mark, item.customer.id, people.sales.id, now(), item.id, people.archivist.id, due],
  )
}

const values = () => ({
  kind: 'carry_out',
  fromWhom: '陆停云',
  toWhom: '桃源书院 武先生',
  carrier: carrier.number,
  measure: 'sealed_cover',
  dueOn: dayFrom(1),
})
const record = (what: string, more: Record<string, string> = {}) =>
  archivist.submit('/movements/new', { ...values(), what, ...more })

describe('ARC-14: only designated persons', () => {
  it('somebody on the list today carries; nobody else, whatever is sent', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    await lent(item)
    const form = await archivist.visit('/movements/new')
    expect(form.$(`select[name=carrier] option[value="${carrier.number}"]`)).toHaveLength(1)
    expect(form.$(`select[name=carrier] option[value="${people.sales.number}"]`)).toHaveLength(0)
    const refused = await record(item.number, { carrier: people.sales.number })
    expect(refused.status).toBe(422)
    expect(refused.$('.errors').text()).toContain('只能由今天有效的指定人员经手')
    expect(refused.$('[name=toWhom]').val()).toBe('桃源书院 武先生')
    const taken = await record(item.number)
    expect(taken.url).toMatch(/^\/movements\/L\d{10}$/)
    for (const said of [item.number, '密封', '桃源书院 武先生', carrier.name, '在途'])
      expect(taken.$('main').text()).toContain(said)
    const { rows } = await pool.query(
      `select after from audit_entry where subject = $1 and action = 'movement.recorded'`,
      [`customer:${item.customer.id}`],
    )
    expect(rows).toMatchObject([{ after: { item: item.number, carrier: carrier.name, measure: 'sealed_cover' } }])
  })

  it('by the day: not before it begins, on its last day still, not after, and not once it was ended', async () => {
    const person = await designated(dayFrom(1), dayFrom(3))
    const start = now().getTime()
    const on = async (days: number) => {
      const at = new Date(start + days * 86_400_000)
      return (await designatedOn(at)).some(({ id }) => id === person.id)
    }
    expect([await on(0), await on(1), await on(3), await on(4)]).toEqual([false, true, true, false])
    const { rows } = await pool.query<{ id: string }>('select id from designated_person where staff_id = $1', [
      person.id,
    ])
    const supervisor = await signIn(people.cs_manager)
    const page = await supervisor.submit(`/designations/${rows[0]!.id}/ending`, { reason: '调岗' })
    expect(page.$('main').text()).toContain('已停止')
    expect(await on(2)).toBe(false)
    const again = await supervisor.visit('/designations')
    expect(again.$('tbody').text()).toContain(person.number)
  })

  it('nor somebody who left, and no two periods of one person overlap', async () => {
    const supervisor = await signIn(people.info_supervisor)
    const twice = await supervisor.submit('/designations/new', {
      person: carrier.number,
      fromOn: dayFrom(2),
      untilOn: '',
      reason: '负责送件',
    })
    expect(twice.$('.errors').text()).toContain('期间重叠')
    await pool.query(`update staff set state = 'disabled' where id = $1`, [carrier.id])
    expect((await designatedOn(now())).some(({ id }) => id === carrier.id)).toBe(false)
  })

  it('only who manages the list opens it', async () => {
    for (const who of ['archivist', 'sales', 'general_manager', 'auditor'] as const)
      expect([who, (await (await signIn(people[who])).visit('/designations')).status]).toEqual([who, 403])
  })

  it('stands by day as a rule', () => {
    const row = { fromOn: '2026-11-20', untilOn: '2026-11-24', endedAt: null }
    expect(standingOf(row, '2026-11-19')).toBe('later')
    expect(standingOf(row, '2026-11-24')).toBe('now')
    expect(standingOf(row, '2026-11-25')).toBe('over')
    expect(standingOf({ ...row, endedAt: new Date(0) }, '2026-11-24')).toBe('ended')
  })
})

describe('ARC-14, ARC-04: what may move', () => {
  it('ARC-04: an original only while it is on loan, and the page leads to the application', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    const page = await archivist.visit(`/movements/new?item=${item.number}`)
    expect(page.$(`a[href="/loans/new?item=${item.number}"]`)).toHaveLength(1)
    const refused = await record(item.number)
    expect(refused.status).toBe(422)
    expect(refused.$('.errors').text()).toContain('没有在借')
    const received = await record(item.number, { kind: 'receive', dueOn: '' })
    expect(received.$('main').text()).toContain('已回')
  })

  it('a copy only while it is out, and not with two carriers at once', async () => {
    const copy = await made({ way: 'photocopy', medium: 'paper' })
    const first = await record(copy.numbers[0]!)
    expect(first.url).toMatch(/^\/movements\/L/)
    const second = await record(copy.numbers[0]!)
    expect(second.$('.errors').text()).toContain('已经在途')
    await archivist.submit(`${first.url}/back`, { sound: 'yes' })
    await archivist.submit(`/copies/${copy.number}/made/${copy.numbers[0]}/return`, {})
    expect((await record(copy.numbers[0]!)).$('.errors').text()).toContain('不能再流转')
  })

  it('ARC-11: what is taken back from its loan, or as a copy, is on its way no longer', async () => {
    const item = await anItem(await make.customer({ department: '城东营业部' }), { secrecy: 'secret' })
    const borrower = await aBorrower()
    await agreed(borrower)
    const loan = await borrowed(await actorOf(borrower), item)
    const moved = await record(item.number)
    expect(moved.url).toMatch(/^\/movements\/L/)
    await back(loan, borrower)
    const copy = await made({ way: 'photocopy', medium: 'paper' })
    const carried = await record(copy.numbers[0]!)
    await archivist.submit(`/copies/${copy.number}/made/${copy.numbers[0]}/return`, {})
    const numbers = [moved, carried].map(({ url }) => url.split('/').at(-1)!)
    const { rows } = await pool.query('select 1 from movement where number = any($1) and back_at is null', [numbers])
    expect(rows).toEqual([])
    const { rows: told } = await pool.query<{ after: object }>(
      `select after from audit_entry where action = 'movement.back' and after ->> 'movement' = any($1) order by id`,
      [numbers],
    )
    expect(told.map(({ after }) => after)).toMatchObject([
      { what: item.number, loan: loan.number },
      { what: copy.numbers[0] },
    ])
    expect((await archivist.visit(moved.url)).$('main').text()).toContain('已回')
  })

  it('eight at once: one goes', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    await lent(item)
    const fields = await Promise.all(Array.from({ length: 8 }, () => archivist.fieldsOf('/movements/new')))
    const answers = await Promise.all(
      fields.map((field) => archivist.post('/movements/new', { ...field, ...values(), what: item.number })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    const { rows } = await pool.query('select 1 from movement where item_id = $1', [item.id])
    expect(rows).toHaveLength(1)
  })

  it('an ordinary internal item and a number of nothing are refused in words', async () => {
    const item = await anItem(await make.customer())
    expect((await record(item.number)).$('.errors').text()).toContain('不用登记流转')
    expect((await record('DA2026999999-09')).$('.errors').text()).toContain('没有这个编号')
    expect((await record(businessNumber('FB', 2026, 999_999))).$('.errors').text()).toContain('没有这个编号')
  })

  it('by rule: not longer than the loan or the copy', () => {
    const item = { number: 'N', secrecy: 'secret', important: false, open: null } as const
    const lentItem = { ...item, loan: { dueOn: '2026-11-26' }, copy: null }
    const say = (found: { reason: string }[]) => found.map(({ reason }) => reason.split('.').at(-1))
    expect(movingProblems('send', lentItem)).toEqual([])
    expect(dueProblems('send', '2026-11-26', lentItem, '2026-11-24')).toEqual([])
    expect(say(dueProblems('send', '2026-11-27', lentItem, '2026-11-24'))).toEqual(['dueFar'])
    expect(say(dueProblems('send', '2026-11-29', lentItem, '2026-11-28'))).toEqual(['dueFar'])
    expect(dueProblems('send', '2026-11-28', lentItem, '2026-11-28')).toEqual([])
    expect(say(dueProblems('send', '2026-11-23', lentItem, '2026-11-24'))).toEqual(['duePast'])
    expect(say(dueProblems('send', null, lentItem, '2026-11-24'))).toEqual(['dueNeeded'])
    expect(dueProblems('receive', null, lentItem, '2026-11-24')).toEqual([])
    expect(say(movingProblems('send', { ...lentItem, open: 'L1' }))).toEqual(['outAlready'])
  })
})

describe('ARC-14: until it is back', () => {
  it('what is out longer than due stands first and says so; back is one act, and only once', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    await lent(item)
    const { url } = await record(item.number)
    const later = new Date(Date.now() + 5 * 86_400_000)
    moveClock(() => later)
    archivist = await signIn(people.archivist)
    expect((await archivist.visit('/movements')).$('tbody').text()).toContain('逾期未回')
    const fields = await archivist.fieldsOf(`${url}/back`)
    const page = await archivist.submit(`${url}/back`, { sound: 'yes' })
    expect(page.$('main').text()).toContain('已回')
    const again = await archivist.post(`${url}/back`, { ...fields, _form: 'another-form-altogether' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('刚被别人登记过')
  })

  it('ARC-20: what differs is told in words and is an incident', async () => {
    const copy = await made({ way: 'photocopy', medium: 'paper' })
    const { url } = await record(copy.numbers[0]!)
    const silent = await archivist.submit(`${url}/back`, { sound: 'no' })
    expect(silent.$('.errors').text()).toContain('请写明哪里不对')
    const page = await archivist.submit(`${url}/back`, { sound: 'no', note: '封口破损，少两页' })
    expect(page.$('#notice, main').text()).toContain('并报告')
    const { rows } = await pool.query<{ what: string }>('select what from incident where item_id = $1', [copy.item.id])
    expect(rows[0]!.what).toContain('封口破损，少两页')
  })

  it('the slip says what moves, under which protection, with room for signatures', async () => {
    const item = await anItem(await make.customer(), { secrecy: 'confidential', keeperId: people.cs_manager.id })
    await lent(item)
    const { url } = await record(item.number)
    const answer = await archivist.agent.get(`${url}/slip.pdf`).set('Host', archivist.host).buffer(true)
    const text = textOf(answer.body as Buffer)
    for (const said of [item.number, '商密·机密', '密封', '骑缝签名', '交出人', carrier.name])
      expect(text).toContain(said)
    expect(text).not.toContain(item.title)
  })

  it('whose registers one does not read, those movements are not there', async () => {
    const item = await anItem(await make.customer({ department: '城西营业部' }), { secrecy: 'secret' })
    await lent(item)
    const { url } = await record(item.number)
    expect((await (await signIn(people.sales)).visit(url)).status).toBe(403)
    const elsewhere = await make.staff([{ role: 'archivist', department: '城东营业部' }])
    await pool.query(
      `insert into acknowledgement (staff_id, at, until_at, text) values ($1, now(), now() + interval '1 year', 'x')`,
      [elsewhere.id],
    )
    expect((await (await signIn(elsewhere)).visit(url)).status).toBe(404)
  })
})
