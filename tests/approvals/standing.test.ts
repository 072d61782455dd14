import { beforeAll, describe, expect, it } from 'vitest'
import { decideRequest, type Verdict } from '../../src/approvals/deciding.ts'
import { inboxFor } from '../../src/approvals/inbox.ts'
import { tendRequests } from '../../src/approvals/jobs.ts'
import { requestFor, stepsOf } from '../../src/approvals/reading.ts'
import { addSigner } from '../../src/approvals/signers.ts'
import { db, pool } from '../../src/db.ts'
import { NotFound } from '../../src/lib/refused.ts'
import type { Cast, Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { fingerprint } from '../support/dump.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { asked, delegate, effectsOn, endings, now, requestOf, stepsIn, versionOf, withProbe } from './probe.ts'

const logins = await ownDatabase('approvals_standing')
withProbe({
  steps: [
    { role: 'dept_head', instead: ['area_manager'] },
    { role: 'sales_director', instead: ['general_manager'] },
  ],
})

let cast: Cast
let east: { departmentId: bigint; regionId: null }
beforeAll(async () => {
  cast = await theCast()
  const { id } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
  east = { departmentId: id, regionId: null }
})

const decide = async (who: { id: bigint }, request: { id: bigint }, verdict: Verdict = 'approve', version?: number) =>
  decideRequest(
    await actorOf(who),
    request.id,
    { verdict, reason: '理由', version: version ?? (await versionOf(request)) },
    now,
  )
const sign = async (who: Person, request: { id: bigint }, staff: string, reason: string | null = null) =>
  addSigner(await actorOf(who), request.id, { staff, reason, version: await versionOf(request) }, now)
const waitsFor = async (who: Person, number: string) =>
  (await inboxFor(await actorOf(who), {}, now)).rows.some((row) => row.number === number)
const revoke = ({ id }: Person) => pool.query('delete from role_grant where staff_id = $1', [id])
const own = ['PPL-02 approvals:refused.own']
const signedAlready = ['PPL-02 approvals:refused.signedAlready']
const notYours = ['APR-01 approvals:refused.notYours']

describe('APR-01: steps in order', () => {
  it('the second role signs after the first, and only then has it its effect', async () => {
    const request = await asked(cast.sales, { place: east })
    expect([
      await waitsFor(cast.dept_head, request.number),
      await waitsFor(cast.sales_director, request.number),
    ]).toEqual([true, false])
    expect(await refusalOf(decide(cast.sales_director, request))).toEqual(notYours)
    expect(await decide(cast.dept_head, request)).toBe('next')
    expect([await effectsOn(request), (await requestOf(request)).state]).toEqual(['', 'waiting'])
    expect([
      await waitsFor(cast.dept_head, request.number),
      await waitsFor(cast.sales_director, request.number),
    ]).toEqual([false, true])
    // The colleague who still has the first step open hears who signed it.
    const late = await make.staff([{ role: 'dept_head', department: '城东营业部' }])
    expect(await refusalOf(decide(late, request, 'approve', 1))).toEqual(['APR-02 approvals:refused.stepDecided'])
    await revoke(late)
    expect(await decide(cast.sales_director, request)).toBe('approved')
    expect([await effectsOn(request), (await requestOf(request)).state]).toEqual(['x', 'approved'])
  })

  it('returned at any step, the rest is skipped, and what follows for the kind follows', async () => {
    const request = await asked(cast.sales, { place: east })
    expect(await decide(cast.dept_head, request, 'return')).toBe('returned')
    expect((await stepsIn(request)).map(({ state }) => state)).toEqual(['returned', 'skipped'])
    expect(endings.filter(({ number }) => number === request.number)).toEqual([
      { number: request.number, ending: 'returned' },
    ])
    expect(await effectsOn(request)).toBe('')
  })

  it('goes to the role named for that where nobody else holds the first, at filing and when the turn comes', async () => {
    const west = await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })
    const manager = await make.staff([{ role: 'area_manager' }])
    const request = await asked(cast.sales, { place: { departmentId: west.id, regionId: null } })
    expect(await stepsIn(request)).toMatchObject([
      { role: 'area_manager', insteadOf: 'dept_head' },
      { role: 'sales_director', insteadOf: null },
    ])
    // The director leaves before it is the director's turn.
    await pool.query(`update staff set state = 'suspended' where id = $1`, [cast.sales_director.id])
    expect(await decide(manager, request)).toBe('next')
    expect((await stepsIn(request))[1]).toMatchObject({
      role: 'general_manager',
      insteadOf: 'sales_director',
      state: 'open',
    })
    await pool.query(`update staff set state = 'active' where id = $1`, [cast.sales_director.id])
    expect(await refusalOf(decide(cast.sales_director, request))).toEqual(notYours)
    expect(await decide(cast.general_manager, request)).toBe('approved')
    await revoke(manager)
  })

  it('with nobody there at all it waits for whoever is given the role; whoever lost it cannot sign', async () => {
    const west = await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })
    const request = await asked(cast.sales, { place: { departmentId: west.id, regionId: null } })
    expect(await stepsIn(request)).toMatchObject([{ role: 'dept_head', insteadOf: null, state: 'open' }, {}])
    const head = await make.staff([{ role: 'dept_head', department: '城西营业部' }])
    expect(await waitsFor(head, request.number)).toBe(true)
    const seenBefore = await actorOf(head)
    await revoke(head)
    const decision = { verdict: 'approve', reason: null, version: 1 } as const
    expect(await refusalOf(decideRequest(seenBefore, request.id, decision, now))).toEqual(notYours)
    const again = await make.staff([{ role: 'dept_head', department: '城西营业部' }])
    expect(await decide(again, request)).toBe('next')
    await revoke(again)
  })

  it('the job passes on what nobody can sign any more, once, and says so', async () => {
    const head = await make.staff([{ role: 'dept_head', department: '城西营业部' }])
    const { departmentId } = {
      departmentId: (await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })).id,
    }
    const request = await asked(cast.sales, { place: { departmentId, regionId: null } })
    expect(await tendRequests(now)).toMatchObject({ rerouted: 0 })
    await revoke(head)
    const manager = await make.staff([{ role: 'area_manager' }])
    const both = await Promise.all([tendRequests(now), tendRequests(now)])
    expect(both[0].rerouted + both[1].rerouted).toBeGreaterThan(0)
    expect((await stepsIn(request))[0]).toMatchObject({ role: 'area_manager', insteadOf: 'dept_head', state: 'open' })
    expect(await db.auditEntry.count({ where: { subject: request.subject, action: 'approval.rerouted' } })).toBe(1)
    const notice = { staffId: manager.id, kind: 'approval.waiting', href: `/approvals/${request.number}` }
    expect(await db.notice.count({ where: notice })).toBe(1)
    expect(await decide(manager, request)).toBe('next')
    await revoke(manager)
  })
})

