import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { tellEnding } from '../../src/agreements/telling.ts'
import { agreementInForce, partnersInForce } from '../../src/agreements/in-force.ts'
import { lackingAgreement } from '../../src/agreements/lacking.ts'
import { standingOf, stands, termProblems } from '../../src/agreements/rules.ts'
import { itemFor } from '../../src/archive/queries.ts'
import { openingProblems } from '../../src/archive/opening.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { dayOf, dayText } from '../../src/lib/days.ts'
import { anItem, acknowledged, agreed, windowOn } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

let people: Cast
let keeper: Browser
beforeAll(async () => {
  people = await theCast()
  keeper = await signIn(people.info_supervisor)
})
afterEach(() => moveClock(() => new Date()))

const day = (n: number, from = now()) => dateText(new Date(from.getTime() + n * 86_400_000))
const lastOf = (number: string) => db.agreement.findUniqueOrThrow({ where: { number } })
const trailOf = (number: string) =>
  db.auditEntry.findMany({ where: { subject: `agreement:${number}` }, orderBy: { id: 'asc' } })
const numberOn = (url: string) => /XY\d+/.exec(url)![0]
let serial = 0
const aName = () => `桃源货运${Date.now().toString(36)}${serial++}`

async function recorded(values: Record<string, string | Buffer>): Promise<string> {
  const page = await keeper.submit('/agreements/new', values)
  if (!page.url.startsWith('/agreements/XY')) throw new Error(page.$('.errors').text())
  return numberOn(page.url)
}

describe('PRV-14: the register', () => {
  it('takes a person’s agreement with its scan; the scan is opened with a line in the trail', async () => {
    const person = await make.staff([{ role: 'archivist' }])
    const number = await recorded({ staff: person.number, untilOn: day(90), file: Buffer.from('甲方 桃源 乙方') })
    expect(await lastOf(number)).toMatchObject({
      party: 'staff',
      staffId: person.id,
      partner: null,
      fileName: '客户.csv',
    })
    expect(await agreementInForce(person.id, now())).toBe(true)
    expect(await trailOf(number)).toMatchObject([{ action: 'agreement.recorded', actorId: people.info_supervisor.id }])
    const list = await keeper.visit(`/agreements?q=${person.number}`)
    expect(list.$('#list tbody tr')).toHaveLength(1)
    expect(list.$('#list').text()).toContain('生效中')
    const scan = await keeper.agent.get(`/agreements/${number}/scan`).buffer(true)
    expect(scan.text).toBe('甲方 桃源 乙方')
    expect((await trailOf(number)).at(-1)).toMatchObject({ action: 'agreement.opened', kind: 'read' })
  })

  it('a partner’s too; corrections keep what stood there, and whoever was second reads first', async () => {
    const name = aName()
    const number = await recorded({ party: 'partner', partner: name, scope: '送货地址' })
    expect((await partnersInForce(now())).map(({ partner }) => partner)).toContain(name)
    const form = await keeper.fieldsOf(`/agreements/${number}/correction`)
    const page = await keeper.submit(`/agreements/${number}/correction`, { scope: '送货地址和电话', reason: '补充' })
    expect(page.$('.history').text()).toContain('送货地址 → 送货地址和电话')
    expect(page.$('.history').text()).toContain('理由：补充')
    const late = await keeper.post(`/agreements/${number}/correction`, { ...form, scope: '全部', reason: '慢了' })
    expect(late.status).toBe(422)
    expect(late.text).toContain('你打开以后它有了变化')
    expect((await lastOf(number)).scope).toBe('送货地址和电话')
    const none = await keeper.submit(`/agreements/${number}/correction`, { reason: '没改' })
    expect(none.$('.errors').text()).toContain('没有改动')
  })

  it('refuses what cannot be, and keeps what was typed', async () => {
    const before = await db.agreement.count()
    const cases: [Record<string, string>, string][] = [
      [{ staff: '' }, '还没有选人员'],
      [{ party: 'partner', partner: '' }, '还没有填单位'],
      [{ staff: 'C99999' }, '没有这位在职人员'],
      [{ staff: people.sales.number, signedOn: day(1), fromOn: day(1) }, '签订日在今天以后'],
      [{ staff: people.sales.number, fromOn: day(-2), signedOn: day(-1) }, '生效日早于签订日'],
      [{ staff: people.sales.number, fromOn: day(5), untilOn: day(4) }, '截止日早于生效日'],
    ]
    for (const [values, sentence] of cases) {
      const page = await keeper.submit('/agreements/new', { ...values, scope: '蓬莱范围' })
      expect(page.status).toBe(422)
      expect(page.$('.errors').text()).toContain(sentence)
      expect(page.$('#f-scope').text()).toContain('蓬莱范围')
    }
    expect(await db.agreement.count()).toBe(before)
  })

  it('is read by those who may, and written by supervisor and manager alone', async () => {
    const archivist = await signIn(people.archivist)
    const list = await archivist.visit('/agreements')
    expect(list.status).toBe(200)
    expect(list.$('a[href="/agreements/new"]')).toHaveLength(0)
    expect((await archivist.visit('/agreements/new')).status).toBe(403)
    expect((await (await signIn(people.sales)).visit('/agreements')).status).toBe(403)
  })
})

