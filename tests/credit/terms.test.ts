import { afterEach, describe, expect, it } from 'vitest'
import { askMode, askTerms } from '../../src/credit/terms/commands.ts'
import { modeNow, termsNow } from '../../src/credit/terms/queries.ts'
import { modeProblems, sameProblems, startOf, termsProblems, type Terms } from '../../src/credit/terms/rules.ts'
import { db } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { cardOf, decide } from '../support/approving.ts'
import { aRelease, daysAgo, figureOf, releaseOf } from '../support/credit.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { withLimit } from '../support/overrides.ts'
import { under } from '../support/regulation.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
afterEach(() => moveClock(() => new Date()))

const today = '2027-05-10'
const fixed: Terms = { method: 'fixed', amount: '5000.00', startsOn: today, endsOn: '2027-06-30' }
const said = (more: Partial<Terms>) =>
  termsProblems({ ...fixed, ...more }, today).map(({ reason }) => reason.split('.')[1])

describe('what may be asked', () => {
  it('CRD-02: a fixed amount has an amount and its dates, the others none', () => {
    expect(said({})).toEqual([])
    expect(said({ amount: null })).toEqual(['needsAmount'])
    expect(said({ amount: '0.00' })).toEqual(['needsAmount'])
    expect(said({ endsOn: null })).toEqual(['needsEnd'])
    expect(said({ method: 'cash_only', amount: null, endsOn: null })).toEqual([])
    expect(said({ method: 'rolling_30' })).toEqual(['noAmount'])
    expect(said({ startsOn: '2027-05-09' })).toEqual(['begun'])
    expect(said({ endsOn: '2027-05-09' })).toEqual(['order'])
    expect(sameProblems(fixed, fixed)).toHaveLength(1)
    expect(sameProblems(fixed, { ...fixed, amount: '5000.01' })).toEqual([])
  })

  it('CRD-02: signed late it begins on that day, never before', () => {
    expect([startOf('2027-05-09', today), startOf('2027-05-11', today)]).toEqual([today, '2027-05-11'])
  })

  it('CRD-14: another mode than now, from today on', () => {
    expect(modeProblems({ mode: 'agency', startsOn: today }, null, today)).toEqual([])
    expect(modeProblems({ mode: 'agency', startsOn: today }, 'agency', today)).toHaveLength(1)
    expect(modeProblems({ mode: 'agency', startsOn: '2027-05-09' }, 'direct', today)).toHaveLength(1)
  })
})

async function asked(customer: { id: bigint }, terms: Partial<Terms>) {
  const { sales } = await theCast()
  const given = { method: 'fixed' as const, amount: null, startsOn: daysAgo(0), endsOn: null, ...terms }
  return askTerms(await actorOf(sales), customer, { ...given, reason: '蓬莱旺季要货多' }, now())
}

type Kind = 'credit.terms' | 'credit.mode'
const sign = async (
  customer: { id: bigint },
  kind: Kind,
  by: { id: bigint },
  verdict: 'approve' | 'refuse' = 'approve',
) => decide(await actorOf(by), kind, `customer:${customer.id}`, verdict, now(), verdict === 'approve' ? null : '不同意')

