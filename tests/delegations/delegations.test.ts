import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalKind } from '../../src/approvals/kinds.ts'
import { db, pool } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { correctDelegation, endDelegation, makeDelegation } from '../../src/delegations/commands.ts'
import type { NewDelegation } from '../../src/delegations/forms.ts'
import { actingFor } from '../../src/delegations/queries.ts'
import { deputyProblems, kindsSigned, periodProblems, spanOf } from '../../src/delegations/rules.ts'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import '../support/connected.ts'

const now = new Date('2026-11-23T02:00:00Z')
const hour = 3_600_000
const later = (hours: number) => new Date(now.getTime() + hours * hour)
const facts = (to: Person, more: Partial<NewDelegation> = {}): NewDelegation => ({
  to: to.number,
  kinds: ['customer.key_fields', 'customer.assignment'],
  fromOn: '2026-11-23',
  untilOn: '2026-11-30',
  reason: '出差蓬莱',
  ...more,
})
const director = () => make.staff([{ role: 'sales_director' }])
const noticesOf = async ({ id }: Person) =>
  (
    await db.notice.findMany({ where: { staffId: id, kind: { startsWith: 'delegation.' } }, orderBy: { id: 'asc' } })
  ).map(({ kind }) => kind)

beforeAll(async () => void (await theCast()))

