import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { acts } from '../../src/access/table.ts'
import { forgetAcknowledgements, gateBefore, hasAcknowledged, isGated } from '../../src/acknowledgements/gate.ts'
import { acknowledge, tellEnding } from '../../src/acknowledgements/commands.ts'
import { remindOfEnding } from '../../src/acknowledgements/jobs.ts'
import { standingOf, tickProblems } from '../../src/acknowledgements/rules.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { acknowledged } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { expectGate, gated } from './gated.ts'

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
afterEach(() => moveClock(() => new Date()))

const ticked = { contacts: 'on', places: 'on', channels: 'on' }
const lastOf = ({ id }: { id: bigint }) =>
  db.acknowledgement.findFirst({ where: { staffId: id }, orderBy: { id: 'desc' } })
const toldOf = ({ id }: { id: bigint }, kind: string) => db.notice.findMany({ where: { staffId: id, kind } })

describe('ARC-19: the gate', () => {
  it('stands before every act on files, and before no other', () => {
    expect(acts.filter(isGated)).toEqual(acts.filter((act) => gated.test(act)))
    expect(acts.filter(isGated).length).toBeGreaterThan(20)
    expect(isGated('incidents.report')).toBe(false)
  })

  // One whom most such acts concern, one of another reach, one whom none concerns; all of the cast: gate.walk.ts.
  it.each(['archivist', 'front_desk', 'logistics'] as const)(
    '%s, who has not acknowledged, is sent to read first from every route and form of such an act',
    expectGate,
  )

  it('ends to the millisecond, whatever is remembered, and opens again with a new acknowledgement', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const actor = await actorOf(person)
    const at = new Date('2027-03-05T02:00:00Z')
    moveClock(() => at)
    await acknowledged(person)
    const end = (await lastOf(person))!.untilAt
    const gate = (moment: Date) => gateBefore(actor, 'archive.view', '/archive', moment)
    expect(await gate(at)).toBeNull()
    expect(await gate(new Date(end.getTime() - 1))).toBeNull()
    expect(await gate(end)).toBe('/acknowledgement?next=%2Farchive')
    expect(await hasAcknowledged(person.id, end)).toBe(false)
    moveClock(() => end)
    await acknowledged(person)
    expect(await gate(end)).toBeNull()
    forgetAcknowledgements()
    expect(await gate(end)).toBeNull()
  })

  it('asks the database once a person, not once a page', async () => {
    const person = await make.staff([{ role: 'sales' }])
    await acknowledged(person)
    const at = now()
    expect(await hasAcknowledged(person.id, at)).toBe(true)
    const before = db.acknowledgement.findFirst
    try {
      db.acknowledgement.findFirst = (() => Promise.reject(new Error('asked again'))) as never
      expect(await hasAcknowledged(person.id, at)).toBe(true)
    } finally {
      db.acknowledgement.findFirst = before
    }
  })

  it('leaves alone whoever does not come near files, and who is not signed in is not sent there', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const browser = await signIn(person)
    expect((await browser.visit('/customers')).status).toBe(200)
    expect((await browser.visit('/incidents/new')).url).not.toContain('acknowledgement')
    expect((await browser.visit('/profile')).$('#acknowledgement .status-tag').text()).toContain('未确认')
  })
})

