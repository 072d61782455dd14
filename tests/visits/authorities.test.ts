import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role, VisitState } from '../../prisma/client/enums.ts'
import { db, writer } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { fenOf, yuanText } from '../../src/lib/money.ts'
import { authorise, withdrawAuthority } from '../../src/visits/authorities/commands.ts'
import { authorityProblems } from '../../src/visits/authorities/queries.ts'
import { doneProblems, grantingProblems, type Held } from '../../src/visits/authorities/rules.ts'
import { visitPolicy } from '../../src/visits/policy.ts'
import { trailOf, type Visit } from '../../src/visits/queries.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'
import { aVisit, visitNow } from '../support/visits.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const reasons = (held: Held[], contractSigned: boolean, moneyTaken: string | null, contractSum: string | null = null) =>
  doneProblems(held, { contractSigned, contractSum, moneyTaken }).map(
    ({ rule, reason }) => `${rule} ${reason.split('.')[1]}`,
  )
const money = (upTo: string | null): Held => ({ kind: 'money', upTo })
const contract: Held = { kind: 'contract', upTo: null }

describe('VIS-15: no contract is signed and no money taken without authority', () => {
  it.each`
    held                  | signed   | taken        | problems
    ${[]}                 | ${false} | ${null}      | ${[]}
    ${[]}                 | ${true}  | ${null}      | ${['VIS-15 noContract']}
    ${[contract]}         | ${true}  | ${null}      | ${[]}
    ${[money(null)]}      | ${true}  | ${null}      | ${['VIS-15 noContract']}
    ${[]}                 | ${false} | ${'0.00'}    | ${[]}
    ${[]}                 | ${false} | ${'0.01'}    | ${['VIS-15 noMoney']}
    ${[contract]}         | ${true}  | ${'0.01'}    | ${['VIS-15 noMoney']}
    ${[money('5000.00')]} | ${false} | ${'5000.00'} | ${[]}
    ${[money('5000.00')]} | ${false} | ${'5000.01'} | ${['VIS-15 overAuthority']}
    ${[money(null)]}      | ${false} | ${'9999999'} | ${[]}
    ${[]}                 | ${true}  | ${'80.00'}   | ${['VIS-15 noContract', 'VIS-15 noMoney']}
  `('$held: signed $signed, taken $taken: $problems', ({ held, signed, taken, problems }) => {
    expect(reasons(held, signed, taken)).toEqual(problems)
  })

  it.each`
    upTo          | signed   | sum           | problems
    ${'50000.00'} | ${true}  | ${'50000.00'} | ${[]}
    ${'50000.00'} | ${true}  | ${'50000.01'} | ${['VIS-15 overContract']}
    ${'50000.00'} | ${true}  | ${null}       | ${['VIS-15 noContractSum']}
    ${null}       | ${true}  | ${'99999999'} | ${[]}
    ${'50000.00'} | ${false} | ${'1.00'}     | ${['VIS-15 sumUnsigned']}
  `('VIS-15: authority up to $upTo, signed $signed over $sum: $problems', ({ upTo, signed, sum, problems }) => {
    expect(reasons([{ kind: 'contract', upTo }], signed, null, sum)).toEqual(problems)
  })

  it('money passes exactly up to the sum', () => {
    const fen = fc.integer({ min: 1, max: 10_000_000 })
    fc.assert(
      fc.property(fen, fen, (most, taken) => {
        expect(reasons([money(yuanText(most))], false, yuanText(taken)).length === 0).toBe(taken <= most)
        expect(reasons([], false, yuanText(taken))).toHaveLength(1)
        expect(fenOf(yuanText(taken))).toBe(taken)
      }),
    )
  })

  it.each`
    state          | moment                | problem
    ${'approved'}  | ${'2026-11-25 08:00'} | ${null}
    ${'done'}      | ${'2026-11-26 23:59'} | ${null}
    ${'done'}      | ${'2026-11-27 00:00'} | ${'authorityOver'}
    ${'approved'}  | ${'2026-11-27 09:00'} | ${'authorityOver'}
    ${'reported'}  | ${'2026-11-26 15:00'} | ${'authorityOver'}
    ${'draft'}     | ${'2026-11-25 08:00'} | ${'authorityState'}
    ${'cancelled'} | ${'2026-11-25 08:00'} | ${'authorityState'}
  `('is granted before or during the visit: $state at $moment', ({ state, moment, problem }) => {
    const visit = { state: state as VisitState, startsAt: at('2026-11-26 14:00'), minutes: 60, leftAt: null }
    const found = grantingProblems(visit, at(moment)).map(({ reason }) => reason.split('.')[1])
    expect(found).toEqual(problem === null ? [] : [problem])
    const left = { ...visit, leftAt: at('2026-11-26 15:00') }
    if (state === 'done') expect(grantingProblems(left, at(moment))).toHaveLength(1)
  })
})

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
beforeEach(() => moveClock(() => at('2026-11-24 10:00')))
afterEach(() => moveClock(() => new Date()))

