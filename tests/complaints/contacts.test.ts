import { afterEach, expect, it } from 'vitest'
import {
  contactProblems,
  daysOf,
  momentProblems,
  purposesOf,
  type ContactFacts,
} from '../../src/complaints/contacts/rules.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { theCast } from '../support/make.ts'
import { clocksOf, handled, trailOf } from './course.ts'

afterEach(() => moveClock(() => new Date()))

const typed = (more: Record<string, string> = {}) => ({
  way: 'phone',
  at: dateTimeText(now()).replace(' ', 'T'),
  reached: 'yes',
  words: '说明了封条装错的经过。',
  ...more,
})
const record = (browser: Browser, { number }: { number: string }, more: Record<string, string>) =>
  browser.submit(`/complaints/${number}/contacts/new`, typed(more))
const errorsOf = (page: { $: (selector: string) => { text: () => string } }) => page.$('.errors').text()
const stateOf = (clocks: Awaited<ReturnType<typeof clocksOf>>, kind: string) => {
  const last = clocks.findLast((one) => one.kind === kind)
  return last === undefined ? null : last.metAt ? 'met' : last.cancelledAt ? 'cancelled' : 'runs'
}

const at = (text: string) => new Date(text)
const facts: ContactFacts = {
  state: 'telling',
  level: 'general',
  reachedBefore: true,
  receivedAt: at('2026-11-24T02:00:30Z'),
  tellableAt: at('2026-11-24T05:00:00Z'),
  companions: [7n],
  negotiated: true,
  nameless: false,
}
const word = {
  purpose: 'telling' as const,
  at: at('2026-11-24T06:00:00Z'),
  reached: true,
  reply: 'accepted' as const,
  withId: null,
  message: null,
}
const reasons = (input: Partial<typeof word> | object, given: Partial<ContactFacts> = {}) =>
  contactProblems({ ...word, ...input }, { ...facts, ...given }, at('2026-11-24T07:00:00Z')).map(
    ({ rule, reason }) => `${rule} ${reason.split('.')[1]}`,
  )

it.each([
  ['as it is', {}, {}, []],
  ['not at this step', {}, { state: 'asking' }, ['CMP-07 notNow']],
  ['reached, but no answer', { reply: null }, {}, ['CMP-11 noReply']],
  ['before the remedy was approved', { at: at('2026-11-24T04:59:00Z') }, {}, ['CMP-11 beforeDecision']],
  ['in vain, today', { reached: false, reply: null }, {}, []],
  [
    'in vain, yesterday',
    { reached: false, at: at('2026-11-23T15:59:00Z') },
    { receivedAt: at('2026-11-20T02:00:00Z'), tellableAt: null },
    ['CMP-11 lateTry'],
  ],
  ['major, nobody negotiated', {}, { level: 'major', negotiated: false }, ['CMP-08 notNegotiated']],
  ['negotiated alone', { purpose: 'negotiation' }, { level: 'major' }, ['CMP-08 alone']],
  ['negotiated with a stranger', { purpose: 'negotiation', withId: 8n }, { level: 'major' }, ['CMP-08 companion']],
  ['negotiated by two', { purpose: 'negotiation', withId: 7n }, { level: 'major' }, []],
  ['first in vain, nothing sent', { purpose: 'first', reached: false }, { reachedBefore: false }, ['CMP-12 noMessage']],
  ['first in vain, message sent', { purpose: 'first', reached: false, message: '您好' }, { reachedBefore: false }, []],
  [
    'first in vain, nobody to send to',
    { purpose: 'first', reached: false },
    { reachedBefore: false, nameless: true },
    [],
  ],
  ['a first word after others', { purpose: 'first' }, {}, ['CMP-07 notNow']],
])('CMP-11, CMP-12: a contact %s', (_what, input, given, expected) => {
  expect(reasons(input, given as Partial<ContactFacts>)).toEqual(expected)
})

it('CMP-12: never later than now, never before receipt: the minute of both is taken', () => {
  const [received, present] = [at('2026-11-24T02:00:30Z'), at('2026-11-24T07:00:00Z')]
  expect(momentProblems(at('2026-11-24T02:00:00Z'), received, present)).toEqual([])
  expect(momentProblems(at('2026-11-24T01:59:00Z'), received, present)).toHaveLength(1)
  expect(momentProblems(present, received, present)).toEqual([])
  expect(momentProblems(at('2026-11-24T07:00:01Z'), received, present)).toHaveLength(1)
})

it('CBK-02: days are the company’s, two tries on one are one', () => {
  expect(daysOf([])).toBe(0)
  // 23:59 and 00:01 in Shanghai.
  expect(daysOf([{ at: at('2026-11-24T15:59:00Z') }, { at: at('2026-11-24T16:01:00Z') }])).toBe(2)
  expect(daysOf([{ at: at('2026-11-24T00:00:00Z') }, { at: at('2026-11-24T15:00:00Z') }])).toBe(1)
})

it('CMP-07: nothing is said to the customer of a closed or void complaint', () => {
  for (const state of ['closed', 'void'] as const) expect(purposesOf({ ...facts, state })).toEqual([])
})

