import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Trade } from '../../prisma/client/enums.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { forgetRegulations, regulationAt } from '../../src/regulations/in-force.ts'
import { parameterNames, parameterOf } from '../../src/regulations/parameters.ts'
import { differencesTo, presetProposals, settledProposals } from '../../src/regulations/presets/rules.ts'
import { fieldOf, firstValues, presetOf, same } from '../../src/regulations/values.ts'
import { finishFirstSteps } from '../../src/organisation/commands.ts'
import { approveChange } from '../support/approvals.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, theCast } from '../support/make.ts'

async function forgetAll() {
  await pool.query('update deadline set regulation_version_id = null')
  await pool.query('delete from regulation_version')
  await pool.query('delete from regulation_change')
  forgetRegulations()
}
beforeAll(forgetAll)
afterEach(forgetAll)

const differing = (trade: Trade) => differencesTo(trade, firstValues).map(({ name }) => name)

describe('RULE-02: what a preset is', () => {
  it('nothing beside the general one for a general business, something for every other trade', () => {
    expect(differing('general')).toEqual([])
    for (const trade of ['hotel', 'mall', 'utility', 'car_dealer'] as const)
      expect(differing(trade).length).toBeGreaterThan(0)
  })

  it('what is ticked comes from it, the rest of the rule stays', () => {
    const current = () => ({ 'calendar.office_hours': [{ from: 0, until: 60 }], 'calendar.weekdays': [1, 2, 3, 4, 5] })
    const { proposals, problems } = presetProposals('hotel', ['calendar_weekdays'], current as never)
    expect(problems).toEqual([])
    expect(proposals).toEqual([
      {
        rule: 'CAL-01',
        replaces: current(),
        values: { ...current(), 'calendar.weekdays': presetOf('calendar.weekdays', 'hotel') },
      },
    ])
  })

  it('nothing ticked, or what is not other than the preset, is refused', () => {
    const reasons = (taken: string[]) =>
      presetProposals('general', taken, firstValues).problems.map(({ reason }) => reason)
    expect(reasons([])).toEqual(['regulations:refused.noRules'])
    expect(reasons(['customers_confirm_days'])).toEqual(['regulations:refused.notDifferent'])
    expect(reasons(['customers_nonsense'])).toEqual(['web:field.unknown'])
  })

  it('a rule is settled whole', () => {
    for (const { rule, values } of settledProposals('hotel', firstValues))
      for (const name of parameterNames.filter((one) => parameterOf(one).rule === rule))
        expect(same(values[name], presetOf(name, 'hotel'))).toBe(true)
  })
})

describe('RULE-02: a preset as one change', () => {
  let drafting: Browser
  beforeAll(async () => {
    drafting = await signIn((await theCast()).system_admin)
  })

  it('shows every difference, all ticked; drafted, approved, and every rule of it in force together', async () => {
    const page = await drafting.visit('/regulations/presets?trade=hotel')
    const boxes = page.$('.presets input[type=checkbox]')
    expect(
      boxes
        .map((_at, one) => page.$(one).attr('name'))
        .get()
        .toSorted(),
    ).toEqual(differing('hotel').map(fieldOf).toSorted())
    const today = page.$('[name=effectiveOn]').val() as string
    const sent = await drafting.submit('/regulations/presets?trade=hotel', {
      reason: '桃源酒店开张',
      effectiveOn: today,
    })
    expect(sent.$('.lede').first().text()).toContain('采用酒店预设')
    const number = /R\d{10}/.exec(sent.url)![0]
    await approveChange(number, (await theCast()).general_manager)
    const regulation = await regulationAt(new Date(`${today}T12:00:00+08:00`))
    for (const name of differing('hotel')) expect(regulation.value(name)).toEqual(presetOf(name, 'hotel'))
    const versions = await db.regulationVersion.findMany({ where: { change: { number } } })
    expect(new Set(versions.map(({ inForceAt }) => inForceAt?.getTime())).size).toBe(1)
    expect((await drafting.visit('/regulations/presets?trade=hotel')).$('.nothing').text()).toContain('完全一样')
  })

  it('some of it only: the box left empty stays as it was', async () => {
    const values = await drafting.fieldsOf('/regulations/presets?trade=hotel')
    const { calendar_office_hours: _, ...rest } = values
    const answer = await drafting.post('/regulations/presets?trade=hotel', { ...rest, reason: '只改上班的日子' })
    expect(answer.status).toBe(303)
    const { values: held } = await db.regulationVersion.findFirstOrThrow({ where: { rule: 'CAL-01' } })
    expect(held).toEqual({
      'calendar.office_hours': presetOf('calendar.office_hours', 'general'),
      'calendar.weekdays': presetOf('calendar.weekdays', 'hotel'),
    })
  })

  it('nothing ticked: refused, with the reason still there', async () => {
    const { _csrf, _form, trade, effectiveOn } = await drafting.fieldsOf('/regulations/presets?trade=hotel')
    const sent = { _csrf: _csrf!, _form: _form!, trade: trade!, effectiveOn: effectiveOn!, reason: '什么也没勾' }
    const answer = await drafting.post('/regulations/presets?trade=hotel', sent)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('一条也没有勾选')
    expect(answer.text).toContain('什么也没勾')
  })
})

describe('RULE-02: the first steps', () => {
  let administrator: Browser
  let before: { name: string; trade: Trade; setUpAt: Date | null }
  beforeAll(async () => {
    await theCast()
    before = await db.company.findUniqueOrThrow({ where: { id: 1 } })
    await pool.query('update company set set_up_at = null')
    administrator = await signIn(await make.staff([{ role: 'security_admin' }]))
  })
  afterAll(async () => {
    await pool.query('update company set set_up_at = $1, trade = $2::trade, name = $3', [
      before.setUpAt ?? now(),
      before.trade,
      before.name,
    ])
  })
  const settle = (trade: Trade) => administrator.submit('/organisation/company', { name: '桃源里酒店', trade })
  const held = async (name: 'calendar.weekdays') => (await regulationAt(now())).value(name)

  it('the trade’s preset holds at once; another trade chosen before the end replaces it', async () => {
    const page = await administrator.visit('/organisation/company')
    expect(page.$('.hint').text()).toContain('按这个行业的预设定下')
    await settle('hotel')
    expect(await held('calendar.weekdays')).toEqual([1, 2, 3, 4, 5, 6, 7])
    await settle('general')
    for (const name of parameterNames)
      expect((await regulationAt(now())).value(name)).toEqual(presetOf(name, 'general'))
    const lines = await db.auditEntry.findMany({
      where: { subject: 'regulation:CAL-01', action: 'regulation.preset_taken' },
    })
    expect(lines.length).toBeGreaterThanOrEqual(2)
    const rule = await administrator.visit('/regulations/CAL-01')
    expect(rule.$('.notes').text()).toContain('在初始设置时随行业预设定下')
  })

  it('saved again with the same trade nothing is written', async () => {
    await settle('hotel')
    const count = await db.regulationVersion.count()
    await settle('hotel')
    expect(await db.regulationVersion.count()).toBe(count)
  })

  it('once they are finished the trade changes no figure', async () => {
    await finishFirstSteps(await actorOf(await make.staff([{ role: 'security_admin' }])), now())
    const manager = await signIn((await theCast()).system_admin)
    await manager.submit('/organisation/company', { trade: 'mall' })
    expect(await db.regulationVersion.count()).toBe(0)
    expect((await manager.visit('/organisation/company')).$('a[href="/regulations/presets"]')).toHaveLength(1)
  })
})