describe('PPL-02: nobody signs what they asked for or what concerns them', () => {
  it('not by a second role', async () => {
    const both = await make.staff([{ role: 'dept_head' }, { role: 'sales_director' }])
    const request = await asked(both, { place: east })
    expect(await waitsFor(both, request.number)).toBe(false)
    expect(await refusalOf(decide(both, request))).toEqual(own)
    expect(await decide(cast.dept_head, request)).toBe('next')
    expect(await refusalOf(decide(both, request))).toEqual(own)
    await revoke(both)
  })

  it('not for another, and nobody signs for who asked', async () => {
    const [applicant, deputy] = [await make.staff([{ role: 'dept_head' }]), await make.staff()]
    await delegate(cast.dept_head, applicant)
    await delegate(applicant, deputy)
    const request = await asked(applicant, { place: east })
    expect(await refusalOf(decide(applicant, request))).toEqual(own)
    expect(await refusalOf(decide(deputy, request))).toEqual(notYours)
    expect([await waitsFor(applicant, request.number), await waitsFor(deputy, request.number)]).toEqual([false, false])
    // For somebody else's request both sign: the one for the head, the other for the one.
    const another = await asked(cast.sales, { place: east })
    expect(await decide(deputy, another)).toBe('next')
    expect((await stepsIn(another))[0]).toMatchObject({ decidedById: deputy.id, forId: applicant.id })
    await pool.query('delete from delegation_kind')
    await revoke(applicant)
  })

  it('who signs for another cannot pass it on', async () => {
    const [second, third] = [await make.staff(), await make.staff()]
    await delegate(cast.dept_head, second)
    await delegate(second, third)
    const request = await asked(cast.sales, { place: east })
    expect(await refusalOf(decide(third, request))).toEqual(notYours)
    expect(await decide(second, request)).toBe('next')
    await pool.query('delete from delegation_kind')
  })

  it('not after the object has become somebody else’s', async () => {
    const director = await make.staff([{ role: 'dept_head' }, { role: 'sales_director' }])
    const { id } = await make.customer({ ownerId: director.id, department: '城东营业部' })
    const request = await asked(director, { place: east, customerId: id })
    await pool.query('update customer set owner_id = $2 where id = $1', [id, cast.sales.id])
    expect(await refusalOf(decide(director, request))).toEqual(own)
    await revoke(director)
  })

  it('not as the colleague who is asked to sign before, nor as a senior; nor whom it concerns', async () => {
    const concerned = await make.staff([{ role: 'dept_head' }])
    const request = await asked(cast.general_manager, { place: east, excluded: [concerned.id] })
    expect(await refusalOf(decide(concerned, request))).toEqual(own)
    for (const { number } of [cast.general_manager, concerned])
      expect(await refusalOf(sign(cast.dept_head, request, number))).toEqual(['PPL-02 approvals:refused.signerOwn'])
    await pool.query(`update approval_step set senior_role = 'general_manager' where request_id = $1`, [request.id])
    expect(await refusalOf(decide(cast.general_manager, request))).toEqual(own)
    await revoke(concerned)
  })

  it('the database itself refuses it, also from its owner', async () => {
    const request = await asked(cast.sales, { place: east })
    for (const who of [cast.sales.id])
      await expect(
        pool.query(
          `update approval_step set state = 'approved', decided_at = $2, decided_by_id = $3 where request_id = $1 and n = 1`,
          [request.id, now, who],
        ),
      ).rejects.toThrow('approval_step_not_own')
  })
})