it('CMP-12: a first try in vain needs its message, which is recorded and stops the clock', async () => {
  const { front_desk } = await theCast()
  const complaint = await aComplaint({ complainant: '九色鹿' })
  const browser = await signIn(front_desk)
  const without = await record(browser, complaint, {
    purpose: 'first',
    reached: 'no',
    message: '',
    words: '响了两遍没人接',
  })
  expect(without.status).toBe(422)
  expect(errorsOf(without)).toContain('马上给客户发短信')
  expect(without.$('[name=words]').val()).toContain('响了两遍没人接')
  expect(stateOf(await clocksOf(complaint), 'complaint.contact')).toBe('runs')

  const sent = await record(browser, complaint, { purpose: 'first', reached: 'no', words: '响了两遍没人接' })
  expect(sent.url).toBe(`/complaints/${complaint.number}`)
  expect(sent.$('#contacts').text()).toMatch(
    /首次联系.*没有联系上.*响了两遍没人接.*已发短信：九色鹿您好，我是.*冷库门漏风/s,
  )
  const clocks = await clocksOf(complaint)
  expect([stateOf(clocks, 'complaint.contact'), stateOf(clocks, 'complaint.first_result')]).toEqual(['met', 'runs'])
  expect(await trailOf(complaint)).toContain('complaint.contact_recorded')
})

it('CMP-13: told how things stand, the first result is met; progress begins anew', async () => {
  const { front_desk } = await theCast()
  const complaint = await aComplaint()
  const before = (await clocksOf(complaint)).find(({ kind }) => kind === 'complaint.progress')!
  moveClock(() => new Date(Date.now() + 3_600_000))
  await record(await signIn(front_desk), complaint, { purpose: 'progress' })
  const clocks = await clocksOf(complaint)
  expect([stateOf(clocks, 'complaint.contact'), stateOf(clocks, 'complaint.first_result')]).toEqual(['met', 'met'])
  expect(clocks.filter(({ kind }) => kind === 'complaint.progress').map(({ id }) => id)).toHaveLength(2)
  expect(clocks.findLast(({ kind }) => kind === 'complaint.progress')!.id).not.toBe(before.id)
})

it('CMP-11: told and taken, it goes on to the call-back; the unit that passed it on is to hear of it (CMP-13)', async () => {
  const { complaint, handler } = await handled('telling', { reportingUnit: '蓬莱集团客服' })
  await record(await signIn(handler), complaint, { purpose: 'telling', reply: 'accepted' })
  const after = await complaintNow(complaint)
  expect(after.state).toBe('asking')
  expect(after.toldAt).not.toBeNull()
  expect(stateOf(await clocksOf(complaint), 'complaint.report')).toBe('runs')
  expect(await db.remedy.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({ accepted: true })
})

it('CMP-11: told and refused, another round begins with its own time, and what was refused is not given', async () => {
  const { complaint, handler } = await handled('telling')
  await pool.query('update complaint set compensation = 300 where id = $1', [complaint.id])
  const page = await record(await signIn(handler), complaint, {
    purpose: 'telling',
    reply: 'refused',
    words: '要换整扇门',
  })
  expect(page.url).toBe(`/complaints/${complaint.number}`)
  const after = await complaintNow(complaint)
  expect(after).toMatchObject({ state: 'proposing', round: 2, toldAt: null })
  expect(Number(after.compensation)).toBe(0)
  expect(stateOf(await clocksOf(complaint), 'complaint.remedy')).toBe('runs')
  expect(await trailOf(complaint)).toContain('complaint.remedy_rejected')
})

it('CMP-08: the result of a major complaint is told after head and manager have negotiated together', async () => {
  const { dept_head, cs_manager } = await theCast()
  const { complaint, handler } = await handled('telling', { hazard: true })
  const browser = await signIn(handler)
  const refused = await record(browser, complaint, { purpose: 'telling', reply: 'accepted' })
  expect(refused.status).toBe(422)
  expect(refused.$('.errors [data-rule="CMP-08"]').text()).toContain('还没有一起与客户协商')
  const page = await browser.visit(`/complaints/${complaint.number}`)
  expect(page.$('.why-nots').text()).toContain('暂不能告知')
  await record(await signIn(cs_manager), complaint, { purpose: 'negotiation', withId: String(dept_head.id) })
  await record(browser, complaint, { purpose: 'telling', reply: 'accepted' })
  expect((await complaintNow(complaint)).state).toBe('asking')
})

it('CMP-07: what is not founded is answered with reasons; who does not take them is judged anew', async () => {
  const { front_desk } = await theCast()
  const { complaint } = await handled('answering')
  await pool.query('update complaint set founded = false where id = $1', [complaint.id])
  const browser = await signIn(front_desk)
  await record(browser, complaint, { purpose: 'answer', reply: 'accepted' })
  expect(await complaintNow(complaint)).toMatchObject({ state: 'answering', toldAt: expect.any(Date) as Date })
  await record(browser, complaint, { purpose: 'answer', reply: 'refused', words: '坚持是我们的封条' })
  expect(await complaintNow(complaint)).toMatchObject({ state: 'received', founded: null })
})

it('CMP-11: two who record at once do not overtake each other unseen', async () => {
  const { front_desk } = await theCast()
  const { complaint, handler } = await handled('telling')
  const [one, two] = [await signIn(handler), await signIn(front_desk)]
  const path = `/complaints/${complaint.number}/contacts/new`
  const stale = { ...(await two.fieldsOf(path)), ...typed({ purpose: 'progress', words: '留言说门还漏' }) }
  await record(one, complaint, { purpose: 'telling', reply: 'accepted' })
  const answer = await two.post(path, stale)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('留言说门还漏')
  expect(await db.complaintContact.count({ where: { complaintId: complaint.id } })).toBe(1)
})
