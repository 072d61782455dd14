import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { visitor as nobody } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { signIn as signInAt } from '../../src/session/commands.ts'
import { admitTry, lockAccount, lockAt } from '../../src/session/limits.ts'
import { passwordProblems } from '../../src/session/passwords.ts'
import { issuePassword } from '../../src/staff/commands.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import { actorOf, make, password, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

const minute = 60_000
const hour = 60 * minute
const start = Date.now()
const stand = (at: number) => moveClock(() => new Date(start + at))

beforeAll(theCast)
beforeEach(() => pool.query('delete from sign_in_limit'))
afterEach(() => {
  moveClock(() => new Date())
  vi.useRealTimers()
})

const wrong = (account: string) => visitor().submit('/sign-in', { account, password: 'never this one' })
const comesIn = async ({ number }: { number: string }) =>
  !(await visitor().submit('/sign-in', { account: number, password })).url.startsWith('/sign-in')
const isOpen = async (browser: Browser) => (await browser.visit('/profile')).url === '/profile'

describe('CAL-03, ACC-01: a password', () => {
  const owner = { number: 'C1', name: '云', pinyin: 'yun', phone: null, company: null }

  it('CAL-03 accounts.password_length: ten characters are enough, nine are not', () => {
    const [ten, nine] = ['kx7!mvqa2w', 'kx7!mvqa2']
    expect(passwordProblems(ten, owner, 10)).toEqual([])
    expect(passwordProblems(nine, owner, 10)).toMatchObject([{ rule: 'ACC-01', params: { min: 10 } }])
  })

  it('CAL-03 accounts.password_length: a version that asks for twelve is told and held', async () => {
    await under({ 'accounts.password_length': 12 }, async () => {
      const browser = await signIn(await make.staff())
      const change = (fresh: string) =>
        browser.submit('/password', { currentPassword: password, newPassword: fresh, repeatPassword: fresh })
      expect((await browser.visit('/password')).$('main').text()).toContain('至少 12 个字')
      const refused = await change('kx7!mvqa2wz')
      expect(refused.status).toBe(422)
      expect(refused.$('.errors [data-rule="ACC-01"]').text()).toContain('至少 12 个字')
      expect((await change('kx7!mvqa2wzh')).status).toBe(200)
    })
  })
})

describe('CAL-03, ACC-01: the lock', () => {
  it('CAL-03 accounts.tries: four wrong passwords are forgiven, the fifth locks', async () => {
    const [four, five] = [await make.staff(), await make.staff()]
    for (let at = 0; at < 4; at++) await wrong(four.number)
    expect(await comesIn(four)).toBe(true)
    for (let at = 0; at < 4; at++) await wrong(five.number)
    expect((await wrong(five.number)).$('.error').text()).toContain('连错 5 次会锁定 15 分钟')
    expect(await comesIn(five)).toBe(false)
    const line = await db.auditEntry.findFirstOrThrow({
      where: { action: 'session.locked', subject: `staff:${five.id}` },
    })
    expect(line.after).toEqual({ tries: 5, minutes: 15 })
  })

  it('CAL-03 accounts.tries: a version that allows three locks at the third, and says so', async () => {
    await under({ 'accounts.tries': 3, 'accounts.lock_minutes': 30 }, async () => {
      const [two, three] = [await make.staff(), await make.staff()]
      for (let at = 0; at < 2; at++) await wrong(two.number)
      expect(await comesIn(two)).toBe(true)
      for (let at = 0; at < 2; at++) await wrong(three.number)
      expect((await wrong(three.number)).$('.error').text()).toContain('连错 3 次会锁定 30 分钟')
      expect(await comesIn(three)).toBe(false)
    })
  })

  it.each([15, 30])('CAL-03 accounts.lock_minutes: %i minutes to the millisecond', async (minutes) => {
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    await under({ 'accounts.lock_minutes': minutes }, async () => {
      const [key, lock] = [`locked-${minutes}`, await lockAt(new Date(start))]
      expect(lock).toEqual({ tries: 5, minutes })
      await lockAccount(key, lock)
      vi.setSystemTime(start + minutes * minute - 1)
      expect((await admitTry(key, lock)).admitted).toBe(false)
      vi.setSystemTime(start + minutes * minute)
      expect((await admitTry(key, lock)).admitted).toBe(true)
    })
  })
})

