import { afterEach, describe, expect, it, vi } from 'vitest'
import { db } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { clockShift, machineNow, moveClock, now, shiftClock } from '../../src/lib/clock.ts'
import { tidy } from '../../src/jobs/housekeeping.ts'
import { admitTry, lockAccount } from '../../src/session/limits.ts'
import { signIn, visitor } from '../support/browser.ts'
import { theCast } from '../support/make.ts'
import { at } from '../calendar/office.ts'

vi.mock(import('../../src/config.ts'), async (original) => {
  const real = await original()
  return { ...real, config: { ...real.config, env: 'development' as const } }
})

// The sweep has its own tests; here it must not run over what the other tests keep in this database.
vi.mock(import('../../src/deadlines/jobs.ts'), async (original) => ({
  ...(await original()),
  sweep: vi.fn<typeof sweep>(async () => ({ soon: 2, overdue: 1, escalated: 0 })),
}))

afterEach(() => {
  shiftClock(0)
  moveClock(() => new Date())
})

describe('CAL-01: the moved clock, in development', () => {
  it('goes on from where it was put, and the machine’s stays', () => {
    moveClock(() => at('2026-11-24 10:00'))
    shiftClock(3_600_000)
    expect([now(), machineNow()]).toEqual([at('2026-11-24 11:00'), at('2026-11-24 10:00')])
    moveClock(() => at('2026-11-24 10:05'))
    expect(now()).toEqual(at('2026-11-24 11:05'))
  })

  it('moved by days: every page says so, the sign-in stays, what is done is dated by it; and back', async () => {
    moveClock(() => at('2026-11-24 10:00'))
    const browser = await signIn((await theCast()).system_admin)
    expect((await browser.visit('/calendar')).$('.moved-clock')).toHaveLength(0)
    const page = await browser.submit('/clock', { n: '3', unit: 'days' })
    expect(page.$('.notice').text()).toContain('系统时间是 2026-11-27 10:00；将到期 2 件，逾期 1 件，上报 0 件')
    expect(sweep).toHaveBeenCalledWith(at('2026-11-27 10:00'))
    const shown = await browser.visit('/calendar')
    expect(shown.$('.moved-clock').text()).toContain('系统现在是 2026-11-27 10:00，真实时间 2026-11-24 10:00')
    expect(shown.$('.office-clock').text()).toContain('2026-11-27 周五')
    expect(shown.$('time[aria-current="date"]').attr('datetime')).toBe('2026-11-27')
    expect((await visitor().visit('/sign-in')).$('.moved-clock')).toHaveLength(1)
    await signIn((await theCast()).nobody)
    const line = await db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(line.at).toEqual(at('2026-11-27 10:00'))
    const back = await browser.submit('/clock/back', {}, '/clock')
    expect(back.$('.notice').text()).toContain('已回到真实时间')
    expect(back.$('.moved-clock')).toHaveLength(0)
    expect(clockShift()).toBe(0)
  })

  it('ACC-01: housekeeping on a moved clock signs nobody out and lets nobody off', async () => {
    const browser = await signIn((await theCast()).nobody)
    await lockAccount('moved', { tries: 5, minutes: 15 })
    shiftClock(3 * 24 * 3_600_000)
    const again = await signIn((await theCast()).archivist)
    await tidy(now())
    expect((await again.visit('/calendar')).url).toBe('/calendar')
    expect((await admitTry('moved', { tries: 5, minutes: 15 })).admitted).toBe(false)
    shiftClock(0)
    expect((await browser.visit('/calendar')).url).toBe('/calendar')
  })

  it('to a moment', async () => {
    moveClock(() => at('2026-11-24 10:00'))
    const browser = await signIn((await theCast()).nobody)
    const page = await browser.submit('/clock/to', { moment: '2026-12-31T17:29' }, '/clock')
    expect(page.$('.office-clock').text()).toContain('距下班 1 分')
  })

  it.each([
    ['/clock', { n: '0', unit: 'days' }, '1 到 9999'],
    ['/clock', { n: 'abc', unit: 'days' }, '1 到 9999'],
    ['/clock', { n: '9999', unit: 'days' }, '最多 10 年'],
    ['/clock', { n: '1', unit: 'years' }, '请从列出的选项里选一个'],
    ['/clock/to', { moment: '2026-02-30T10:00' }, '看不懂'],
    ['/clock/to', { moment: 'tomorrow' }, '看不懂'],
    ['/clock/to', { moment: '2099-01-01T10:00' }, '最多 10 年'],
  ])('%s %j is refused, and nothing moves', async (path, values, reason) => {
    const browser = await signIn((await theCast()).nobody)
    const page = await browser.submit(path, values as never, '/clock')
    expect([page.status, clockShift()]).toEqual([422, 0])
    expect(page.$('.errors').text()).toContain(reason)
  })
})