describe('APR-01: 加签', () => {
  it('a colleague signs before, then one’s own turn comes again', async () => {
    const colleague = await make.staff([{ role: 'cs_manager' }])
    const request = await asked(cast.sales, { place: east })
    await sign(cast.dept_head, request, colleague.number.toLowerCase(), '看看这家茶行的账')
    expect(await stepsOf(request.id)).toMatchObject([
      { n: 1, staff: colleague.name, addedBy: cast.dept_head.name, question: '看看这家茶行的账', state: 'open' },
      { n: 2, role: 'dept_head', state: 'waiting' },
      { n: 3, role: 'sales_director', state: 'waiting' },
    ])
    const notice = { staffId: colleague.id, kind: 'approval.waiting', href: `/approvals/${request.number}` }
    expect(await db.notice.count({ where: notice })).toBe(1)
    expect(await waitsFor(colleague, request.number)).toBe(true)
    expect(await refusalOf(decide(cast.dept_head, request))).toEqual(signedAlready)
    // Whoever asked still sees it; the clock runs for the colleague alone.
    expect((await requestFor(await actorOf(cast.dept_head), request.number, now)).state).toBe('waiting')
    const clocks = await db.deadline.findMany({
      where: { subject: { in: (await stepsIn(request)).map(({ id }) => `approval_step:${id}`) }, cancelledAt: null },
    })
    expect(clocks.map(({ subject }) => subject)).toEqual([`approval_step:${(await stepsIn(request))[0]!.id}`])
    expect(await decide(colleague, request)).toBe('next')
    expect(await refusalOf(decide(colleague, request))).toEqual(signedAlready)
    expect(await decide(cast.dept_head, request)).toBe('next')
    expect(await decide(cast.sales_director, request)).toBe('approved')
    expect((await stepsIn(request)).map(({ n, state }) => [n, state])).toEqual([
      [1, 'approved'],
      [2, 'approved'],
      [3, 'approved'],
    ])
    expect(await db.auditEntry.count({ where: { subject: request.subject, action: 'approval.signer_added' } })).toBe(1)
  })

  it('refuses oneself, whoever is asked already, is away, or may not see it; and changes nothing', async () => {
    const [colleague, away, outside, auditor] = [
      await make.staff([{ role: 'cs_manager' }]),
      await make.staff([{ role: 'cs_manager' }]),
      await make.staff([{ role: 'sales' }]),
      cast.auditor,
    ]
    await pool.query(`update staff set state = 'suspended' where id = $1`, [away.id])
    const request = await asked(cast.sales, { place: east })
    const refused = async (number: string) => {
      const before = await fingerprint()
      const found = await refusalOf(sign(cast.dept_head, request, number))
      expect(await fingerprint()).toEqual(before)
      return found
    }
    expect(await refused(cast.dept_head.number)).toEqual(['APR-01 approvals:refused.signerSelf'])
    expect(await refused('没有这个工号')).toEqual(['APR-01 approvals:refused.nobodySuch'])
    expect(await refused(away.number)).toEqual(['APR-01 approvals:refused.nobodySuch'])
    expect(await refused(outside.number)).toEqual(['APR-01 approvals:refused.signerOutside'])
    expect(await refused(auditor.number)).toEqual(['APR-01 approvals:refused.signerOutside'])
    expect(await refusalOf(sign(cast.sales_director, request, colleague.number))).toEqual(notYours)
    expect(await refusalOf(sign(cast.sales, request, colleague.number))).toEqual(own)
    await sign(cast.dept_head, request, colleague.number)
    expect(await refusalOf(sign(colleague, request, colleague.number))).toEqual(['APR-01 approvals:refused.signerSelf'])
    await decide(colleague, request)
    expect(await refused(colleague.number)).toEqual(['APR-01 approvals:refused.signerTwice'])
  })
})

