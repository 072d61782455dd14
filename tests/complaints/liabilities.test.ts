import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { recordLiability } from '../../src/complaints/liabilities/commands.ts'
import { liabilityForm } from '../../src/complaints/liabilities/forms.ts'
import { recordingProblems, rowProblems, selfProblems, sumOf } from '../../src/complaints/liabilities/rules.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const found = async (more: object = {}) => {
  const complaint = await aComplaint({ departmentId: east, ownerId: people.sales.id, state: 'improving', ...more })
  await pool.query('update complaint set founded = true where id = $1', [complaint.id])
  return complaint
}
const row = (more: object = {}) => ({
  department: String(east),
  staff: people.sales.number,
  head: people.dept_head.number,
  loss: '8,600',
  penalty: '500',
  headPenalty: '200.5',
  reason: '封条没有压实就交付',
  ...more,
})
const rowsOf = (complaintId: bigint) => db.liability.findMany({ where: { complaintId }, orderBy: { id: 'asc' } })

describe('CMP-17: the rules of a row', () => {
  it('CMP-17: what was not found to hold has none but a delay; what is void has none at all', () => {
    const reasons = (state: 'improving' | 'received' | 'void', founded: boolean | null, delay: boolean) =>
      recordingProblems({ state, founded }, delay).map(({ reason }) => reason)
    expect(reasons('improving', true, false)).toEqual([])
    expect(reasons('received', null, false)).toEqual(['measures:refused.notJudged'])
    expect(reasons('improving', false, false)).toEqual(['measures:refused.notJudged'])
    expect(reasons('received', null, true)).toEqual([])
    expect(reasons('void', true, true)).toEqual(['measures:refused.void'])
  })

  it('CMP-17: a penalty has its person, a delay is somebody’s', () => {
    const one = { staffId: 1n, headId: 2n, delay: false, penalty: '1', headPenalty: '1' }
    expect(rowProblems(one)).toEqual([])
    expect(rowProblems({ ...one, staffId: null })).toMatchObject([{ field: 'staff' }])
    expect(rowProblems({ ...one, headId: null })).toMatchObject([{ field: 'head' }])
    expect(rowProblems({ ...one, headId: 1n })).toMatchObject([{ reason: 'measures:refused.headTwice' }])
    expect(rowProblems({ ...one, delay: true, staffId: null, penalty: '0' })).toMatchObject([{ field: 'staff' }])
  })

  it('PPL-02: who is liable does nothing with it, who recorded it does not confirm it', () => {
    expect(selfProblems(1n, { staffId: 1n, headId: null })).toHaveLength(1)
    expect(selfProblems(1n, { staffId: null, headId: 1n })).toHaveLength(1)
    expect(selfProblems(1n, { staffId: 2n, headId: 3n, recordedById: 1n })).toMatchObject([{ rule: 'PPL-02' }])
    expect(selfProblems(1n, { staffId: 2n, headId: 3n, recordedById: 4n })).toEqual([])
  })

  it('CMP-17: sums are exact to the cent', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99_999_999 }), { maxLength: 30 }), (cents) => {
        const rows = cents.map((n) => ({ loss: (n / 100).toFixed(2), penalty: '0', headPenalty: '0.1' }))
        const sum = sumOf(rows)
        expect(Math.round(Number(sum.loss.replaceAll(',', '')) * 100)).toBe(cents.reduce((a, b) => a + b, 0))
        expect(Number(sum.headPenalty.replaceAll(',', ''))).toBeCloseTo(cents.length / 10, 6)
      }),
    )
  })
})