describe('ARC-19: acknowledging', () => {
  it('takes all three ticks, keeps what was read for twelve months, and leads on', async () => {
    const person = await make.staff([{ role: 'archivist' }])
    const browser = await signIn(person)
    const short = await browser.submit(
      '/acknowledgement',
      { contacts: 'on', places: 'on' },
      '/acknowledgement?next=/archive',
    )
    expect(short.status).toBe(422)
    expect(short.$('.errors').text()).toContain('没有勾选')
    expect(short.$('.errors [data-rule="ARC-19"], .errors .rule-chip').length).toBeGreaterThan(0)
    // What was ticked stays ticked, and the way onward is kept.
    expect(short.$('#f-contacts').attr('checked')).toBeDefined()
    expect(short.$('#f-channels').attr('checked')).toBeUndefined()
    expect(short.$('main form [name=next]').val()).toBe('/archive')
    expect(await lastOf(person)).toBeNull()

    const done = await browser.submit('/acknowledgement', ticked, '/acknowledgement?next=/customers%3Fq%3Da')
    expect(done.url).toBe('/customers?q=a')
    const kept = (await lastOf(person))!
    expect(kept.text.split('\n')).toHaveLength(3)
    expect(kept.text).toContain('私人微信')
    const months = (kept.untilAt.getTime() - kept.at.getTime()) / 86_400_000
    expect(months).toBeGreaterThan(364)
    expect(months).toBeLessThanOrEqual(367)
    const trail = await db.auditEntry.findMany({
      where: { subject: `staff:${person.id}`, action: 'acknowledgement.given' },
    })
    expect(trail).toMatchObject([{ actorId: person.id, after: { until: kept.untilAt.toISOString() } }])
    expect((await browser.visit('/profile')).$('#acknowledgement .status-tag').text()).toContain('有效')
    expect((await browser.visit('/acknowledgement')).$('input[type=checkbox]')).toHaveLength(0)
  })

  it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example', '/%2fevil.example', 'javascript:alert(1)'])(
    'leads nowhere outside: %s',
    async (next) => {
      const person = await make.staff([{ role: 'archivist' }])
      const browser = await signIn(person)
      const page = await browser.visit(`/acknowledgement?next=${encodeURIComponent(next)}`)
      expect(page.$('[name=next]', 'main form').val()).toBe('/')
      expect(page.$('main').html()).not.toContain('evil')
      const { _csrf } = await browser.fieldsOf('/acknowledgement')
      const { status, headers } = await browser.post('/acknowledgement', { ...ticked, _csrf: _csrf!, next })
      expect([status, headers['location']]).toEqual([303, '/'])
    },
  )

  it('nobody takes an acknowledgement back or writes another’s', async () => {
    const person = await make.staff([{ role: 'sales' }])
    await acknowledged(person)
    await expect(pool.query('delete from acknowledgement where staff_id = $1', [person.id])).rejects.toThrow(
      'stays as it is',
    )
    await expect(
      pool.query(`update acknowledgement set until_at = '2099-01-01' where staff_id = $1`, [person.id]),
    ).rejects.toThrow('stays as it is')
  })

  const allTicked = { contacts: true, places: true, channels: true }

  it.each([
    [12, '2028-03-05T15:59:59.999Z'],
    [1, '2027-04-05T15:59:59.999Z'],
  ])(
    'CAL-03 archive.acknowledge_months: %i, to the end of that day, and not a millisecond more',
    async (months, last) => {
      const actor = await actorOf(await make.staff([{ role: 'sales' }]))
      const at = new Date('2027-03-05T02:00:00Z')
      await under({ 'archive.acknowledge_months': months }, () => acknowledge(actor, allTicked, at))
      expect(await hasAcknowledged(actor.id, new Date(last))).toBe(true)
      expect(await hasAcknowledged(actor.id, new Date(Date.parse(last) + 1))).toBe(false)
    },
  )

  it('refuses whatever is not ticked, one sentence each', () => {
    expect(tickProblems({ contacts: true, places: false, channels: false }).map(({ field }) => field)).toEqual([
      'places',
      'channels',
    ])
    expect(tickProblems({ contacts: true, places: true, channels: true })).toEqual([])
  })

  it('stands none, valid, soon, lapsed', () => {
    const at = new Date('2026-11-23T02:00:00Z')
    const days = (n: number) => new Date(at.getTime() + n * 86_400_000)
    expect([null, days(31), days(30), days(1), at, days(-1)].map((until) => standingOf(until, at))).toEqual([
      'none',
      'valid',
      'soon',
      'soon',
      'lapsed',
      'lapsed',
    ])
  })
})

describe('ARC-19: the list and its reminders', () => {
  it('shows who has and who has not to who manages it, and reminds those who have not', async () => {
    const [without, withIt] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const [none, outside] = [await make.staff(), await make.staff([{ role: 'system_admin' }])]
    await acknowledged(withIt)
    const browser = await signIn(people.info_supervisor)
    const lacking = await everyoneOn(browser, '/acknowledgements?standing=none')
    expect(lacking).toContain(without.number)
    expect(lacking).not.toContain(withIt.number)
    const all = await everyoneOn(browser, '/acknowledgements')
    expect(all).toContain(withIt.number)
    expect(all).not.toContain(none.number)
    expect(all).not.toContain(outside.number)
    const done = await browser.submit('/acknowledgements/reminders', {}, '/acknowledgements')
    expect(done.$('.notice').text()).toContain('已提醒')
    expect(await toldOf(without, 'acknowledgement.asked')).toMatchObject([{ href: '/acknowledgement', rule: 'ARC-19' }])
    expect(await toldOf(withIt, 'acknowledgement.asked')).toEqual([])
    const auditor = await signIn(people.auditor)
    expect((await auditor.visit('/acknowledgements')).$('form[action="/acknowledgements/reminders"]')).toHaveLength(0)
    expect((await auditor.post('/acknowledgements/reminders', {})).status).toBe(403)
  })

  async function everyoneOn(browser: Awaited<ReturnType<typeof signIn>>, first: string): Promise<string> {
    let [text, url]: [string, string | undefined] = ['', first]
    while (url) {
      const page = await browser.visit(url)
      text += page.$('tbody').text()
      url = page.$('.pager [rel=next]').attr('href')
    }
    return text
  }

  it('tells a person thirty days before it ends, once, and who has acknowledged anew not at all', async () => {
    const [person, early] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const start = now()
    await acknowledged(person, early)
    const end = (await lastOf(person))!.untilAt
    const before = new Date(end.getTime() - 30 * 86_400_000)
    await tellEnding(new Date(before.getTime() - 1000))
    expect(await toldOf(person, 'acknowledgement.ending')).toEqual([])
    moveClock(() => before)
    await acknowledged(early)
    await remindOfEnding(new Date(before.getTime() + 1000))
    await remindOfEnding(new Date(before.getTime() + 86_400_000))
    expect(await toldOf(person, 'acknowledgement.ending')).toMatchObject([{ rule: 'ARC-19', href: '/acknowledgement' }])
    expect(await toldOf(early, 'acknowledgement.ending')).toEqual([])
    expect(start < before).toBe(true)
  })
})
