import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decideRequest, type Verdict } from '../../src/approvals/deciding.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { forgetRegulations, regulationAt } from '../../src/regulations/in-force.ts'
import { draftChange } from '../../src/regulations/changes/commands.ts'
import type { RuleId } from '../../src/regulations/register.ts'
import { decideAs, requestAbout } from '../support/approvals.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let drafter: Person
let approver: Person
let drafting: Browser
let approving: Browser
const real = () => new Date()

beforeAll(async () => {
  const cast = await theCast()
  drafter = cast.system_admin
  approver = cast.general_manager
  drafting = await signIn(drafter)
  approving = await signIn(approver)
})

// Each test begins with what the product came with; other files expect the same.
async function forgetAll() {
  moveClock(real)
  await pool.query(`update deadline set regulation_version_id = null`)
  await pool.query(`update approval_step set state = 'skipped' where kind = 'regulation.change' and state = 'open'`)
  await pool.query(
    `update approval_request set state = 'void', ended_at = filed_at where kind = 'regulation.change' and state = 'waiting'`,
  )
  await pool.query('delete from regulation_version')
  await pool.query('delete from regulation_change')
  forgetRegulations()
}
beforeAll(forgetAll)
afterEach(forgetAll)

const day = (later: number) => dateText(dayStart(dateText(real()), later))
const reasoned = { reason: '蓬莱分店来不及当天确认', effectiveOn: day(2) }
const draft = (rule: RuleId, values: Record<string, string>, by = drafting) =>
  by.submit(`/regulations/${rule}/draft`, { ...reasoned, ...values })
const numberOf = (page: Page) => /R\d{10}/.exec(page.url)![0]
const requestOf = async (number: string) => {
  const { id } = await db.regulationChange.findUniqueOrThrow({ where: { number } })
  return requestAbout('regulation.change', `regulation_change:${id}`)
}
/** Answers with what the change's page then shows the one who decided. */
const verdict = async (number: string, said: { verdict: Verdict; note?: string }, by = approver) => {
  await decideAs(by, await requestOf(number), said)
  return (await signIn(by)).visit(`/regulations/changes/${number}`)
}
const stateOf = async (number: string) =>
  (await db.regulationChange.findUniqueOrThrow({ where: { number }, select: { state: true } })).state
const trailOf = async (rule: RuleId, number: string) => {
  const where = { subject: `regulation:${rule}`, after: { path: ['number'], equals: number } }
  return (await db.auditEntry.findMany({ where, orderBy: { id: 'asc' } })).map(({ action }) => action)
}

describe('RULE-02: from a draft to its day', () => {
  it('drafted, approved by another, in force from its day on; what began keeps the version before', async () => {
    const submitted = await draft('CUS-05', { customers_confirm_days: '3' })
    const number = numberOf(submitted)
    expect(submitted.$('#notice').text()).toContain('已提交')
    expect(submitted.$('ins').text()).toContain('3')
    expect(submitted.$('del').text()).toContain('1')

    const { number: request } = await requestOf(number)
    const seen = await approving.visit(`/regulations/changes/${number}`)
    expect(seen.$('.acts a').attr('href')).toBe(`/approvals/${request}`)

    const page = await verdict(number, { verdict: 'approve' })
    expect(page.$('.status-tag').first().text()).toBe('已批准')
    expect(page.$('.lede').text()).toContain(`${reasoned.effectiveOn} 00:00`)
    const start = dayStart(reasoned.effectiveOn)
    const at = async (ms: number) => {
      const regulation = await regulationAt(new Date(start.getTime() + ms))
      return [regulation.value('customers.confirm_days'), regulation.versionOf('CUS-05')?.n ?? 1]
    }
    expect(await at(-1)).toEqual([1, 1])
    expect(await at(0)).toEqual([3, 2])
    expect(await trailOf('CUS-05', number)).toEqual([
      'regulation.drafted',
      'regulation.submitted',
      'regulation.approved',
    ])
  })

  it('the page shows what is in force and what is to come, and on its day the new one', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '3' }))
    await verdict(number, { verdict: 'approve' })
    const reader = (await theCast()).auditor
    const before = await (await signIn(reader)).visit('/regulations/CUS-05')
    expect(before.$('.lede').first().text()).toContain('第 1 版')
    expect(before.$('.article b').first().text()).toBe('1')
    expect(before.$('.figure-table thead').text()).toContain(`${reasoned.effectiveOn} 待生效`)
    expect(before.$('.notes').text()).toContain(`第 2 版由${drafter.name}起草，${approver.name}`)

    moveClock(() => dayStart(reasoned.effectiveOn))
    forgetRegulations()
    const after = await (await signIn(reader)).visit('/regulations/CUS-05')
    expect(after.$('.lede').first().text()).toContain(`第 2 版`)
    expect(after.$('.lede').first().text()).toContain(`自 ${reasoned.effectiveOn}`)
    expect(after.$('.article b').first().text()).toBe('3')
    const compared = await (await signIn(reader)).visit('/regulations/CUS-05/versions?from=1&to=2')
    expect(compared.$('ins').text()).toBe('3')
    expect(compared.$('del').text()).toBe('1')
  })

  it('with today as its day it is in force when it is approved, not before', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2', effectiveOn: day(0) }))
    const approvedAt = real()
    await verdict(number, { verdict: 'approve' })
    const { inForceAt } = await db.regulationVersion.findFirstOrThrow({ where: { change: { number } } })
    expect(inForceAt!.getTime()).toBeGreaterThanOrEqual(approvedAt.getTime())
    expect((await regulationAt(dayStart(day(0)))).value('customers.confirm_days')).toBe(1)
    expect((await regulationAt(new Date(inForceAt!))).value('customers.confirm_days')).toBe(2)
  })

  it('a whole ladder, office hours and weekdays can be typed', async () => {
    const hours = { calendar_office_hours: '08:30-12:00 13:00-17:30', calendar_weekdays_6: 'on' }
    const number = numberOf(await draft('CAL-01', hours))
    await verdict(number, { verdict: 'approve' })
    const regulation = await regulationAt(dayStart(reasoned.effectiveOn))
    expect(regulation.value('calendar.office_hours')).toEqual([
      { from: 510, until: 720 },
      { from: 780, until: 1050 },
    ])
    expect(regulation.value('calendar.weekdays')).toEqual([1, 2, 3, 4, 5, 6])
    const again = await draft('CAL-01', { ...hours, effectiveOn: day(3) })
    expect(again.$('.errors').text()).toContain('与现行的完全一样')
  })
})

