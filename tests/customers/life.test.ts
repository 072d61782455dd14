import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { CustomerLife } from '../../prisma/client/enums.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import type { NewCustomer } from '../../src/customers/forms.ts'
import { confirmCustomer } from '../../src/confirmations/commands.ts'
import { changeLife } from '../../src/customers/life.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { customerLife, lifeActs, type LifeAct } from '../../src/customers/states.ts'
import { db } from '../../src/db.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, factsWith, refusalOf, theCast, known } from '../support/make.ts'

// Who decides when a director may not depends on whether the company has another one.
await ownDatabase('life')

const now = new Date('2026-11-24T06:05:00Z')
let director: Actor
let manager: Actor
let desk: Actor

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.general_manager)
  desk = await actorOf(cast.front_desk)
})

const lastLine = (id: bigint, action: string) =>
  db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}`, action }, orderBy: { id: 'desc' } })

describe('CUS-02: the life of a customer', () => {
  const leads: Record<CustomerLife, Partial<Record<LifeAct, CustomerLife>>> = {
    potential: { sign: 'signed', lose: 'lost' },
    signed: { begin: 'in_service', void: 'void' },
    in_service: { lapse: 'lapsed', void: 'void' },
    lapsed: { resume: 'in_service', lose: 'lost' },
    lost: { win_back: 'potential' },
    void: { sign: 'signed', lose: 'lost' },
  }

  for (const state of Object.values(CustomerLife))
    it.each(lifeActs.map((act) => [act, leads[state][act] ?? 'refused']))(`${state}, %s: %s`, (act, to) => {
      expect(customerLife.acts(state).includes(act)).toBe(to !== 'refused')
      if (to === 'refused') expect(() => customerLife.next(state, act)).toThrow('CUS-02 customers:refused.lifeAct')
      else expect(customerLife.next(state, act)).toBe(to)
    })

  it('every state can be reached, and left', () => {
    const reached = new Set<CustomerLife>(['potential'])
    for (let round = 0; round < 6; round++)
      for (const state of reached) for (const to of Object.values(leads[state])) reached.add(to)
    expect([...reached].toSorted()).toEqual(Object.values(CustomerLife).toSorted())
    for (const state of Object.values(CustomerLife)) expect(customerLife.acts(state)).not.toEqual([])
  })

  it('moves on with old and new in the trail; CARE-02: losing one asks why', async () => {
    const number = await createCustomer(director, factsWith(), now)
    const { id } = await customerFor(director, number)
    expect(await refusalOf(changeLife(director, id, { act: 'lose', reason: null, version: 1 }, now))).toEqual([
      'CARE-02 customers:refused.lifeReason',
    ])
    await changeLife(director, id, { act: 'lose', reason: '迁往外省', version: 1 }, now)
    expect(await lastLine(id, 'customer.life_changed')).toMatchObject({
      before: { life: 'potential' },
      after: { life: 'lost' },
      why: '迁往外省',
    })
    expect(await refusalOf(changeLife(director, id, { act: 'sign', reason: null, version: 2 }, now))).toEqual([
      'CUS-02 customers:refused.lifeAct',
    ])
  })

  it('two who move it on at once: one does, the other is told', async () => {
    const { id } = await customerFor(director, await createCustomer(director, factsWith(), now))
    const sign = (who: Actor) => refusalOf(changeLife(who, id, { act: 'sign', reason: null, version: 1 }, now))
    const answers = await Promise.all([sign(director), sign(director)])
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.flat()).toContain('CUS-05 customers:refused.changedMeanwhile')
  })
})

describe('CUS-05: a new customer is provisional until another person confirms it', () => {
  const whole = { creditNote: '月结 30 天', tradeNote: '尚无交易' }

  let serial = 0
  async function recorded(by: Actor, more: Partial<NewCustomer> = {}) {
    const place = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    const who = { kind: 'person', name: `月${'上下中左右前后'[serial]}仙`, phone: `1990001${5000 + serial++}` } as const
    const number = await createCustomer(by, factsWith({ ...who, departmentId: place.id, ...more }), now)
    return customerFor(director, number)
  }

  it('CUS-04: refuses an incomplete file with everything it lacks', async () => {
    const number = await createCustomer(director, factsWith({ address: null, wechat: 'jiuselu_88' }), now)
    const { id, standing } = await customerFor(director, number)
    expect(standing).toBe('provisional')
    expect(await refusalOf(confirmCustomer(manager, id, 1, now))).toEqual([
      'CUS-04 customers:refused.confirmContacts',
      'CUS-04 customers:refused.confirmPlace',
      'CUS-04 customers:refused.confirmCredit',
      'CUS-04 customers:refused.confirmTrade',
    ])
  })

  it('confirms a whole one, by whom and when, once', async () => {
    const { id, number } = await recorded(desk, whole)
    await confirmCustomer(director, id, 1, now)
    expect(await customerFor(director, number)).toMatchObject({
      standing: 'confirmed',
      confirmedAt: now,
      confirmedBy: { name: director.name },
    })
    expect(await lastLine(id, 'customer.confirmed')).toMatchObject({
      before: { standing: 'provisional' },
      after: { standing: 'confirmed' },
    })
    expect(await refusalOf(confirmCustomer(manager, id, 2, now))).toEqual(['CUS-05 customers:refused.confirmedAlready'])
  })

  it('never by the one who recorded it', async () => {
    const { id } = await recorded(director, whole)
    expect(await refusalOf(confirmCustomer(director, id, 1, now))).toEqual(['CUS-05 customers:refused.confirmOwn'])
    await confirmCustomer(manager, id, 1, now)
  })

  it('PPL-01: nor by the desk', async () => {
    const { id } = await recorded(director, whole)
    expect(await refusalOf(confirmCustomer(desk, id, 1, now))).toBeInstanceOf(Forbidden)
  })

  it('not as it was when somebody has corrected it meanwhile', async () => {
    const { id } = await recorded(desk, whole)
    await correctCustomer(director, id, { remark: '要发票', ...known, version: 1 }, now)
    expect(await refusalOf(confirmCustomer(director, id, 1, now))).toEqual([
      'CUS-05 customers:refused.changedMeanwhile',
    ])
  })
})
