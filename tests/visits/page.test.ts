import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { translate } from '../../src/i18n.ts'
import { now } from '../../src/lib/clock.ts'
import { dateTimeText, dayStart } from '../../src/lib/dates.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { reschedule } from '../../src/visits/changing/commands.ts'
import { visitPage } from '../../src/visits/page/pages.ts'
import { trackOf } from '../../src/visits/page/track.ts'
import { visitFor, type Visit } from '../../src/visits/queries.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aVisit, visitNow } from '../support/visits.ts'

const soon = () => new Date(now().getTime() + 26 * 3_600_000)
const pageFor = async (who: { id: bigint }, { number }: Pick<Visit, 'number'>) => {
  const actor = await actorOf(who)
  return visitPage(actor, await visitFor(actor, number), now())
}
const textOfPart = async (page: Awaited<ReturnType<typeof pageFor>>, view: string) =>
  JSON.stringify([...page.column, ...page.margin].find((one) => one.view === view)?.model ?? null)

describe('the page of a visit', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await signIn((await theCast()).sales)
  })

  it('VIS-02, wish 49: all that is planned, both sides, and the other companies with the way to them', async () => {
    const { sales } = await theCast()
    const [other, unseen] = [await make.customer({ ownerId: sales.id }), await make.customer()]
    const colleague = await make.staff()
    const visit = await aVisit({
      startsAt: soon(),
      agenda: '看封条样品',
      bring: '样品两件',
      companions: [colleague.id],
      people: [{ contactId: null, name: '丁香结', post: '主任' }],
      parties: [other.id, unseen.id],
    })
    const page = await browser.visit(`/visits/${visit.number}`)
    const facts = page.$('#facts').text()
    for (const word of ['开发新客户', '丁香结 主任', '看封条样品', '样品两件', sales.name, colleague.name, unseen.name])
      expect(facts).toContain(word)
    expect(page.$(`#facts a[href="/customers/${other.number}"]`)).toHaveLength(1)
    expect(page.$(`#facts a[href="/customers/${unseen.number}"]`)).toHaveLength(0)
    expect(page.$('#appointment').text()).toContain('还没有与客户约定')
    expect(page.$('.why-nots').text()).toContain('不能登记到达')
  })

  it('VIS-05: reschedules from its form; what is wrong comes back with what was typed', async () => {
    const visit = await aVisit({ startsAt: soon() })
    const path = `/visits/${visit.number}/rescheduling`
    const wrong = await browser.submit(path, { day: '2020-01-01', reason: '客户出差' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('.errors [data-rule="VIS-05"]').text()).toContain('已经过去')
    expect(wrong.$('[name=reason]').text().trim()).toBe('客户出差')
    const day = dateTimeText(new Date(now().getTime() + 5 * 86_400_000)).slice(0, 10)
    const done = await browser.submit(path, { day, time: '15:30', reason: '客户出差' })
    expect(done.url).toBe(`/visits/${visit.number}`)
    expect(done.$('.page-head').text()).toContain(`${day} 15:30`)
    expect(done.$('#changes').text()).toContain(dateTimeText(visit.startsAt))
    expect(done.$('#history').text()).toContain('客户出差')
  })

  it('VIS-03: the appointment is noted from its form', async () => {
    const visit = await aVisit({ startsAt: soon(), people: [{ contactId: null, name: '丁香结', post: null }] })
    const done = await browser.submit(`/visits/${visit.number}/appointment`)
    expect(done.$('#appointment').text()).toContain('与 丁香结 约定，电话')
    expect(done.$('#history').text()).toContain('与客户约定拜访')
  })

  it('PPL-01: acts are the owner’s alone; who does not see it finds nothing', async () => {
    const { dept_head } = await theCast()
    const visit = await aVisit({ startsAt: soon() })
    const own = await pageFor(await theCast().then(({ sales }) => sales), visit)
    expect(own.acts.map(({ href }) => href)).toContain(`/visits/${visit.number}/rescheduling`)
    const seen = await pageFor(dept_head, visit)
    expect([...seen.acts, ...seen.moreActs].filter(({ href }) => /rescheduling|arrival/.test(href))).toEqual([])
    const stranger = await make.staff([{ role: 'sales' }])
    expect(await refusalOf(pageFor(stranger, visit))).toBeInstanceOf(NotFound)
    expect((await browser.visit(`/visits/${visit.number.replace('BF', 'BX')}`)).status).toBe(404)
  })

  it('AUD-03: tells what happened to this visit, not to others of the customer', async () => {
    const { sales } = await theCast()
    const customer = await make.customer({ ownerId: sales.id })
    const about = { customerId: customer.id, party: customer.name, startsAt: soon() }
    const [one, other] = [await aVisit(about), await aVisit(about)]
    const moved = { version: 1, day: '2027-05-04', time: null, minutes: 30, reason: '改到节后' }
    await reschedule(await actorOf(sales), one, moved, dayStart('2026-11-24'))
    const [mine, theirs] = [await pageFor(sales, one), await pageFor(sales, other)]
    expect(await textOfPart(mine, 'visits/page/history')).toContain('改到节后')
    expect(await textOfPart(theirs, 'visits/page/history')).not.toContain('改到节后')
    expect(await db.auditEntry.count({ where: { subject: `customer:${customer.id}` } })).toBe(3)
  })

  it('says which step is being done', async () => {
    const t = translate.zh
    const visit = await aVisit({ startsAt: soon() })
    const stepsOf = (more: Partial<Visit>, reviewedAt: Date | null = null) =>
      trackOf(t, { ...visit, ...more }, reviewedAt).flatMap(({ word, at }) => (at === 'now' ? [word] : []))
    const at = now()
    expect(stepsOf({})).toEqual(['约定'])
    expect(stepsOf({ confirmedAt: at })).toEqual(['拜访'])
    expect(stepsOf({ state: 'done', arrivedAt: at })).toEqual(['报告'])
    expect(stepsOf({ state: 'reported', reportedAt: at })).toEqual(['审阅'])
    expect(stepsOf({ state: 'reported', reportedAt: at }, at)).toEqual([])
    expect(stepsOf({ state: 'cancelled' })).toEqual([])
    expect((await visitNow(visit)).state).toBe('approved')
  })
})