describe('RULE-02: a draft that cannot be', () => {
  it.each([
    [{ customers_confirm_days: '11' }, 'CAL-03', '超出了 1 至 10'],
    [{ customers_confirm_days: '0' }, 'CAL-03', '超出了 1 至 10'],
    [{ customers_confirm_days: '三' }, 'CAL-03', '整数'],
    [{ customers_confirm_days: '1' }, 'RULE-02', '完全一样'],
    [{ customers_confirm_days: '2', effectiveOn: day(-1) }, 'RULE-02', '已经过去'],
    [{ customers_confirm_days: '2', effectiveOn: '2099-01-01' }, 'RULE-02', '太远'],
    [{ customers_confirm_days: '2', customers_confirm_ladder_days_2: '' }, 'RULE-02', '第 2 级没有写全'],
    [{ customers_confirm_days: '2', customers_verify_months: '5' }, 'RULE-02', '没有“customers_verify_months”'],
  ])('%j is refused by %s, and nothing typed is lost', async (values, rule, text) => {
    const page = await draft('CUS-05', values)
    expect(page.status).toBe(422)
    expect(page.$(`.errors [data-rule="${rule}"]`).text()).toContain(text)
    expect(page.$('[name=customers_confirm_days]').val()).toBe(values.customers_confirm_days)
    expect(page.$('[name=reason]').val()).toBe(reasoned.reason)
    expect(await db.regulationChange.count()).toBe(0)
  })

  it('without a reason or a day', async () => {
    const page = await draft('CUS-05', { customers_confirm_days: '2', reason: '', effectiveOn: '2026-02-30' })
    expect(page.status).toBe(422)
    expect(
      page
        .$('.errors a')
        .map((_at, one) => page.$(one).attr('href'))
        .get(),
    ).toEqual(['#f-reason', '#f-effectiveOn'])
    expect(page.$('[name=customers_confirm_days]').val()).toBe('2')
  })

  it('a rule without figures, or none at all, has no draft', async () => {
    expect((await drafting.visit('/regulations/CUS-01/draft')).status).toBe(404)
    expect((await drafting.visit('/regulations/XYZ-99/draft')).status).toBe(404)
    expect((await drafting.visit('/regulations/cus-05')).status).toBe(404)
  })

  it('a second change of a rule waits until the first is decided', async () => {
    const first = numberOf(await draft('CUS-05', { customers_confirm_days: '2' }))
    const second = await draft('CUS-05', { customers_confirm_days: '3' })
    expect(second.status).toBe(422)
    expect(second.$('.errors').text()).toContain(first)
    const kept = numberOf(await draft('CUS-05', { customers_confirm_days: '3', act: 'keep' }))
    expect(await stateOf(kept)).toBe('drafted')
    await verdict(first, { verdict: 'refuse', note: '再看看' })
    await drafting.submit(`/regulations/changes/${kept}/submit`, {}, `/regulations/changes/${kept}`)
    expect(await stateOf(kept)).toBe('waiting')
  })

  it('not before the day of a version that is approved and still to come', async () => {
    const first = numberOf(await draft('CUS-05', { customers_confirm_days: '2', effectiveOn: day(5) }))
    await verdict(first, { verdict: 'approve' })
    const form = await drafting.visit('/regulations/CUS-05/draft')
    expect(form.$('#f-customers_confirm_days-h').text()).toContain('待生效：2 个工作日')
    const sooner = await draft('CUS-05', { customers_confirm_days: '3', effectiveOn: day(4) })
    expect(sooner.status).toBe(422)
    expect(sooner.$('.errors').text()).toContain('不能早于那一天')
    const later = await draft('CUS-05', { customers_confirm_days: '3', effectiveOn: day(5) })
    await verdict(numberOf(later), { verdict: 'approve' })
    expect((await regulationAt(dayStart(day(5)))).value('customers.confirm_days')).toBe(3)
  })
})