describe('PPL-02: nobody signs two steps of one request', () => {
  it('PPL-02: who signed as a colleague does not sign as the role, nor for another, and nobody signs for them', async () => {
    const second = await make.staff([{ role: 'dept_head', department: '城东营业部' }])
    const deputy = await make.staff([{ role: 'cs_manager' }])
    await delegate(second, deputy)
    const customer = await make.customer({ department: '城东营业部' })
    const request = await asked(cast.sales, { place: east, customerId: customer.id })
    await sign(cast.dept_head, request, second.number)
    expect(await decide(second, request)).toBe('next')
    expect(await refusalOf(decide(second, request))).toEqual(signedAlready)
    expect(await refusalOf(decide(deputy, request))).toEqual(notYours)
    expect([await waitsFor(second, request.number), await waitsFor(deputy, request.number)]).toEqual([false, false])
    expect((await requestFor(await actorOf(second), request.number, now)).state).toBe('waiting')
    expect(await decide(cast.dept_head, request)).toBe('next')
    for (const person of [second, deputy]) await revoke(person)
  })

  it('PPL-02: who holds the roles of both steps signs one; the other goes to whoever signs instead', async () => {
    const both = await make.staff([{ role: 'dept_head', department: '城东营业部' }, { role: 'sales_director' }])
    const request = await asked(cast.sales, { place: east })
    expect(await decide(both, request)).toBe('next')
    expect(await refusalOf(decide(both, request))).toEqual(signedAlready)
    expect(await decide(cast.sales_director, request)).toBe('approved')
    await revoke(both)
  })

  it('PPL-02: who asked a colleague does not sign in that one’s place', async () => {
    const colleague = await make.staff([{ role: 'cs_manager' }])
    await delegate(colleague, cast.dept_head)
    const request = await asked(cast.sales, { place: east })
    await sign(cast.dept_head, request, colleague.number)
    expect(await refusalOf(decide(cast.dept_head, request))).toEqual(signedAlready)
    expect(await decide(colleague, request)).toBe('next')
    expect(await decide(cast.dept_head, request)).toBe('next')
  })

  it('PPL-02: whoever alone can sign a later step is not asked to sign before it', async () => {
    const request = await asked(cast.sales, { place: east })
    expect(await refusalOf(sign(cast.dept_head, request, cast.sales_director.number))).toEqual([
      'APR-01 approvals:refused.signerNeeded',
    ])
    const other = await make.staff([{ role: 'sales_director' }])
    await sign(cast.dept_head, request, other.number)
    await decide(other, request)
    await decide(cast.dept_head, request)
    expect(await decide(cast.sales_director, request)).toBe('approved')
    await revoke(other)
  })
})

describe('APR-02: what was decided stays', () => {
  it('for the product and for the owner of the database', async () => {
    const [request, open] = [await asked(cast.sales, { place: east }), await asked(cast.sales, { place: east })]
    await decide(cast.dept_head, request, 'refuse')
    const { default: pg } = await import('pg')
    const owner = new pg.Client(logins.owner)
    await owner.connect()
    for (const client of [pool, owner]) {
      const tries = [
        [`update approval_step set reason = '改了' where request_id = $1`, request.id],
        [`update approval_request set reason = '改了' where id = $1`, request.id],
        [`update approval_request set state = 'waiting' where id = $1`, request.id],
        [`delete from approval_step where request_id = $1`, open.id],
        [`delete from approval_request where id = $1`, open.id],
      ] as const
      for (const [sql, id] of tries)
        await expect(client.query(sql, [id])).rejects.toThrow(/stays as it is|permission denied/)
    }
    await owner.end()
    expect(await requestOf(request)).toMatchObject({ state: 'refused', reason: null })
  })
})

describe('APR-03: who knows of a request', () => {
  it('who asked, who signs or could have, the register; nobody else', async () => {
    const request = await asked(cast.sales, { place: east })
    const sees = async (who: Person) =>
      requestFor(await actorOf(who), request.number, now).then(
        () => true,
        (error: unknown) => !(error instanceof NotFound),
      )
    const late = await make.staff([{ role: 'dept_head', department: '城东营业部' }])
    const deputy = await make.staff()
    await delegate(cast.dept_head, deputy)
    expect(await Promise.all([cast.sales, cast.dept_head, late, deputy, cast.auditor].map(sees))).toEqual(
      Array(5).fill(true),
    )
    expect(await Promise.all([cast.sales_director, cast.front_desk, cast.system_admin].map(sees))).toEqual([
      false,
      false,
      false,
    ])
    await decide(cast.dept_head, request)
    expect(await Promise.all([cast.dept_head, late, deputy, cast.sales_director].map(sees))).toEqual(
      Array(4).fill(true),
    )
    expect(await sees(cast.front_desk)).toBe(false)
    await pool.query('delete from delegation_kind')
    await revoke(late)
    expect(await sees(late)).toBe(false)
  })
})
