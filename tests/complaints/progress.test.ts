import { afterAll, afterEach, expect, it } from 'vitest'
import { enterProgress } from '../../src/complaints/progress/commands.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../deadlines/calendar.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'

afterEach(() => moveClock(() => new Date()))
afterAll(() => moveClock(() => new Date()))
const standAt = (text: string) => moveClock(() => at(text))

const place = async () => ({
  departmentId: (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id,
})
const running = (id: bigint) =>
  db.deadline.findMany({ where: { subject: `complaint:${id}`, kind: 'complaint.progress', metAt: null } })

it('CMP-15: an entry is kept for everybody to see, and the time until the next begins anew', async () => {
  const { sales, cs_manager } = await theCast()
  standAt('2026-11-23 10:00')
  const complaint = await aComplaint({ ...(await place()), ownerId: sales.id })
  expect(await running(complaint.id)).toMatchObject([{ dueAt: at('2026-11-25 17:30') }])
  standAt('2026-11-25 16:00')
  const handler = await signIn(sales)
  const page = await handler.visit(`/complaints/${complaint.number}/progress`)
  expect(page.$('main').text()).toContain('每 2 个工作日登记一次进展')
  expect(page.$('main .deadline').attr('data-state')).toBe('soon')
  const empty = await handler.submit(`/complaints/${complaint.number}/progress`, { text: ' ' })
  expect(empty.status).toBe(422)
  const after = await handler.submit(`/complaints/${complaint.number}/progress`, { text: '封条已到货，明早换。' })
  expect(after.$('#progress').closest('section').text()).toContain('封条已到货，明早换。')
  expect(await running(complaint.id)).toMatchObject([{ dueAt: at('2026-11-27 17:30') }])
  const seen = await (await signIn(cs_manager)).visit(`/complaints/${complaint.number}`)
  expect(seen.$('main').text()).toContain('封条已到货，明早换。')
  const line = await db.auditEntry.findFirstOrThrow({
    where: { subject: `complaint:${complaint.id}`, action: 'complaint.progress_entered' },
  })
  expect(line.after).toMatchObject({ text: '封条已到货，明早换。' })
})

it('CMP-15: a line stays as it was written; what has ended takes none', async () => {
  const { sales } = await theCast()
  const complaint = await aComplaint({ ...(await place()), ownerId: sales.id })
  const actor = await actorOf(sales)
  await enterProgress(actor, complaint.id, { text: '已联系', version: complaint.version }, at('2026-11-23 10:00'))
  const { id } = await db.complaintProgress.findFirstOrThrow({ where: { complaintId: complaint.id } })
  await expect(pool.query(`update complaint_progress set text = '改' where id = $1`, [id])).rejects.toThrow(
    /stays as it is/,
  )
  const gone = await aComplaint({ ...(await place()), ownerId: sales.id, state: 'void' })
  expect(
    await refusalOf(enterProgress(actor, gone.id, { text: '再写', version: gone.version }, at('2026-11-23 10:00'))),
  ).toEqual(['CMP-15 progress:refused.ended'])
})

it('CMP-15: only who handles enters; who reads sees no such button', async () => {
  const { sales, general_manager } = await theCast()
  const complaint = await aComplaint({ ...(await place()), ownerId: sales.id })
  const reader = await signIn(general_manager)
  const page = await reader.visit(`/complaints/${complaint.number}`)
  expect(page.$(`a[href="/complaints/${complaint.number}/progress"]`).length).toBe(0)
  expect((await reader.visit(`/complaints/${complaint.number}/progress`)).status).toBe(403)
  expect((await complaintNow(complaint)).inHandById).toBeNull()
})