describe('APR-04: handing kinds of approval to a colleague', () => {
  it('APR-04: holds from now to the end of the last day, between two people at work, and both are told', async () => {
    const [from, to] = [await director(), await make.staff([{ role: 'dept_head' }])]
    await makeDelegation(await actorOf(from), facts(to), now)
    const lent = [
      { fromId: from.id, fromName: from.name, kinds: new Set(['customer.key_fields', 'customer.assignment']) },
    ]
    expect(await actingFor(to.id, now)).toEqual(lent)
    expect(await actingFor(to.id, new Date(now.getTime() - 1))).toEqual([])
    expect(await actingFor(to.id, new Date(dayStart('2026-12-01').getTime() - 1))).toEqual(lent)
    expect(await actingFor(to.id, dayStart('2026-12-01'))).toEqual([])
    expect(await actingFor(from.id, now)).toEqual([])
    await pool.query(`update staff set state = 'suspended' where id = $1`, [from.id])
    expect(await actingFor(to.id, now)).toEqual([])
    expect([await noticesOf(from), await noticesOf(to)]).toEqual([['delegation.given'], ['delegation.given']])
    const trail = await db.auditEntry.findMany({ where: { subject: { in: [`staff:${from.id}`, `staff:${to.id}`] } } })
    expect(trail.map(({ action, why }) => `${action} ${why}`).toSorted()).toEqual([
      'delegation.given 出差蓬莱',
      'delegation.received 出差蓬莱',
    ])
  })

  it('APR-04: of twenty at once for the same kind and time one is made, the others name it', async () => {
    const from = await actorOf(await director())
    const deputies = await Promise.all(Array.from({ length: 20 }, () => make.staff([{ role: 'dept_head' }])))
    const answers = await Promise.all(deputies.map((to) => refusalOf(makeDelegation(from, facts(to), now))))
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(new Set(answers.filter(Boolean).flat() as string[])).toEqual(new Set(['APR-04 delegations:refused.overlap']))
    expect(await db.delegation.count({ where: { fromId: from.id } })).toBe(1)
    const free = { kinds: ['customer.confirmation'] } satisfies Partial<NewDelegation>
    expect(await refusalOf(makeDelegation(from, facts(deputies[1]!, free), now))).toBeNull()
    const after = { fromOn: '2026-12-01', untilOn: '2026-12-01' }
    expect(await refusalOf(makeDelegation(from, facts(deputies[2]!, after), now))).toBeNull()
  })

  it('APR-04: ended early, the rest of its time is free again; before it begins it can be corrected', async () => {
    const [from, to, other] = [await director(), await director(), await director()]
    const actor = await actorOf(from)
    const id = await makeDelegation(actor, facts(to), now)
    const changed = { ...facts(to), version: 1 }
    expect(await refusalOf(correctDelegation(actor, id, changed, later(1)))).toEqual([
      'APR-04 delegations:refused.begun',
    ])
    await endDelegation(await actorOf(to), id, later(2))
    expect(await actingFor(to.id, later(2))).toEqual([])
    expect(await refusalOf(endDelegation(actor, id, later(3)))).toEqual(['APR-04 delegations:refused.over'])
    const next = await makeDelegation(actor, facts(to, { fromOn: '2026-11-25' }), later(2))
    const moved = { ...facts(other, { fromOn: '2026-11-24', kinds: ['customer.confirmation'] }), version: 1 }
    await correctDelegation(actor, next, moved, later(3))
    expect(await refusalOf(correctDelegation(actor, next, moved, later(3)))).toEqual([
      'APR-04 delegations:refused.changedMeanwhile',
    ])
    expect(await actingFor(to.id, later(72))).toEqual([])
    expect((await actingFor(other.id, later(72)))[0]?.kinds).toEqual(new Set(['customer.confirmation']))
    expect(await noticesOf(to)).toEqual([
      'delegation.given',
      'delegation.ended',
      'delegation.given',
      'delegation.ended',
    ])
    await endDelegation(actor, next, later(4))
    expect(await actingFor(other.id, later(72))).toEqual([])
    expect(await refusalOf(makeDelegation(actor, facts(other, { fromOn: '2026-11-24' }), later(5)))).toBeNull()
  })

  it('APR-04: what was lent cannot be passed on, nor can what one never decides', async () => {
    const [from, to] = [await director(), await make.staff([{ role: 'dept_head' }])]
    await makeDelegation(await actorOf(from), facts(to), now)
    expect(await refusalOf(makeDelegation(await actorOf(to), facts(from), now))).toEqual([
      'APR-04 delegations:refused.notYours',
    ])
  })

  it('PPL-02: APR-04 lends nothing across roles that exclude one another, to nobody, nor to oneself', async () => {
    const from = await director()
    const actor = await actorOf(from)
    const [auditor, none] = [await make.staff([{ role: 'auditor' }]), await make.staff()]
    expect(await refusalOf(makeDelegation(actor, facts(auditor), now))).toEqual(['PPL-02 delegations:refused.excluded'])
    expect(await refusalOf(makeDelegation(actor, facts(none), now))).toEqual(['PPL-02 delegations:refused.noRole'])
    expect(await refusalOf(makeDelegation(actor, facts(from), now))).toEqual(['APR-04 delegations:refused.self'])
    await pool.query(`update staff set state = 'suspended' where id = $1`, [none.id])
    expect(await refusalOf(makeDelegation(actor, facts(none), now))).toEqual(['APR-04 delegations:refused.unknown'])
    expect(deputyProblems(['role.grant'], ['security_admin'], ['security_admin'])).toEqual([])
    expect(deputyProblems(['role.grant'], ['security_admin'], ['general_manager'])).toHaveLength(1)
    expect(deputyProblems(['role.grant'], ['general_manager'], ['security_admin'])).toHaveLength(1)
  })

  it('CAL-03, APR-04: approvals.delegation_days: the last day that it takes in is allowed, one more is not', () => {
    const refused = (untilOn: string) => periodProblems({ fromOn: '2026-11-23', untilOn }, '2026-11-23', 60)
    expect(refused('2027-01-21')).toEqual([])
    expect(refused('2027-01-22')).toEqual([
      { rule: 'APR-04', reason: 'delegations:refused.tooLong', field: 'untilOn', params: { days: 61, most: 60 } },
    ])
  })

  it('APR-04: the period lies ahead, is in order and not longer than the company allows', () => {
    const reasonOf = (fromOn: string, untilOn: string) =>
      periodProblems({ fromOn, untilOn }, '2026-11-23', 60).map(({ reason }) => reason.split('.')[1])
    expect(reasonOf('2026-11-23', '2026-11-23')).toEqual([])
    expect(reasonOf('2026-11-22', '2026-11-23')).toEqual(['past'])
    expect(reasonOf('2026-11-24', '2026-11-23')).toEqual(['order'])
    expect(reasonOf('2028-11-24', '2028-11-24')).toEqual(['farAhead'])
    const days = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (start, length) => {
        const fromOn = dateText(start)
        const untilOn = dateText(dayStart(fromOn, length))
        const { startsAt, endsAt } = spanOf({ fromOn, untilOn }, now)
        expect(startsAt >= now || dateText(startsAt) === fromOn).toBe(true)
        expect(dateText(new Date(endsAt.getTime() - 1))).toBe(untilOn)
        expect(dateText(endsAt)).not.toBe(untilOn)
      }),
    )
  })

  it('APR-04: who signs in the place of a late step may lend that, too; who signs nothing, nothing', () => {
    expect(kindsSigned(['general_manager'])).toContain('customer.key_fields' satisfies ApprovalKind)
    expect(kindsSigned(['front_desk', 'finance'])).toEqual([])
  })
})