describe('CAL-03, ACC-01: a session', () => {
  it('CAL-03 accounts.idle_minutes: lasts thirty minutes of rest, and not a millisecond more', async () => {
    stand(0)
    const browser = await signIn(await make.staff())
    stand(30 * minute)
    expect(await isOpen(browser)).toBe(true)
    stand(60 * minute + 1)
    expect(await isOpen(browser)).toBe(false)
    // What is over stays over: being turned away is no use of it.
    expect(await isOpen(browser)).toBe(false)
    stand(30 * minute)
    expect(await isOpen(browser)).toBe(false)
  })

  it('CAL-03 accounts.idle_minutes: a version that allows five is in force at once, for whoever is in already', async () => {
    stand(0)
    const [rests, works] = [await signIn(await make.staff()), await signIn(await make.staff())]
    await under({ 'accounts.idle_minutes': 5 }, async () => {
      stand(5 * minute)
      expect(await isOpen(works)).toBe(true)
      stand(5 * minute + 1)
      expect(await isOpen(rests)).toBe(false)
      expect(await isOpen(works)).toBe(true)
    })
  })

  it('CAL-03 accounts.idle_minutes: forms and pages alike are a use of it', async () => {
    stand(0)
    const browser = await signIn(await make.staff())
    for (const at of [20, 40, 60]) {
      stand(at * minute)
      const page = await browser.submit('/profile/shortcuts', { shortcuts: 'on' }, '/profile')
      expect(page.url).toBe('/profile')
    }
    stand(90 * minute)
    expect((await browser.visit('/profile')).$('main').text()).toContain('就是这里')
  })

  it.each([10, 2])('CAL-03 accounts.session_hours: %i hours are over when they are over', async (hours) => {
    await under({ 'accounts.session_hours': hours }, async () => {
      stand(0)
      const browser = await signIn(await make.staff())
      for (let at = 30 * minute; at < hours * hour; at += 30 * minute) {
        stand(at)
        expect(await isOpen(browser)).toBe(true)
      }
      stand(hours * hour - 1)
      expect(await isOpen(browser)).toBe(true)
      stand(hours * hour)
      expect(await isOpen(browser)).toBe(false)
    })
  })

  it('CAL-03 accounts.session_hours: the profile says until when, and lists no session that is over', async () => {
    stand(0)
    const person = await make.staff()
    await signIn(person)
    stand(31 * minute)
    const here = await signIn(person)
    const rows = (await here.visit('/profile')).$('form[action^="/profile/sessions/"]')
    expect(rows).toHaveLength(1)
  })
})

describe('CAL-03, ACC-01: an issued password', () => {
  it.each([7, 2])('CAL-03 accounts.one_time_days: is good for less than %i days', async (days) => {
    await under({ 'accounts.one_time_days': days }, async () => {
      const [admin, person] = [await actorOf((await theCast()).system_admin), await make.staff()]
      const { secret } = await issuePassword(admin, person.id, new Date(start))
      const tried = (at: number) =>
        refusalOf(
          signInAt(
            nobody('zh', { ip: null, requestId: null }),
            { account: person.number, password: secret } as never,
            new Date(start + at),
          ),
        )
      expect(await tried(days * 24 * hour - 1)).toBe(null)
      expect(await tried(days * 24 * hour)).toEqual(['ACC-01 session:refused.signIn'])
    })
  })
})

it('ACC-01: who issues a password is told until when it is good', async () => {
  stand(0)
  const [admin, person] = [await signIn((await theCast()).system_admin), await make.staff()]
  await under({ 'accounts.one_time_days': 2 }, async () => {
    const page = await admin.submit(`/staff/${person.number}/password`, {}, `/staff/${person.number}`)
    expect(page.$('.callout').text()).toContain(`${dateTimeText(new Date(start + 48 * hour))} 前有效`)
  })
})
