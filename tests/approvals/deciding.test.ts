import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { decideRequest, type Verdict } from '../../src/approvals/deciding.ts'
import { tendRequests } from '../../src/approvals/jobs.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { db, pool } from '../../src/db.ts'
import { Refused } from '../../src/lib/refused.ts'
import type { Cast, Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { fingerprint } from '../support/dump.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import {
  asked,
  at,
  changed,
  delegate,
  effect,
  effectsOn,
  now,
  requestOf,
  stepsIn,
  versionOf,
  withProbe,
} from './probe.ts'

await ownDatabase('approvals_deciding')
withProbe()

let cast: Cast
let applicant: Person
beforeAll(async () => {
  cast = await theCast()
  applicant = cast.sales
})

const said = (verdict: Verdict, version = 1, reason: string | null = '桃源没有这样的铺子') => ({
  verdict,
  reason,
  version,
})
const decide = async (who: { id: bigint }, request: { id: bigint }, verdict: Verdict = 'approve', version = 1) =>
  decideRequest(await actorOf(who), request.id, said(verdict, version), now)
const linesOf = (subject: string, action: string) => db.auditEntry.count({ where: { subject, action } })
const told = (staffId: bigint, number: string) =>
  db.notice.count({ where: { staffId, kind: 'approval.decided', href: `/approvals/${number}` } })

