import { expect, it } from 'vitest'
import { assignComplaint, undoAssignment } from '../../src/complaints/assigning/commands.ts'
import { everHandled } from '../../src/complaints/handlers.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { approvedRemedy, handled, trailOf } from './course.ts'

const errorsOf = (page: { $: (selector: string) => { text: () => string } }) => page.$('.errors').text()
const called = (more: Record<string, string>) => ({
  way: 'phone',
  at: at(),
  reached: 'yes',
  words: '问过了，满意',
  ...more,
})
const at = () => dateTimeText(now()).replace(' ', 'T')
const away = { way: 'phone', consumers: 'on', words: '不接受任何方案，已告知途径' }

type Case = Awaited<ReturnType<typeof handled>>['complaint']
const give = async (complaint: Case, to: bigint, reason = '换人经办') => {
  const { cs_manager } = await theCast()
  const { departmentId } = await complaintNow(complaint)
  await assignComplaint(
    await actorOf(cs_manager),
    complaint.id,
    { departmentId: departmentId!, ownerId: to, reason },
    now(),
  )
}
const tried = (complaint: Case, by: bigint) =>
  pool.query(
    `insert into complaint_contact (complaint_id, round, at, by_id, purpose, way, reached, words)
     select $1, round, recorded_at - n * interval '1 day', $2, 'asking', 'phone', false, '没人接'
     from complaint, generate_series(0, 2) n where id = $1`,
    [complaint.id, by],
  )
/** CMP-03: nobody but this person is left to do anything, since it is about everybody else. */
const aboutAllBut = (complaint: Case, id: bigint) =>
  pool.query(
    `update complaint set owner_id = null, accused = array(select distinct staff_id from role_grant
       where role in ('front_desk', 'cs_manager') and staff_id <> $2) where id = $1`,
    [complaint.id, id],
  )

it('CMP-11: who gave the case to a colleague still does not end it as unreachable; who never handled it does', async () => {
  const { front_desk } = await theCast()
  const { complaint } = await handled('asking')
  const clerk = await make.staff([{ role: 'front_desk' }])
  const another = await make.staff([{ role: 'sales', department: '城东营业部' }])
  await give(complaint, clerk.id)
  await give(complaint, another.id)
  await tried(complaint, front_desk.id)
  const path = `/complaints/${complaint.number}/unreachable`
  const browser = await signIn(clerk)
  expect((await browser.visit(`/complaints/${complaint.number}`)).$(`main a[href="${path}"]`)).toHaveLength(0)
  const refused = await browser.submit(path, { words: '都没人接' })
  expect(refused.status).toBe(422)
  expect(errorsOf(refused)).toContain('承办过的人不能自己结束')
  expect(await complaintNow(complaint)).toMatchObject({ state: 'asking', outcome: null })
  await (await signIn(front_desk)).submit(path, { words: '都没人接' })
  expect(await complaintNow(complaint)).toMatchObject({ state: 'improving', outcome: 'unreachable' })
  const closing = { improvement: '偶发', noImprovement: 'on', summary: '联系不上' }
  const closed = await browser.submit(`/complaints/${complaint.number}/closing`, closing)
  expect(errorsOf(closed)).toContain('承办过的人不能自己结束')
})

it('CMP-11: nor as unresolved, nor does a former handler call back', async () => {
  const { complaint, handler } = await handled('asking')
  await approvedRemedy(complaint.id, handler.id, 2)
  await pool.query('update complaint set round = 2 where id = $1', [complaint.id])
  const manager = await make.staff([{ role: 'cs_manager' }])
  await give(complaint, manager.id)
  await give(complaint, handler.id)
  const browser = await signIn(manager)
  const left = await browser.submit(`/complaints/${complaint.number}/unresolved`, { ...away, at: at() })
  expect(errorsOf(left)).toContain('承办过的人不能自己结束')
  const asked = await browser.submit(
    `/complaints/${complaint.number}/call-back`,
    called({ satisfied: 'yes', score: '5' }),
  )
  expect(asked.$('.errors [data-rule="CMP-07"]').text()).toContain('承办过')
  expect(await complaintNow(complaint)).toMatchObject({ state: 'asking', outcome: null, satisfaction: null })
})

it('CMP-11, CMP-07: where nobody else is left the manager asks the customer, on record, and the general manager is told', async () => {
  const { general_manager } = await theCast()
  const { complaint } = await handled('asking')
  const manager = await make.staff([{ role: 'cs_manager' }])
  const clerk = await make.staff([{ role: 'front_desk' }])
  await give(complaint, clerk.id)
  await give(complaint, manager.id)
  await aboutAllBut(complaint, manager.id)
  await pool.query('update complaint set accused = array_remove(accused, $2) where id = $1', [complaint.id, clerk.id])
  const path = `/complaints/${complaint.number}/call-back`
  const sent = await (await signIn(clerk)).submit(path, called({ satisfied: 'yes', score: '5' }))
  expect(errorsOf(sent)).toContain('请客户服务部经理来办')
  const browser = await signIn(manager)
  expect((await browser.visit(path)).$('.callout').text()).toContain('总经理')
  await browser.submit(path, called({ satisfied: 'yes', score: '5' }))
  expect(await complaintNow(complaint)).toMatchObject({ state: 'improving', outcome: 'settled' })
  expect(await trailOf(complaint)).toContain('complaint.done_alone')
  const where = { staffId: general_manager.id, kind: 'complaint.done_alone', subject: `complaint:${complaint.id}` }
  expect(await db.notice.count({ where })).toBe(1)
})

it('CMP-11: the register holds everybody who handled it and refuses changes; an assignment undone at once never was one', async () => {
  const { cs_manager } = await theCast()
  const { complaint, handler } = await handled('investigating')
  const [mistaken, next] = [
    await make.staff([{ role: 'sales', department: '城东营业部' }]),
    await make.staff([{ role: 'sales', department: '城东营业部' }]),
  ]
  await give(complaint, mistaken.id)
  expect(await everHandled(db, await complaintNow(complaint))).toEqual([handler.id, mistaken.id])
  await undoAssignment(await actorOf(cs_manager), complaint.id, now())
  expect(await everHandled(db, await complaintNow(complaint))).toEqual([handler.id])
  await give(complaint, next.id)
  expect(await everHandled(db, await complaintNow(complaint))).toEqual([handler.id, next.id])
  for (const act of ['update complaint_handler set staff_id = 1', 'delete from complaint_handler'])
    await expect(pool.query(`${act} where complaint_id = $1`, [complaint.id])).rejects.toThrow('stays as it is')
  expect(await everHandled(db, await aComplaint())).toEqual([])
})
