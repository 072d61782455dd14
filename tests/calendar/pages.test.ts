import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seedCalendar } from '../../src/calendar/seed.ts'
import { calendarAt, forgetCalendar } from '../../src/calendar/queries.ts'
import { isWorkingDay } from '../../src/calendar/reckoning.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import { theCast } from '../support/make.ts'
import { at } from './office.ts'

const clock = (text: string) => moveClock(() => at(text))
let admin: Browser
let reader: Browser

async function restore() {
  await pool.query(`delete from calendar_day where origin = 'company' or day >= '2027-01-01'`)
  await pool.query(`delete from calendar_year where year >= 2027`)
  await pool.query(`delete from graphile_worker._private_jobs`).catch(() => {})
  forgetCalendar()
}

beforeAll(async () => {
  clock('2026-11-24 10:00')
  const cast = await theCast()
  admin = await signIn(cast.system_admin)
  reader = await signIn(cast.nobody)
})
beforeEach(() => clock('2026-11-24 10:00'))
afterEach(restore)
afterAll(() => moveClock(() => new Date()))

const lastLine = async (action: string) =>
  db.auditEntry.findFirstOrThrow({ where: { action }, orderBy: { id: 'desc' } })
const works = async (day: string) => isWorkingDay(await calendarAt(at('2026-11-24 10:00')), day)
const add = (values: Record<string, string>) =>
  admin.submit('/calendar/days', {
    from: '2026-12-07',
    until: '',
    origin: 'company',
    work: 'off',
    name: '厂庆',
    ...values,
  })
const year2027 = '元旦：1月1日至3日放假。\n春节：2月6日至12日放假调休。1月31日上班。\n国庆节：10月1日至7日放假。'

describe('CAL-01: the page', () => {
  it('everybody signed in sees the year; nobody else does', async () => {
    const page = await reader.visit('/calendar')
    expect(page.status).toBe(200)
    expect(page.$('h1').text()).toBe('2026 年工作日历')
    expect(page.$('.month')).toHaveLength(12)
    expect(page.$('.month').eq(1).find('caption').text()).toContain('16 个工作日')
    expect(page.$('td:has(time[datetime="2026-02-14"])').text()).toContain('班')
    expect(page.$('td:has(time[datetime="2026-02-17"])').text()).toContain('放')
    expect(page.$('time[aria-current="date"]').attr('datetime')).toBe('2026-11-24')
    expect(page.$('.figures').text()).toContain('全年工作日248')
    expect(page.$('main').text()).toContain('周一至周五 08:30–17:30')
    expect(page.$('main a[href="/regulations/CAL-01"]').length).toBeGreaterThan(0)
    expect(page.$('.table').text()).toContain('02-15 周日 – 02-23 周一')
    expect(page.$('main a[href^="/calendar/days"]')).toHaveLength(0)
    expect((await visitor().visit('/calendar')).url).toContain('/sign-in')
  })

  it('a year that is not entered says so, and by what it reckons', async () => {
    const page = await reader.visit('/calendar?year=2027')
    expect(page.$('.callout').text()).toContain('2027 年的放假安排还没有录入。')
    expect(page.$('.callout').text()).toContain('按周一至周五推算')
    expect(page.$('.figures').text()).toContain('全年工作日261')
    expect((await reader.visit('/calendar?year=2025')).$('.callout')).toHaveLength(0)
  })

  it.each(['abc', '1999', '20255', '-1', '2027%00'])('a year %s is no year: this one, or told so', async (year) => {
    const page = await reader.visit(`/calendar?year=${year}`)
    expect([200, 400]).toContain(page.status)
    if (page.status === 200) expect(page.$('h1').text()).toContain('2026')
  })

  it('in English', async () => {
    const cast = await theCast()
    await pool.query(`update staff set language = 'en' where id = $1`, [cast.nobody.id])
    const page = await reader.visit('/calendar?from=2026-02-13T10:00&n=2&unit=working_day')
    await pool.query(`update staff set language = 'zh' where id = $1`, [cast.nobody.id])
    expect(page.$('h1').text()).toBe('Working calendar 2026')
    expect(page.$('.reckoned').text()).toContain('Tue 2026-02-24 17:30')
    expect(page.$('.reckoned').text()).toContain('not counted, Spring Festival')
    expect(page.$('.office-clock').text()).toContain('7 h 30 min to close')
  })
})