describe('the method', () => {
  it('CRD-02, CUS-06: old and new side by side, signed, the limit is the amount and the held release goes out', async () => {
    const { sales_director } = await theCast()
    const customer = await withLimit('3000.00')
    const release = await aRelease(customer, { amount: '4000.00' })
    await asked(customer, { amount: '5000.00', endsOn: daysAgo(-60) })
    expect(await refusalOf(asked(customer, { amount: '1.00', endsOn: daysAgo(-60) }))).toEqual([
      'CRD-02 creditTerms:refused.waiting',
    ])
    const card = await cardOf(await actorOf(sales_director), 'credit.terms', `customer:${customer.id}`, now())
    expect(card.asked.slice(0, 2)).toEqual([
      { label: '授信方式', before: '滚动授信', after: '固定额' },
      { label: '固定额（元）', before: '', after: '¥5,000.00' },
    ])
    expect((await figureOf(customer)).limit).toBe(300_000)
    await sign(customer, 'credit.terms', sales_director)
    expect(await figureOf(customer)).toMatchObject({ method: 'fixed', limit: 500_000 })
    expect((await releaseOf(release)).state).toBe('released')
  })

  it('CRD-02: past its last day the rolling limit is back; refused nothing changes', async () => {
    moveClock(() => at('2027-05-10 10:00'))
    const { sales_director } = await theCast()
    const customer = await withLimit('3000.00')
    await asked(customer, { method: 'cash_only', endsOn: '2027-05-12' })
    await sign(customer, 'credit.terms', sales_director, 'refuse')
    expect(await figureOf(customer)).toMatchObject({ method: 'rolling_30', limit: 300_000 })
    await asked(customer, { method: 'cash_only', endsOn: '2027-05-12' })
    await sign(customer, 'credit.terms', sales_director)
    expect(await figureOf(customer)).toMatchObject({ method: 'cash_only', limit: 0 })
    moveClock(() => at('2027-05-13 00:00'))
    expect(await termsNow(db, customer, now())).toMatchObject({ method: 'rolling_30' })
    expect(await figureOf(customer)).toMatchObject({ method: 'rolling_30', limit: 300_000 })
  })

  it('CRD-02: signed after its last day it is refused, with what to do', async () => {
    moveClock(() => at('2027-05-10 10:00'))
    const { sales_director } = await theCast()
    const customer = await withLimit('3000.00')
    await asked(customer, { amount: '9.00', endsOn: '2027-05-11' })
    moveClock(() => at('2027-05-12 10:00'))
    expect(await refusalOf(sign(customer, 'credit.terms', sales_director))).toEqual(['CRD-02 creditTerms:refused.over'])
  })

  it('CAL-03 credit.terms_role: by the regulation', async () => {
    const { sales_director, general_manager } = await theCast()
    await under({ 'credit.terms_role': 'general_manager' }, async () => {
      const customer = await withLimit('3000.00')
      await asked(customer, { method: 'cash_only' })
      expect(await refusalOf(sign(customer, 'credit.terms', sales_director))).toEqual([
        'APR-01 approvals:refused.notYours',
      ])
      expect(await sign(customer, 'credit.terms', general_manager)).toBe('approved')
    })
  })
})

describe('the cooperation mode', () => {
  const ask = async (customer: { id: bigint }) => {
    const { sales } = await theCast()
    const input = { mode: 'consignment' as const, startsOn: daysAgo(0), reason: '广寒要求代销' }
    return askMode(await actorOf(sales), customer, input, now())
  }

  it('CRD-14: two people sign in order; with one signature nothing has changed', async () => {
    const { sales_director, general_manager } = await theCast()
    const customer = await withLimit('3000.00')
    await ask(customer)
    expect(await refusalOf(sign(customer, 'credit.mode', general_manager))).toEqual([
      'APR-01 approvals:refused.notYours',
    ])
    expect(await sign(customer, 'credit.mode', sales_director)).toBe('next')
    expect(await modeNow(db, customer, now())).toBeNull()
    expect(await sign(customer, 'credit.mode', general_manager)).toBe('approved')
    expect(await modeNow(db, customer, now())).toBe('consignment')
    expect(await refusalOf(ask(customer))).toEqual(['CRD-14 creditTerms:refused.sameMode'])
  })

  it('CRD-14: one person with both roles does not sign twice', async () => {
    const both = await make.staff([
      { role: 'sales_director', region: '西区' },
      { role: 'general_manager', region: '西区' },
    ])
    const customer = await withLimit('3000.00', '西区')
    await ask(customer)
    expect(await sign(customer, 'credit.mode', both)).toBe('next')
    await expect(sign(customer, 'credit.mode', both)).rejects.toThrow(/PPL-02|APR-01/)
    expect(await modeNow(db, customer, now())).toBeNull()
  })

  it('CRD-14, CAL-03 credit.mode_first, credit.mode_second: roles by the regulation', async () => {
    const { area_manager, sales_director } = await theCast()
    await under({ 'credit.mode_first': 'area_manager', 'credit.mode_second': 'sales_director' }, async () => {
      const customer = await withLimit('3000.00')
      await ask(customer)
      expect(await sign(customer, 'credit.mode', area_manager)).toBe('next')
      expect(await sign(customer, 'credit.mode', sales_director)).toBe('approved')
    })
  })
})