describe('RULE-02: deciding', () => {
  it('returned with a reason, written anew, approved', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '9' }))
    expect(await refusalOf(verdict(number, { verdict: 'return' }))).toEqual(['APR-01 approvals:refused.reason'])
    await verdict(number, { verdict: 'return', note: '太长，改成 4 天' })
    expect(await stateOf(number)).toBe('drafted')
    const seen = await drafting.visit(`/regulations/changes/${number}`)
    expect(seen.$('.margin').text()).toContain('太长，改成 4 天')
    await drafting.submit(`/regulations/changes/${number}/draft`, { customers_confirm_days: '4' })
    const done = await verdict(number, { verdict: 'approve' })
    expect(done.$('.status-tag').first().text()).toBe('已批准')
    expect((await regulationAt(dayStart(reasoned.effectiveOn))).value('customers.confirm_days')).toBe(4)
  })

  it('refused for good, or withdrawn by its drafter: nothing changes', async () => {
    const refused = numberOf(await draft('CUS-05', { customers_confirm_days: '9' }))
    await verdict(refused, { verdict: 'refuse', note: '不改' })
    expect(await stateOf(refused)).toBe('refused')
    const withdrawn = numberOf(await draft('CUS-05', { customers_confirm_days: '8' }))
    await drafting.submit(`/regulations/changes/${withdrawn}/withdraw`, {}, `/regulations/changes/${withdrawn}`)
    expect(await stateOf(withdrawn)).toBe('withdrawn')
    expect((await regulationAt(dayStart(day(30)))).value('customers.confirm_days')).toBe(1)
    expect(await refusalOf(verdict(withdrawn, { verdict: 'approve' }))).toEqual(['APR-02 approvals:refused.ended'])
  })

  it('PPL-02: nobody decides what they drafted, by the page or past it', async () => {
    // One person never holds both roles at once; but a drafter can become the general manager.
    const both = await make.staff([{ role: 'system_admin' }])
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2' }, await signIn(both)))
    await pool.query(`update role_grant set role = 'general_manager' where staff_id = $1`, [both.id])
    const own = await signIn(both)
    const page = await own.visit(`/regulations/changes/${number}`)
    expect(page.$('form[action$="/verdict"]')).toHaveLength(0)
    expect(await refusalOf(verdict(number, { verdict: 'approve' }, both))).toEqual(['PPL-02 approvals:refused.own'])
    const { id } = await db.regulationChange.findUniqueOrThrow({ where: { number } })
    const past = pool.query(
      'update regulation_change set decided_by_id = drafted_by_id, decided_at = now() where id = $1',
      [id],
    )
    await expect(past).rejects.toThrow('regulation_change_two_people')
    expect(await stateOf(number)).toBe('waiting')
  })

  it('of two who decide at the same moment one decides, the other learns who and when', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2' }))
    const { id, version } = await requestOf(number)
    const others = await Promise.all(Array.from({ length: 4 }, () => make.staff([{ role: 'general_manager' }])))
    const answers = await Promise.all(
      others.map(async (person, at) => {
        const decision = { verdict: at % 2 ? ('approve' as const) : ('refuse' as const), reason: '同时', version }
        return refusalOf(decideRequest(await actorOf(person), id, decision, real()))
      }),
    )
    expect(answers.filter((one) => one === null)).toHaveLength(1)
    expect(answers.filter((one) => String(one) === 'APR-02 approvals:refused.decided')).toHaveLength(3)
    expect(
      await db.auditEntry.count({
        where: {
          subject: 'regulation:CUS-05',
          after: { path: ['number'], equals: number },
          action: { in: ['regulation.approved', 'regulation.refused'] },
        },
      }),
    ).toBe(1)
  })

  it('two drafts of one rule submitted at once: one waits, the other is told', async () => {
    const actor = await actorOf(drafter)
    const input = (days: string) => ({
      version: 0,
      reason: '同时提交',
      effectiveOn: day(1),
      act: 'submit' as const,
      values: {
        customers_confirm_days: days,
        customers_confirm_imported_days: '20',
        customers_confirm_ladder_to_1: 'owner',
        customers_confirm_ladder_days_1: '0',
      },
    })
    const answers = await Promise.all(
      ['2', '3', '4'].map((days) => refusalOf(draftChange({ ...actor }, 'CUS-05', input(days), real()))),
    )
    expect(answers.filter((one) => one === null)).toHaveLength(1)
    expect(await db.regulationChange.count({ where: { state: 'waiting' } })).toBe(1)
  })

  it('a rule that got another version meanwhile is not overwritten unseen', async () => {
    const kept = numberOf(await draft('CUS-05', { customers_confirm_days: '3', act: 'keep' }))
    await verdict(numberOf(await draft('CUS-05', { customers_confirm_days: '2' })), { verdict: 'approve' })
    const page = await drafting.submit(`/regulations/changes/${kept}/submit`, {}, `/regulations/changes/${kept}`)
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('有了第 2 版')
    const rewritten = await drafting.submit(`/regulations/changes/${kept}/draft`, { customers_confirm_days: '4' })
    expect(rewritten.$('del').text()).toContain('2')
    expect(await stateOf(kept)).toBe('waiting')
  })
})