describe('CAL-01: the reckoner', () => {
  it.each([
    ['2026-02-13T10:00', '2', 'working_day', '2026-02-24 周二 17:30', '春节放假'],
    ['2026-02-13T17:00', '1', 'working_hour', '2026-02-14 周六 09:00', '（春节补班）'],
    ['2026-02-13T17:00', '48', 'hour', '2026-02-15 周日 17:00', '假日都照算'],
    ['2026-02-13T17:00', '3', 'day', '2026-02-16 周一 24:00', '到第 3 天的 24:00'],
    ['2026-01-31T17:00', '1', 'month', '2026-02-28 周六 24:00', '到月末'],
    ['2026-12-31 16:00', '1', 'working_day', '2027-01-01 周五 17:30', '2027 年的放假安排还没有录入'],
  ])('from %s, %s %s: due %s', async (from, n, unit, due, working) => {
    const { $ } = await reader.visit(`/calendar?${new URLSearchParams({ from, n, unit })}`)
    expect($('.reckoned .due').text()).toContain(due)
    expect($('.reckoned').text()).toContain(working)
  })

  it('what cannot be read is said by the field, and stays in it', async () => {
    const { $, status } = await reader.visit('/calendar?from=2026-02-30T10:00&n=viele&unit=working_day')
    expect(status).toBe(200)
    expect($('.reckoned')).toHaveLength(0)
    expect($('.field.wrong').text()).toContain('时间看不懂')
    expect($('.field.wrong').text()).toContain('1 到 500 的整数')
    expect($('#f-n').val()).toBe('viele')
    expect($('#f-from').val()).toBe('2026-02-30T10:00')
  })

  it.each(['n=99999', 'n=501', 'n=0', 'n=-1', 'n=1.5', 'unit=sweet', 'from=', 'from=2026-11-24T25:00'])(
    'odd wishes are answered: %s',
    async (odd) => {
      const asked = new URLSearchParams({ from: '2026-11-24T10:00', n: '1', unit: 'working_day' })
      for (const [name, value] of new URLSearchParams(odd)) asked.set(name, value)
      const { $, status } = await reader.visit(`/calendar?${asked}`)
      expect([status, $('.field.wrong').length]).toEqual([200, 1])
    },
  )
})

