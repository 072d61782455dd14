import { afterAll, beforeAll, expect, it } from 'vitest'
import { wayProblems } from '../../src/complaints/ways/rules.ts'
import { db, pool } from '../../src/db.ts'
import { signIn, visitor } from '../support/browser.ts'
import { theCast } from '../support/make.ts'

const blank = `update company set complaint_phone = null, complaint_email = null, complaint_place = null, complaint_person = null, complaint_hours = null`
beforeAll(async () => {
  await theCast()
  await pool.query(blank)
})
afterAll(async () => void (await pool.query(blank)))

const none = { complaintPhone: null, complaintEmail: null, complaintPlace: null, complaintPerson: null }
it.each([
  [{ complaintPhone: '400-000-0317', complaintPerson: '林知夏' }, []],
  [{ complaintPlace: '云外路 18 号一楼', complaintPerson: '林知夏' }, []],
  [{ complaintPhone: '400-000-0317' }, ['noPerson']],
  [{ complaintPerson: '林知夏' }, ['noWay']],
  [{ complaintPhone: '打总机', complaintPerson: '林知夏' }, ['noPhone']],
  [{ complaintEmail: 'tousu＠penglai', complaintPerson: '林知夏' }, ['noEmail']],
])('CMP-26: %j', (ways, expected) => {
  expect(wayProblems({ ...none, ...ways }).map(({ reason }) => reason.split('.')[1])).toEqual(expected)
})

it('CMP-26: published by the customer service manager, seen by everybody, led to from the sign-in page', async () => {
  const { cs_manager, front_desk } = await theCast()
  const anyone = visitor()
  expect((await anyone.visit('/how-to-complain')).$('main').text()).toContain('还没有公布')
  expect((await anyone.visit('/sign-in')).$('a[href="/how-to-complain"]')).toHaveLength(1)
  expect((await (await signIn(front_desk)).visit('/complaints/ways')).status).toBe(403)
  const browser = await signIn(cs_manager)
  const wrong = await browser.submit('/complaints/ways', { complaintPhone: '打总机', complaintPerson: '' })
  expect(wrong.status).toBe(422)
  expect(wrong.$('[name=complaintPhone]').val()).toBe('打总机')
  const stale = await browser.fieldsOf('/complaints/ways')
  const ways = {
    complaintPhone: '400-000-0317',
    complaintPerson: '林知夏，客户服务部经理',
    complaintHours: '工作日 08:30–17:30',
  }
  await browser.submit('/complaints/ways', ways)
  const page = await anyone.visit('/how-to-complain')
  expect(page.status).toBe(200)
  for (const word of Object.values(ways)) expect(page.$('main').text()).toContain(word)
  expect(page.$('main').text()).toContain('12315')
  expect((await browser.post('/complaints/ways', { ...stale, ...ways, complaintPhone: '1' })).status).toBe(422)
  const line = await db.auditEntry.findFirst({ where: { action: 'complaint.ways_set' }, orderBy: { id: 'desc' } })
  expect(line).toMatchObject({ actorId: cs_manager.id, subject: 'company:1', before: { complaintPhone: null } })
})