describe('CMP-17: recorded, confirmed, counted', () => {
  it('CMP-17: nothing is filled in by itself; recorded by customer service, confirmed by the general manager', async () => {
    const complaint = await found()
    const path = `/complaints/${complaint.number}/liabilities`
    const desk = await signIn(people.cs_manager)
    const form = await desk.fieldsOf(`${path}/new`)
    expect(form).toMatchObject({ department: String(east), staff: '', loss: '', penalty: '', headPenalty: '' })
    const wrong = await desk.submit(`${path}/new`, row({ staff: '', penalty: '五百' }))
    expect(wrong.status).toBe(422)
    expect(wrong.$('#f-penalty').val()).toBe('五百')
    const page = await desk.submit(`${path}/new`, row())
    const section = page.$('#liabilities').text()
    for (const text of ['8,600.00', '500.00', '200.50', '待确认']) expect(section).toContain(text)
    const [stored] = await rowsOf(complaint.id)
    expect((await desk.visit(`${path}/${stored!.id}/confirmation`)).status).toBe(403)
    const boss = await signIn(people.general_manager)
    const confirmed = await boss.submit(`${path}/${stored!.id}/confirmation`)
    expect(confirmed.$('#liabilities').text()).toContain('已确认')
    const late = await desk.submit(`${path}/${stored!.id}/correction`, { loss: '1' })
    expect(late.$('.errors').text()).toContain('撤销确认')
    const empty = await boss.submit(`${path}/${stored!.id}/confirmation`, { reason: '' })
    expect(empty.status).toBe(422)
    await boss.submit(`${path}/${stored!.id}/confirmation`, { reason: '损失还要复核' })
    await desk.submit(`${path}/${stored!.id}/correction`, { loss: '9000' })
    const [after] = await rowsOf(complaint.id)
    expect(after).toMatchObject({ confirmedAt: null, recordedById: people.cs_manager.id })
    expect(String(after!.loss)).toBe('9000')
    const trail = await db.auditEntry.findMany({
      where: { subject: `complaint:${complaint.id}`, action: { startsWith: 'liability.' } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action.slice(10))).toEqual(['recorded', 'confirmed', 'unconfirmed', 'corrected'])
  })

  it('CMP-17: a delay is proposed from the clocks that were missed, as a row of its own', async () => {
    const complaint = await found()
    await pool.query(
      `update deadline set breached_at = due_at, met_at = due_at + interval '1 day' where subject = $1 and kind = 'complaint.contact'`,
      [`complaint:${complaint.id}`],
    )
    const desk = await signIn(people.cs_manager)
    const page = await desk.visit(`/complaints/${complaint.number}`)
    const href = page.$('#liabilities .callout a').attr('href')!
    expect(href).toBe(`/complaints/${complaint.number}/liabilities/new?delay=on`)
    const path = href.split('?')[0]!
    const filled = await desk.fieldsOf(path, href)
    expect(filled).toMatchObject({ delay: 'on', staff: people.sales.number, penalty: '' })
    expect(filled.reason).toContain('首次联系投诉人')
    await desk.submit(path, { penalty: '100' }, href)
    expect(await rowsOf(complaint.id)).toMatchObject([{ delay: true, staffId: people.sales.id }])
    expect((await desk.visit(`/complaints/${complaint.number}`)).$('#liabilities .callout')).toHaveLength(0)
  })

  it('PPL-02, CMP-03: nobody records his own; whom the complaint is about finds none', async () => {
    const complaint = await found()
    const actor = await actorOf(people.cs_manager)
    const own = liabilityForm.parse(row({ staff: people.cs_manager.number }))
    expect(await refusalOf(recordLiability(actor, complaint.id, own, now()))).toEqual([
      'PPL-02 measures:refused.ownLiability',
    ])
    const both = await make.staff([{ role: 'cs_manager' }, { role: 'general_manager' }])
    await recordLiability(await actorOf(both), complaint.id, liabilityForm.parse(row()), now())
    const [stored] = await rowsOf(complaint.id)
    const browser = await signIn(both)
    const refused = await browser.submit(`/complaints/${complaint.number}/liabilities/${stored!.id}/confirmation`)
    expect(refused.$('.errors').text()).toContain('你登记的')
    await pool.query('update complaint set accused = array[$2::bigint] where id = $1', [complaint.id, both.id])
    expect((await browser.visit(`/complaints/${complaint.number}/liabilities/new`)).status).toBe(404)
  })

  it('CMP-17: the register filters, adds up and leaves as a spreadsheet that the trail knows', async () => {
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const actor = await actorOf(people.cs_manager)
    for (const loss of ['100.10', '200.20']) {
      const complaint = await found()
      await recordLiability(actor, complaint.id, liabilityForm.parse(row({ staff: person.number, loss })), now())
    }
    const desk = await signIn(people.general_manager)
    const address = `/complaints/liabilities?person=${person.number}&confirmed=no&department=${east}`
    const page = await desk.visit(address)
    expect(page.$('tbody tr')).toHaveLength(2)
    expect(page.$('tfoot').text()).toContain('300.30')
    expect(
      (await desk.visit(`/complaints/liabilities?person=${person.number}&confirmed=yes`)).$('.nothing'),
    ).toHaveLength(1)
    expect((await (await signIn(person)).visit('/complaints/liabilities')).status).toBe(403)
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from audit_entry where action = 'liability.export_finished'`,
    )
    const file = await desk.agent.get(page.$('.acts a').attr('href')!).set('Host', desk.host)
    expect(file.status).toBe(200)
    const after = await pool.query<{ n: number }>(
      `select count(*)::int as n from audit_entry where action = 'liability.export_finished'`,
    )
    expect(after.rows[0]!.n).toBe(rows[0]!.n + 1)
  })
})