describe('PPL-01: who may what', () => {
  it.each(['sales', 'auditor', 'general_manager', 'security_admin', 'nobody'] as const)(
    '%s drafts nothing',
    async (role) => {
      const browser = await signIn((await theCast())[role])
      expect((await browser.visit('/regulations/CUS-05/draft')).status).toBe(403)
      expect((await browser.visit('/regulations/presets')).status).toBe(403)
      const page = await browser.visit('/regulations/CUS-05')
      expect(page.status).toBe(200)
      expect(page.$('.why-not').text()).toContain('你不能修改')
      expect(page.$('.why-not a.rule-chip').attr('href')).toBe('/regulations/PPL-02')
    },
  )

  it('what is not decided is seen by those who draft, approve and audit; what is approved by all', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2' }))
    const [sales, auditor] = await Promise.all(
      (['sales', 'auditor'] as const).map(async (role) => signIn((await theCast())[role])),
    )
    expect((await sales!.visit(`/regulations/changes/${number}`)).status).toBe(404)
    expect((await sales!.visit('/regulations/changes')).$('body').text()).not.toContain(number)
    expect((await auditor!.visit('/regulations/changes?state=waiting')).$('tbody').text()).toContain(number)
    await verdict(number, { verdict: 'approve' })
    expect((await sales!.visit(`/regulations/changes/${number}`)).status).toBe(200)
    expect((await sales!.visit('/regulations/changes')).$('tbody').text()).toContain(number)
  })

  it('another administrator reads a draft and cannot send or change it', async () => {
    const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2', act: 'keep' }))
    const other = await signIn(await make.staff([{ role: 'system_admin' }]))
    const page = await other.visit(`/regulations/changes/${number}`)
    expect(page.$('.acts form, .acts a')).toHaveLength(0)
    expect((await other.visit(`/regulations/changes/${number}/draft`)).status).toBe(404)
    const { _csrf } = await other.fieldsOf('/language', '/profile')
    const answer = await other.post(`/regulations/changes/${number}/submit`, { _csrf: _csrf!, version: '1' })
    expect(answer.status).toBe(403)
    expect(await stateOf(number)).toBe('drafted')
  })
})

it('both are told: the general managers what waits, the drafter what was decided', async () => {
  const number = numberOf(await draft('CUS-05', { customers_confirm_days: '2' }))
  const waiting = await db.notice.findFirstOrThrow({
    where: { staffId: approver.id, kind: 'approval.waiting' },
    orderBy: { id: 'desc' },
  })
  const request = (await requestOf(number)).number
  expect(waiting.href).toBe(`/approvals/${request}`)
  await verdict(number, { verdict: 'approve' })
  const decided = await db.notice.findFirstOrThrow({
    where: { staffId: drafter.id, kind: 'approval.decided' },
    orderBy: { id: 'desc' },
  })
  expect(decided.href).toBe(`/approvals/${request}`)
  expect((await drafting.visit('/notices')).$('main').text()).toContain(request)
})
