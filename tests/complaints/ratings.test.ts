import { afterEach, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { issueLink, linkEnds } from '../../src/complaints/ratings/issuing.ts'
import { missesOfAddress } from '../../src/complaints/ratings/limits.ts'
import { isLow } from '../../src/complaints/ratings/rules.ts'
import { hashOf, isToken, newToken } from '../../src/complaints/ratings/token.ts'
import { lockComplaint } from '../../src/complaints/queries.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { trailOf } from './course.ts'

afterEach(async () => {
  moveClock(() => new Date())
  await pool.query(`delete from sign_in_limit where key like 'rating%'`)
})

/** A closed complaint, and the token that its closing showed once. */
async function rated(more: Parameters<typeof aComplaint>[0] = {}) {
  const { cs_manager } = await theCast()
  const complaint = await aComplaint({ complainant: '鹿鸣野', ...more })
  await pool.query(
    `update complaint set state = 'closed', outcome = 'settled', closed_at = $3, closed_by_id = $2 where id = $1`,
    [complaint.id, cs_manager.id, now()],
  )
  const actor = await actorOf(cs_manager)
  const token = await change(actor, async (tx, audit) =>
    issueLink(tx, audit, await lockComplaint(tx, complaint.id), actor, now()),
  )
  return { complaint, token }
}

const rate = (browser: Browser, token: string, score: string, words = '') =>
  browser.submit(`/r/${token}`, { score, words })
/** What anybody sees, without what is different on every page. */
const bodyOf = (page: { $: (selector: string) => { text: () => string } }) => page.$('main').text().replace(/\s+/g, ' ')

it('SAT-03: a token is 128 bits, and only its digest is kept', async () => {
  const { token, complaint } = await rated()
  expect(Buffer.from(token, 'base64url')).toHaveLength(16)
  expect(new Set(Array.from({ length: 100 }, newToken)).size).toBe(100)
  const { rows } = await pool.query(`select r::text as row from complaint_rating r where complaint_id = $1`, [
    complaint.id,
  ])
  expect(JSON.stringify(rows)).toContain(hashOf(token))
  expect(JSON.stringify(rows)).not.toContain(token)
  const { rows: trail } = await pool.query('select e::text as row from audit_entry e where subject = $1', [
    `complaint:${complaint.id}`,
  ])
  expect(JSON.stringify(trail)).not.toContain(token)
})

it('SAT-03: without account or session cookie, with nothing but company, number and date; once', async () => {
  const { complaint, token } = await rated()
  const browser = visitor()
  const page = await browser.visit(`/r/${token}`)
  expect(page.response.headers['set-cookie']).toBeUndefined()
  expect(page.response.headers['cache-control']).toBe('no-store')
  expect(page.$('meta[name=robots]').attr('content')).toContain('noindex')
  expect(page.$('script')).toHaveLength(0)
  const seen = page.response.text
  expect(seen).toContain(complaint.number)
  for (const secret of ['鹿鸣野', '冷库门', '何以宁']) expect(seen).not.toContain(secret)
  expect(Buffer.byteLength(seen)).toBeLessThan(8000)

  const thanks = await rate(browser, token, '5', '很快')
  expect(thanks.url).toBe('/r/thanks')
  expect(thanks.response.headers['set-cookie']).toBeUndefined()
  expect(await complaintNow(complaint)).toMatchObject({ satisfaction: 5 })
  expect(await db.complaintRating.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({
    score: 5,
    words: '很快',
  })
  expect(await trailOf(complaint)).toContain('complaint.rated')
  const again = await browser.post(`/r/${token}`, { score: '1' })
  expect(again.status).toBe(422)
  expect(await db.complaintRating.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({ score: 5 })
})

it('SAT-03: what a call-back heard stands; the rating is kept beside it', async () => {
  const { complaint, token } = await rated()
  await pool.query('update complaint set satisfaction = 4 where id = $1', [complaint.id])
  await rate(visitor(), token, '2', '后来又漏了')
  expect((await complaintNow(complaint)).satisfaction).toBe(4)
  expect(await db.complaintRating.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({ score: 2 })
})

it('SAT-03: 20 at once, and one counts', async () => {
  const { complaint, token } = await rated()
  const browser = visitor()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_none, n) => browser.post(`/r/${token}`, { score: String((n % 5) + 1) })),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(19)
  expect((await trailOf(complaint)).filter((action) => action === 'complaint.rated')).toHaveLength(1)
})

it('CAL-03, SAT-03: complaints.rating_days: the last of 14 days is whole', async () => {
  moveClock(() => new Date('2026-11-24T02:00:00Z'))
  const { token, complaint } = await rated()
  // The end of 12-08 by the company's clock.
  expect(await linkEnds(complaint, now())).toEqual(new Date('2026-12-08T16:00:00Z'))
  moveClock(() => new Date('2026-12-08T15:59:59Z'))
  expect((await visitor().visit(`/r/${token}`)).$('form [name=score]')).toHaveLength(5)
  moveClock(() => new Date('2026-12-08T16:00:00Z'))
  expect((await visitor().visit(`/r/${token}`)).$('form [name=score]')).toHaveLength(0)
})

it('SAT-03: used, ended, withdrawn, reopened, made up: all are the same closed door, and kind', async () => {
  const used = await rated()
  await rate(visitor(), used.token, '3')
  const ended = await rated()
  await pool.query(`update complaint_rating set expires_at = made_at where complaint_id = $1`, [ended.complaint.id])
  const withdrawn = await rated()
  await pool.query(`update complaint_rating set withdrawn_at = made_at where complaint_id = $1`, [
    withdrawn.complaint.id,
  ])
  const reopened = await rated()
  await pool.query(
    `update complaint set state = 'proposing', outcome = null, closed_at = null, closed_by_id = null where id = $1`,
    [reopened.complaint.id],
  )
  const tokens = [used.token, ended.token, withdrawn.token, reopened.token, newToken()]
  const pages = await Promise.all(tokens.map((token) => visitor().visit(`/r/${token}`)))
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(new Set(pages.map(bodyOf)).size).toBe(1)
  expect(bodyOf(pages[0]!)).toContain('谢谢您')
  const posts = await Promise.all(tokens.map((token) => visitor().post(`/r/${token}`, { score: '1' })))
  expect(posts.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
})

it.each([
  "' or 1=1 --",
  '../../etc/passwd',
  '%00',
  'a'.repeat(5000),
  '<script>alert(1)</script>',
  '😀😀😀😀😀😀😀😀😀😀😀',
])('SAT-03: a hostile token %s finds nothing and breaks nothing', async (token) => {
  const { status, text } = await visitor().agent.get(`/r/${encodeURIComponent(token)}`)
  expect([200, 404]).toContain(status)
  expect(text).not.toContain('<script>alert')
  expect(isToken(token)).toBe(false)
})

it('SAT-03: no score, a score beyond, an unknown field: the form comes back and nothing is lost', async () => {
  const { token, complaint } = await rated()
  const browser = visitor()
  for (const sent of [
    { words: '门还漏' },
    { score: '6', words: '门还漏' },
    { score: '5', words: '门还漏', admin: '1' },
  ]) {
    const answer = await browser.post(`/r/${token}`, sent as Record<string, string>)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('门还漏')
  }
  expect((await complaintNow(complaint)).satisfaction).toBeNull()
})

it('SAT-03: who tries links is stopped for a while, whatever the link', async () => {
  const { token } = await rated()
  const browser = visitor()
  for (let at = 0; at < missesOfAddress; at += 20)
    await Promise.all(Array.from({ length: 20 }, () => browser.agent.get(`/r/${newToken()}`)))
  expect((await browser.visit(`/r/${token}`)).$('main').text()).toContain('一刻钟')
  expect((await browser.post(`/r/${token}`, { score: '5' })).status).toBe(422)
  await pool.query(`delete from sign_in_limit where key like 'rating%'`)
  expect((await browser.visit(`/r/${token}`)).$('[name=score]')).toHaveLength(5)
})

it('SAT-03: a low score is told to the customer service manager, never to whom it is about', async () => {
  expect([1, 2, 3].map(isLow)).toEqual([true, true, false])
  const { cs_manager } = await theCast()
  const accused = await make.staff([{ role: 'cs_manager' }])
  const { complaint, token } = await rated({ accused: [accused.id] })
  await rate(visitor(), token, '2', '不满意')
  const told = await db.notice.findMany({
    where: { kind: 'complaint.rated_low', subject: `complaint:${complaint.id}` },
  })
  expect(told.map(({ staffId }) => staffId)).toContain(cs_manager.id)
  expect(told.map(({ staffId }) => staffId)).not.toContain(accused.id)
})

it('SAT-03: staff who are signed in do not rate for the customer', async () => {
  const { front_desk } = await theCast()
  const { token, complaint } = await rated()
  const browser = await signIn(front_desk)
  const page = await browser.visit(`/r/${token}`)
  expect(page.$('main').text()).toContain('不能代客户评价')
  const { _csrf } = await browser.fieldsOf('/language', '/profile')
  expect((await browser.post(`/r/${token}`, { _csrf: _csrf!, score: '5' })).status).toBe(422)
  expect((await complaintNow(complaint)).satisfaction).toBeNull()
})

it('SAT-03: in English for who reads that, by the browser or by a click', async () => {
  const { token } = await rated()
  const english = visitor()
  english.agent.set('Accept-Language', 'en-GB')
  expect((await english.visit(`/r/${token}`)).$('h1').text()).toBe('Please rate us')
  const chinese = visitor()
  const page = await chinese.visit(`/r/${token}`)
  expect(page.$('h1').text()).toBe('请您评价')
  const changed = await chinese.submit('/language', { language: 'en' }, `/r/${token}`)
  expect([changed.url, changed.$('h1').text()]).toEqual([`/r/${token}`, 'Please rate us'])
})