describe('CAL-01: days set by the company', () => {
  it('a day off: shown, reckoned with, in the trail, and open deadlines are reckoned anew', async () => {
    const page = await add({})
    expect(page.url).toBe('/calendar?year=2026')
    expect(page.$('.notice').text()).toContain('已加 1 天')
    expect(page.$('td:has(time[datetime="2026-12-07"])').text()).toContain('公司放')
    expect(page.$('.history').text()).toContain('12-07 周一 厂庆 放假（公司）')
    expect(await works('2026-12-07')).toBe(false)
    const line = await lastLine('calendar.days_added')
    expect(line).toMatchObject({ subject: 'calendar:2026', actorName: '齐思远', kind: 'change' })
    expect(line.after).toMatchObject({ from: '2026-12-07', until: '2026-12-07', origin: 'company', working: false })
    const { rows } = await pool.query(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'deadlines.recompute'`,
    )
    expect(rows.map(({ payload }) => payload)).toEqual([{ from: '2026-12-07' }, { from: '2026-12-07' }])
  })

  it('a span; then some of it works after all; then the rest goes', async () => {
    await add({ from: '2026-12-07', until: '2026-12-11', name: '停产' })
    const here = '/calendar/days/2026-12-09/company'
    const shown = await admin.visit(here)
    expect(shown.$('h1').text()).toBe('停产 2026-12-07 周一 – 2026-12-11 周五')
    await admin.submit(here, { from: '2026-12-10', until: '2026-12-11', work: 'on', name: '赶工' })
    expect([await works('2026-12-09'), await works('2026-12-10')]).toEqual([false, true])
    const page = await admin.submit(here, { act: 'remove' })
    expect(page.$('.notice').text()).toContain('已删去')
    expect([await works('2026-12-07'), await works('2026-12-09')]).toEqual([true, true])
    expect((await lastLine('calendar.days_removed')).before).toMatchObject({ from: '2026-12-07', until: '2026-12-09' })
    expect((await lastLine('calendar.days_corrected')).before).toMatchObject({ working: false, name: '停产' })
  })

  it('a Saturday on which the company works counts', async () => {
    await add({ from: '2026-11-28', work: 'on', name: '盘点' })
    const { $ } = await reader.visit('/calendar?from=2026-11-27T10:00&n=1&unit=working_day')
    expect($('.reckoned .due').text()).toContain('2026-11-28 周六 17:30')
  })

  it.each([
    ['a day that is over', { from: '2026-11-23' }, '2026-11-23 已经过去'],
    ['an end before the beginning', { from: '2026-12-07', until: '2026-12-01' }, '早于 2026-12-07'],
    ['too many days', { from: '2026-12-01', until: '2027-04-01' }, '最多 92 天'],
    ['a Sunday off', { from: '2026-12-06' }, '本来就不上班'],
    ['a Monday on', { work: 'on' }, '本来就上班'],
    ['a day that does not exist', { from: '2026-02-30' }, '看不懂这一项'],
    ['no day at all', { from: '' }, '这一项必填'],
    ['no name', { name: ' ' }, '这一项必填'],
    ['a name too long', { name: '长'.repeat(31) }, '最多 30 个字'],
    ['an origin that is none', { origin: 'moon' }, '请从列出的选项里选一个'],
    ['the state’s day of a year that is over', { origin: 'statutory', from: '2025-12-31' }, '2025 年已经结束'],
    ['the state’s day that is there', { origin: 'statutory', from: '2026-10-01' }, '已经是“国庆节”放假'],
  ])('%s is refused with the reason, and nothing typed is lost', async (_what, values, reason) => {
    const page = await add({ name: '厂庆', ...values })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain(reason)
    expect(page.$('#f-from').val()).toBe({ from: '2026-12-07', ...values }.from)
    expect(await pool.query(`select 1 from calendar_day where origin = 'company'`)).toMatchObject({ rows: [] })
  })

  it('the same day twice is refused, also when two send at once', async () => {
    const answers = await Promise.all([add({}), add({}), add({})])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422, 422])
  })

  it('what has begun is changed from today on', async () => {
    await add({ from: '2026-11-25', until: '2026-11-27' })
    clock('2026-11-26 09:00')
    const cast = await theCast()
    admin = await signIn(cast.system_admin)
    const here = '/calendar/days/2026-11-25/company'
    expect((await admin.visit(here)).$('#f-from').val()).toBe('2026-11-26')
    const late = await admin.submit(here, { from: '2026-11-25', act: 'remove' })
    expect(late.$('.errors').text()).toContain('2026-11-25 已经过去')
    await admin.submit(here, { act: 'remove' })
    expect([await works('2026-11-25'), await works('2026-11-26')]).toEqual([false, true])
    clock('2026-11-24 10:00')
    admin = await signIn(cast.system_admin)
  })

  it('somebody else changed it meanwhile: told, and the form shows the latest', async () => {
    await add({})
    const here = '/calendar/days/2026-12-07/company'
    const opened = await admin.fieldsOf(here)
    await admin.submit(here, { name: '周年庆' })
    const page = await admin.post(here, { ...opened, name: '改名', _form: 'another' })
    expect(page.status).toBe(422)
    expect(page.text).toContain('你打开以后，别人改了这里的安排')
    expect(page.text).toContain('周年庆')
    const again = await admin.submit(here, { name: '改名' })
    expect(again.status).toBe(200)
  })

  it('what changes nothing, and days outside of the form, are refused', async () => {
    await add({})
    const here = '/calendar/days/2026-12-07/company'
    expect((await admin.submit(here)).$('.errors').text()).toContain('没有改动')
    expect((await admin.submit(here, { from: '2026-12-08', until: '2026-12-08' })).$('.errors').text()).toContain(
      '只能改 2026-12-07 至 2026-12-07',
    )
  })

  it.each(['general_manager', 'auditor', 'sales', 'security_admin'] as const)('%s changes nothing', async (role) => {
    const browser = await signIn((await theCast())[role])
    for (const path of ['/calendar/days', '/calendar/years/2027', '/calendar/days/2026-10-01/statutory'])
      expect((await browser.visit(path)).status).toBe(403)
  })

  it.each(['2026-12-08/company', '2026-10-01/company', '2026-10-01/moon', 'x/statutory', '2026-13-01/statutory'])(
    'there is no %s',
    async (path) => expect((await admin.visit(`/calendar/days/${path}`)).status).toBe(404),
  )
})

describe('CAL-01: a year’s arrangement', () => {
  const here = '/calendar/years/2027'

  it('pasted: every day of it counts, the notice of the missing year goes, the trail has the whole', async () => {
    const page = await admin.submit(here, { lines: year2027 })
    expect(page.url).toBe('/calendar?year=2027')
    expect(page.$('.notice').text()).toContain('2027 年的放假安排已录入，共 18 天')
    expect(page.$('.callout')).toHaveLength(0)
    expect([await works('2027-01-31'), await works('2027-02-08'), await works('2027-10-04')]).toEqual([
      true,
      false,
      false,
    ])
    const line = await lastLine('calendar.year_entered')
    expect(line.subject).toBe('calendar:2027')
    expect(JSON.stringify(line.after)).toContain('2027-01-31 班 春节')
    expect(
      (await reader.visit('/calendar?from=2026-12-31T16:00&n=1&unit=working_day')).$('.reckoned').text(),
    ).toContain('2027-01-04 周一 17:30')
  })

  it('entered again, open deadlines are reckoned anew from the first day that was arranged before', async () => {
    await admin.submit(here, { lines: year2027 })
    await admin.submit(here, { lines: year2027.replace('1月1日至3日', '1月2日至4日') })
    const { rows } = await pool.query(
      `select distinct payload ->> 'from' as day from graphile_worker._private_jobs where id > (
         select max(id) - 2 from graphile_worker._private_jobs) order by 1`,
    )
    expect(rows).toEqual([{ day: '2027-01-01' }])
  })

  it('entered again, it replaces the state’s days and leaves the company’s', async () => {
    await admin.submit(here, { lines: year2027 })
    await add({ from: '2027-03-01' })
    const form = await admin.visit(here)
    expect(form.$('textarea').val()).toContain('2027-02-06–2027-02-12 放假 春节')
    await admin.submit(here, { lines: year2027.replace('10月1日至7日', '10月1日至8日').replace('1月31日上班。', '') })
    expect([await works('2027-01-31'), await works('2027-10-08'), await works('2027-03-01')]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('lines that cannot be read are named; the text stays and nothing is entered', async () => {
    const lines = `${year2027}\n2027-02-30 放假 除夕\n哪天\n6月9日 端午节`
    const page = await admin.submit(here, { lines })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('第 4 行')
    expect(page.$('.errors').text()).toContain('第 6 行')
    expect(page.$('textarea').text()).toContain('除夕')
    expect((await calendarAt(at('2026-11-24 10:00'))).years.has(2027)).toBe(false)
  })

  it('a form older than the last change is refused, and the text stays', async () => {
    const opened = await admin.fieldsOf(here)
    await admin.submit(here, { lines: year2027 })
    const late = await admin.post(here, { ...opened, lines: year2027, _form: 'another' })
    expect(late.status).toBe(422)
    expect(late.text).toContain('别人改了这里的安排')
    await admin.submit(here, { lines: year2027 })
    const old = await admin.fieldsOf(here)
    await add({ from: '2027-03-01' })
    expect((await admin.post(here, { ...old, _form: 'more' })).status).toBe(422)
  })

  it('a year that is over stays as it was', async () => {
    const lines = '元旦：2025年1月1日至1月13日放假'
    const page = await admin.submit('/calendar/years/2025', { lines })
    expect(page.$('.errors').text()).toContain('2025 年已经结束')
  })

  it.each(['1999', 'x', '20277'])('there is no year %s', async (year) =>
    expect((await admin.visit(`/calendar/years/${year}`)).status).toBe(404),
  )
})

describe('CAL-01: what the product comes with', () => {
  it('is there once, by the system, with one line in the trail', async () => {
    const count = async () => (await db.auditEntry.findMany({ where: { action: 'calendar.seeded' } })).length
    expect(await count()).toBe(1)
    expect((await lastLine('calendar.seeded')).actorName).toBe('系统')
    await seedCalendar(at('2026-11-24 10:00'))
    expect(await count()).toBe(1)
    expect(await db.calendarYear.count()).toBe(7)
  })

  it('never overwrites what somebody entered, also for a year that is missing', async () => {
    await pool.query(`update calendar_day set name = '改过' where day = '2026-05-01'`)
    await pool.query(`delete from calendar_day where day = '2026-05-02'`)
    await seedCalendar(at('2026-11-24 10:00'))
    const names = async () =>
      (await pool.query(`select name from calendar_day where day between '2026-05-01' and '2026-05-02' order by day`))
        .rows
    expect(await names()).toEqual([{ name: '改过' }])
    await pool.query(`delete from calendar_year where year = 2026`)
    forgetCalendar()
    await seedCalendar(at('2026-11-24 10:00'))
    expect(await names()).toEqual([{ name: '改过' }, { name: '劳动节' }])
    await pool.query(`update calendar_day set name = '劳动节' where day = '2026-05-01'`)
  })
})

describe('CAL-01: the office clock on every page', () => {
  it.each([
    ['2026-11-24 14:05', '2026-11-24 周二 14:05', '工作日', '距下班 3 小时 25 分'],
    ['2026-11-24 08:29', '08:29', '工作日', '08:30 上班'],
    ['2026-11-24 08:30', '08:30', '工作日', '距下班 9 小时'],
    ['2026-11-24 17:29', '17:29', '工作日', '距下班 1 分'],
    ['2026-11-24 17:30', '17:30', '工作日', '已下班'],
    ['2026-11-22 12:00', '周日', '休息日', '今天不上班'],
    ['2026-10-02 12:00', '周五', '休息日', '今天不上班：国庆节'],
    ['2026-02-14 12:00', '周六', '春节补班', '距下班 5 小时 30 分'],
  ])('%s: %s, %s, %s', async (moment, ...words) => {
    clock(moment)
    const browser = await signIn((await theCast()).nobody)
    const { $ } = await browser.visit('/')
    for (const word of words) expect($('.office-clock').text()).toContain(word)
    expect($('.office-clock').attr('href')).toBe('/calendar')
  })
})