/** So many people at once, with the role given or none. */
async function crowd(n: number, role?: string): Promise<Actor[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into staff (number, name, pinyin, password_hash, must_change_password)
     select 'Q' || nextval('staff_id_seq'), '九色鹿' || g, 'lu', 'x', false from generate_series(1, $1) g returning id`,
    [n],
  )
  const ids = rows.map(({ id }) => BigInt(id))
  if (role)
    await pool.query(
      `insert into role_grant (staff_id, role, scope) select unnest($1::bigint[]), $2::role, 'company'`,
      [ids, role],
    )
  return Promise.all(ids.map((id) => actorOf({ id })))
}

describe('APR-02: fifty decide one step at once', () => {
  const race = async (people: Actor[]) => {
    const request = await asked(applicant)
    const results = await Promise.allSettled(people.map((one) => decideRequest(one, request.id, said('approve'), now)))
    const won = people.filter((_one, index) => results[index]!.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const lost = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refused] : []))
    expect(lost).toHaveLength(people.length - 1)
    for (const one of lost)
      expect(one.refusals).toEqual([
        {
          rule: 'APR-02',
          reason: 'approvals:refused.decided',
          params: {
            number: request.number,
            state: { word: 'approvals:state.approved' },
            by: won[0]!.name,
            at: '2026-11-23 10:00',
          },
        },
      ])
    expect(await effectsOn(request)).toBe('x')
    expect(await requestOf(request)).toMatchObject({ state: 'approved', version: 2, endedAt: now })
    expect(await stepsIn(request)).toMatchObject([{ state: 'approved', decidedById: won[0]!.id, decidedAt: now }])
    expect(await linesOf(request.subject, 'approval.approved')).toBe(1)
    expect(await told(applicant.id, request.number)).toBe(1)
    const clock = await db.deadline.findFirstOrThrow({
      where: { subject: `approval_step:${(await stepsIn(request))[0]!.id}` },
    })
    expect(clock.metAt).toEqual(now)
  }

  it('exactly one counts; the others are told who decided and when', async () =>
    race(await crowd(50, 'sales_director')))

  it('and so by fifty who sign for fifty others', async () => {
    const [directors, deputies] = [await crowd(50, 'sales_director'), await crowd(50)]
    for (const [index, one] of directors.entries()) await delegate(one, deputies[index]!)
    await race(deputies)
  })

  it('of approving, refusing, withdrawing, a change of the object and the end of its time, one happens', async () => {
    const [first, second] = await crowd(2, 'sales_director')
    const outcomes = new Set<string>()
    for (let round = 0; round < 12; round++) {
      const request = await asked(applicant)
      const acts = [
        () => decideRequest(first!, request.id, said('approve'), now),
        () => decideRequest(second!, request.id, said('refuse'), now),
        async () => withdrawRequest(await actorOf(applicant), request.id, { reason: null, version: 1 }, now),
        () => changed(request),
        () => tendRequests(at('2026-12-30 10:00')),
      ]
      const turned = [...acts.slice(round % 5), ...acts.slice(0, round % 5)]
      const results = await Promise.allSettled(turned.map((act) => act()))
      for (const one of results) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refused)
      const { state } = await requestOf(request)
      outcomes.add(state)
      expect(state).not.toBe('waiting')
      expect(await effectsOn(request)).toBe(state === 'approved' ? 'x' : '')
      const steps = await stepsIn(request)
      expect(steps.map((step) => step.state)).toEqual([
        { approved: 'approved', refused: 'refused' }[state as string] ?? 'skipped',
      ])
      const ends = await db.auditEntry.count({
        where: {
          subject: request.subject,
          action: { in: ['approval.approved', 'approval.refused', 'approval.ended'] },
        },
      })
      expect(ends).toBe(1)
      const open = { subject: `approval_step:${steps[0]!.id}`, metAt: null, cancelledAt: null }
      expect(await db.deadline.count({ where: open })).toBe(0)
    }
    expect(outcomes.size).toBeGreaterThan(1)
  })

  it('two requests about one thing filed at once are one', async () => {
    const { id } = await make.customer()
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => asked(applicant, { customerId: id })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of results)
      if (one.status === 'rejected')
        expect((one.reason as Refused).refusals).toMatchObject([
          { rule: 'APR-01', reason: 'approvals:refused.waitingAlready' },
        ])
    expect(await db.approvalRequest.count({ where: { subject: `customer:${id}`, state: 'waiting' } })).toBe(1)
  })
})

describe('APR-02: decision and effect are one', () => {
  it('an effect that refuses leaves everything as it was, and it can be decided later', async () => {
    const request = await asked(applicant, { payload: { fails: true } })
    const before = await fingerprint()
    expect(await refusalOf(decide(cast.sales_director, request))).toEqual(['CUS-06 approvals:refused.reason'])
    expect(await fingerprint()).toEqual(before)
    expect(await decide(cast.sales_director, request, 'return')).toBe('returned')
  })

  it('also when what fails is no refusal at all', async () => {
    const request = await asked(applicant)
    const before = await fingerprint()
    effect.also = () => Promise.reject(new Error('蓬莱 is out of reach'))
    await expect(decide(cast.sales_director, request)).rejects.toThrow('out of reach')
    effect.also = () => Promise.resolve()
    expect(await fingerprint()).toEqual(before)
    expect(await decide(cast.sales_director, request)).toBe('approved')
  })

  it('is used up once, for this object alone', async () => {
    const [request, other] = [await asked(applicant, { amount: '1200.50' }), await asked(applicant)]
    expect(await decide(cast.sales_director, request)).toBe('approved')
    for (const version of [1, 2]) {
      const before = await fingerprint()
      expect(await refusalOf(decide(cast.sales_director, request, 'approve', version))).toEqual([
        'APR-02 approvals:refused.decided',
      ])
      expect(await fingerprint()).toEqual(before)
    }
    expect([await effectsOn(request), await effectsOn(other)]).toEqual(['x', ''])
    expect((await requestOf(request)).amount?.toFixed(2)).toBe('1200.50')
  })

  it('a form that arrives three times has its effect once', async () => {
    const request = await asked(applicant)
    const actor = await actorOf(cast.sales_director)
    const once = () =>
      decideRequest({ ...actor, form: { token: `t${request.number}`, used: false } }, request.id, said('approve'), now)
    const results = await Promise.allSettled([once(), once(), once()])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await effectsOn(request)).toBe('x')
  })

  it('what rests on something else by now is void, also when nobody said that it changed', async () => {
    const request = await asked(applicant)
    await pool.query('update customer set version = version + 1 where id = $1', [request.customerId])
    expect(await decide(cast.sales_director, request)).toBe('void')
    expect([await effectsOn(request), (await requestOf(request)).state]).toEqual(['', 'void'])
    expect(await refusalOf(decide(cast.sales_director, request))).toEqual(['APR-02 approvals:refused.ended'])
  })

  it('a page from before a change is told so, and changes nothing', async () => {
    const request = await asked(applicant)
    await pool.query('update approval_request set version = 2 where id = $1', [request.id])
    const before = await fingerprint()
    expect(await refusalOf(decide(cast.sales_director, request))).toEqual(['APR-02 approvals:refused.changedMeanwhile'])
    expect(await fingerprint()).toEqual(before)
  })
})

describe('APR-01: reasons and time', () => {
  it('returning and refusing need a reason, and nothing happens without', async () => {
    const request = await asked(applicant)
    const actor = await actorOf(cast.sales_director)
    const before = await fingerprint()
    for (const verdict of ['return', 'refuse'] as const)
      for (const reason of [null, ''])
        expect(await refusalOf(decideRequest(actor, request.id, { verdict, reason, version: 1 }, now))).toEqual([
          'APR-01 approvals:refused.reason',
        ])
    expect(await fingerprint()).toEqual(before)
    expect(await decideRequest(actor, request.id, said('refuse'), now)).toBe('refused')
    expect(await stepsIn(request)).toMatchObject([{ state: 'refused', reason: '桃源没有这样的铺子' }])
    expect(await linesOf(request.subject, 'approval.ended')).toBe(0)
  })

  it('past its time it is not approved any more; the job ends it once, and tells the applicant', async () => {
    const request = await asked(applicant)
    const { expiresAt } = await requestOf(request)
    expect(expiresAt).toEqual(at('2026-12-23 10:00'))
    const actor = await actorOf(cast.sales_director)
    expect(await refusalOf(decideRequest(actor, request.id, said('approve'), expiresAt!))).toEqual([
      'APR-02 approvals:refused.overDue',
    ])
    expect((await tendRequests(new Date(expiresAt!.getTime() - 1))).expired).toBe(0)
    const both = await Promise.all([tendRequests(expiresAt!), tendRequests(expiresAt!)])
    expect(both[0].expired + both[1].expired).toBeGreaterThan(0)
    expect(await requestOf(request)).toMatchObject({ state: 'expired', endedAt: expiresAt, version: 2 })
    expect(await linesOf(request.subject, 'approval.ended')).toBe(1)
    expect(await told(applicant.id, request.number)).toBe(1)
    expect(await refusalOf(decide(cast.sales_director, request, 'approve', await versionOf(request)))).toEqual([
      'APR-02 approvals:refused.ended',
    ])
  })
})