describe('APR-04: the pages', () => {
  it('APR-04: made, seen by both, corrected and ended; bad input is kept and explained', async () => {
    const [from, to] = [await director(), await make.staff([{ role: 'dept_head' }])]
    const [giver, deputy] = [await signIn(from), await signIn(to)]
    const [first, last] = [dateText(new Date(Date.now() + 48 * hour)), dateText(new Date(Date.now() + 96 * hour))]
    const box = { kind_customer_key_fields: 'on' }
    const wrong = await giver.submit('/delegations/new', { to: to.number, ...box, fromOn: last, untilOn: first })
    expect(wrong.status).toBe(422)
    expect(wrong.$('.errors').text()).toContain('结束早于开始')
    expect(wrong.$('select[name=to]').val()).toBe(to.number)
    expect(wrong.$('input[name=kind_customer_key_fields]').is(':checked')).toBe(true)
    const none = await giver.submit('/delegations/new', { to: to.number, fromOn: first, untilOn: last })
    expect(none.status).toBe(422)
    const made = await giver.submit('/delegations/new', { to: to.number, ...box, fromOn: first, untilOn: last })
    expect(made.url).toBe('/delegations')
    expect(made.$('tbody').first().text()).toContain(to.name)
    const received = await deputy.visit('/delegations')
    expect(received.$('tbody').first().text()).toContain(from.name)
    expect((await deputy.visit('/profile')).$('main').text()).toContain(`代 ${from.name} 审批：客户关键字段`)
    expect(received.$('a[href$="/correction"]')).toHaveLength(0)
    const correction = made.$('a[href$="/correction"]').attr('href')!
    expect((await deputy.visit(correction)).status).toBe(404)
    const stranger = await signIn(await director())
    expect((await stranger.visit(correction)).status).toBe(404)
    const twice = await giver.submit('/delegations/new', { to: to.number, ...box, fromOn: first, untilOn: last })
    expect(twice.$('.errors').text()).toContain(`已经授权给 ${to.name}（${first} 至 ${last}）`)
    const corrected = await giver.submit(correction, { kind_customer_assignment: 'on', reason: '休假' })
    expect(corrected.$('tbody').first().text()).toContain('客户归属')
    const end = correction.replace('correction', 'end')
    const ended = await deputy.submit(end, {}, '/delegations')
    expect(ended.$('[role=status], .notice').text()).toContain('授权已结束')
    expect(ended.$('form[action$="/end"]')).toHaveLength(0)
    expect((await giver.visit('/notices')).$('main').text()).toContain(`不再代 ${from.name} 审批`)
  })
})