const arranged = (by: { id: bigint } = people.sales) =>
  aVisit({ by, party: '蓬莱渔具行', target: 'potential', startsAt: at('2026-11-26 14:00') })
const grant = async (visit: Visit, upTo: string | null = '5000.00', by = people.dept_head) =>
  authorise(await actorOf(by), visit, { version: visit.version, authority: 'money', upTo, what: '收上月货款' }, now())
const problems = (visit: Visit, moneyTaken: string) =>
  writer.$transaction((tx) => authorityProblems(tx, visit, { contractSigned: false, contractSum: null, moneyTaken }))

describe('VIS-15, PPL-02: who authorises', () => {
  it.each`
    role                 | others   | own
    ${'sales'}           | ${false} | ${false}
    ${'front_desk'}      | ${false} | ${false}
    ${'dept_head'}       | ${true}  | ${false}
    ${'area_manager'}    | ${false} | ${false}
    ${'cs_manager'}      | ${false} | ${false}
    ${'sales_director'}  | ${true}  | ${false}
    ${'general_manager'} | ${true}  | ${false}
    ${'finance'}         | ${false} | ${false}
    ${'auditor'}         | ${false} | ${false}
    ${'system_admin'}    | ${false} | ${false}
  `('$role: of a sales person $others, of their own $own', async ({ role, others, own }) => {
    const person = people[role as Role]
    const actor = await actorOf(person)
    const visit = await arranged()
    expect(visitPolicy.authorise(actor, visit)).toBe(others)
    expect(visitPolicy.authorise(actor, { ...visit, ownerId: person.id })).toBe(own)
    const done = await grant(visit, null, person).then(
      () => true,
      () => false,
    )
    expect(done).toBe(others)
  })

  it('up to a sum, told to who goes, in the trail; withdrawn, it holds no more', async () => {
    const visit = await arranged()
    expect((await problems(visit, '1.00')).map(({ reason }) => reason)).toEqual(['visitDecisions:refused.noMoney'])
    await grant(visit)
    expect(await problems(visit, '5000.00')).toEqual([])
    expect((await problems(visit, '5000.01')).map(({ field }) => field)).toEqual(['moneyTaken'])
    // Handed on to whoever granted it, it is leave by one's own word.
    expect(await problems({ ...visit, ownerId: people.dept_head.id }, '1.00')).toHaveLength(1)
    expect(await refusalOf(grant(await visitNow(visit)))).toEqual(['VIS-15 visitDecisions:refused.authorityKnown'])
    const [held] = await db.visitAuthority.findMany({ where: { visitId: visit.id } })
    const { version } = await visitNow(visit)
    const head = await actorOf(people.dept_head)
    await withdrawAuthority(head, visit, { version, authority: held!.id }, now())
    expect(await problems(visit, '1.00')).toHaveLength(1)
    const again = { version: version + 1, authority: held!.id }
    expect(await refusalOf(withdrawAuthority(head, visit, again, now()))).toEqual([
      'VIS-15 visitDecisions:refused.authorityGone',
    ])
    const notices = await db.notice.findMany({ where: { staffId: people.sales.id, subject: `visit:${visit.id}` } })
    expect(notices.map(({ kind }) => kind).toSorted()).toEqual(['visit.authority', 'visit.authority_ended'])
    const trail = await db.auditEntry.findMany({ where: { subject: trailOf(visit) }, orderBy: { id: 'asc' } })
    expect(trail.map(({ action }) => action).slice(-2)).toEqual(['visit.authorised', 'visit.authority_withdrawn'])
  })

  it('after the visit it is refused, and so is a sum of nothing', async () => {
    const visit = await arranged()
    expect(await refusalOf(grant(visit, '0.00'))).toEqual(['VIS-15 visitDecisions:refused.authoritySum'])
    expect(await refusalOf(grant({ ...visit, version: 9 }))).toEqual(['VIS-15 visits:refused.changedMeanwhile'])
    moveClock(() => at('2026-11-27 08:00'))
    expect(await refusalOf(grant(visit))).toEqual(['VIS-15 visitDecisions:refused.authorityOver'])
  })

  it('from the page of the visit: granted in a form that keeps what was typed, withdrawn by one press', async () => {
    const visit = await arranged()
    const browser = await signIn(people.dept_head)
    const form = `/visits/${visit.number}/authorities`
    expect((await browser.visit(`/visits/${visit.number}`)).$(`a[href="${form}"]`)).toHaveLength(1)
    const wrong = await browser.submit(form, { authority: 'money', upTo: '很多', what: '收上月货款' })
    expect([wrong.status, wrong.$('#f-what').val()]).toEqual([422, '收上月货款'])
    const done = await browser.submit(form, { authority: 'money', upTo: '5,000', what: '收上月货款' })
    expect(done.$('#authorities').text()).toContain('不超过 ¥5,000.00')
    const back = await browser.submit(`${form}/withdrawal`, {}, `/visits/${visit.number}`)
    expect(back.$('#authorities').text()).toContain('收回')
    expect(back.$(`form[action="${form}/withdrawal"]`)).toHaveLength(0)
  })
})