describe('PRV-14: no agreement, no access', () => {
  it('ended is ended at once, for the person at the item', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const customer = await make.customer({ ownerId: person.id })
    const item = await anItem(customer, { secrecy: 'secret' })
    await acknowledged(person)
    await windowOn(person, [item])
    const problems = async () =>
      (await openingProblems(await actorOf(person), await itemFor(await actorOf(person), item.number), now())).map(
        ({ rule }) => rule,
      )
    expect(await problems()).toEqual(['PRV-14'])
    expect((await lackingAgreement(now())).find(({ number }) => number === person.number)?.reasons).toContain('window')
    const missing = await keeper.visit('/agreements/missing')
    const way = missing.$(`#list tr:contains(${person.number}) a`).attr('href')!
    const number = numberOn((await keeper.submit('/agreements/new', {}, way)).url)
    expect(await problems()).toEqual([])
    expect((await lackingAgreement(now())).map(({ number }) => number)).not.toContain(person.number)
    const page = await keeper.submit(`/agreements/${number}/end`, { reason: '离开岗位' })
    expect(page.$('main').text()).toContain('已终止')
    expect(await problems()).toEqual(['PRV-14'])
    expect((await keeper.submit(`/agreements/${number}/end`, { reason: '再来' })).$('.errors').text()).toContain(
      '已经终止',
    )
    expect((await trailOf(number)).at(-1)).toMatchObject({ action: 'agreement.ended', why: '离开岗位' })
  })

  it('holds from the first moment of its first day to the last of its last, by the company’s clock', async () => {
    const person = await make.staff()
    await pool.query(
      `insert into agreement (number, party, staff_id, scope, duties, liability, signed_on, from_on, until_on,
         recorded_by_id, recorded_at)
       values ('XY' || gen_random_uuid(), 'staff', $1, 'x', 'x', 'x', '2027-03-01', '2027-03-01', '2027-03-10', $1, now())`,
      [person.id],
    )
    const at = (moment: string) => agreementInForce(person.id, new Date(moment))
    expect(await at('2027-02-28T15:59:59.999Z')).toBe(false)
    expect(await at('2027-02-28T16:00:00.000Z')).toBe(true)
    expect(await at('2027-03-10T15:59:59.999Z')).toBe(true)
    expect(await at('2027-03-10T16:00:00.000Z')).toBe(false)
  })
})

describe('PRV-14: what ends soon', () => {
  it('is told once to the person and the supervisor, thirty days before, unless another follows', async () => {
    const [person, renewed] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const at = new Date('2027-06-01T01:00:00Z')
    const add = (staffId: bigint, from: string, until: string | null) =>
      pool.query(
        `insert into agreement (number, party, staff_id, scope, duties, liability, signed_on, from_on, until_on,
           recorded_by_id, recorded_at)
         values ('XY' || gen_random_uuid(), 'staff', $1, 'x', 'x', 'x', $2::date, $2::date, $3::date, $1, now())`,
        [staffId, from, until],
      )
    await add(person.id, '2027-01-01', '2027-07-01')
    await add(renewed.id, '2027-01-01', '2027-07-01')
    await add(renewed.id, '2027-07-02', null)
    const told = (to: { id: bigint }) => db.notice.findMany({ where: { staffId: to.id, kind: 'agreement.ending' } })
    await tellEnding(new Date(at.getTime() - 86_400_000))
    expect(await told(person)).toEqual([])
    for (const days of [0, 1, 2]) await tellEnding(new Date(at.getTime() + days * 86_400_000))
    expect(await told(person)).toMatchObject([{ rule: 'PRV-14', params: { until: '2027-07-01', name: person.name } }])
    expect(await told(renewed)).toEqual([])
    const supervisor = await told(people.info_supervisor)
    expect(supervisor.filter(({ params }) => (params as { name: string }).name === person.name)).toHaveLength(1)
  })

  it('stands planned, in force, soon, over or ended, one of them on every day', () => {
    const base = dayOf('2027-01-01').getTime()
    const on = (n: number) => new Date(base + n * 86_400_000)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.option(fc.integer({ min: 0, max: 400 })),
        fc.integer({ min: 0, max: 900 }),
        (from, length, today) => {
          const untilOn = length === null ? null : on(from + length)
          const period = { fromOn: on(from), untilOn, endedAt: null }
          const standing = standingOf(period, dayText(on(today)))
          const inside = today >= from && (length === null || today <= from + length)
          expect(stands(period, dayText(on(today)))).toBe(inside)
          expect(standing === 'soon').toBe(inside && length !== null && from + length - today <= 30)
          expect(standingOf({ ...period, endedAt: on(0) }, dayText(on(today)))).toBe('ended')
        },
      ),
    )
  })

  it('nothing is in force before it is signed', () => {
    const today = '2027-03-05'
    const problems = (signedOn: string, fromOn: string, untilOn: string | null) =>
      termProblems({ signedOn, fromOn, untilOn }, today).map(({ field }) => field)
    expect(problems(today, today, today)).toEqual([])
    expect(problems('2027-03-06', '2027-03-06', null)).toEqual(['signedOn'])
    expect(problems('2027-03-04', '2027-03-03', '2027-03-02')).toEqual(['fromOn', 'untilOn'])
  })

  it('whoever has one that stands lacks none', async () => {
    const person = await make.staff([{ role: 'archivist' }])
    expect((await lackingAgreement(now())).find(({ number }) => number === person.number)).toMatchObject({
      reasons: ['role'],
    })
    await agreed(person)
    expect((await lackingAgreement(now())).some(({ number }) => number === person.number)).toBe(false)
  })
})
