import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { change } from '../../src/audit/change.ts'
import { draftRemedy, submitRemedy } from '../../src/complaints/remedies/commands.ts'
import {
  compensationOf,
  groundsOf,
  passesLimit,
  signaturesOf,
  totalOf,
  type Item,
  type Weight,
} from '../../src/complaints/remedies/rules.ts'
import { relevel } from '../../src/complaints/leveling.ts'
import { raiseLevel } from '../../src/complaints/levels/commands.ts'
import { assigned } from '../../src/complaints/taking.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { fenOf, moneyText, yuanOf, yuanText } from '../../src/lib/money.ts'
import type { Cast, Person } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const weight = (more: Partial<Weight>): Weight => ({
  authority: 'general_manager',
  level: 'general',
  total: '0.00',
  limit: 5000,
  supervisor: null,
  ...more,
})
const both = ['cs_manager', 'general_manager']
const manager = ['cs_manager']
const general = ['general_manager']

describe('CMP-10: who signs, by authority, level and amount at the bounds', () => {
  it.each`
    authority            | level          | total         | signs
    ${'general_manager'} | ${'general'}   | ${'0.00'}     | ${both}
    ${'general_manager'} | ${'general'}   | ${'4999.99'}  | ${both}
    ${'general_manager'} | ${'important'} | ${'5000.01'}  | ${both}
    ${'general_manager'} | ${'major'}     | ${'50000.00'} | ${both}
    ${'by_limit'}        | ${'general'}   | ${'4999.99'}  | ${manager}
    ${'by_limit'}        | ${'general'}   | ${'5000.00'}  | ${manager}
    ${'by_limit'}        | ${'important'} | ${'5000.01'}  | ${both}
    ${'by_limit'}        | ${'important'} | ${'49999.99'} | ${both}
    ${'by_limit'}        | ${'major'}     | ${'50000.00'} | ${both}
    ${'by_limit'}        | ${'major'}     | ${'5000.00'}  | ${manager}
    ${'by_level'}        | ${'general'}   | ${'4999.99'}  | ${manager}
    ${'by_level'}        | ${'general'}   | ${'5000.00'}  | ${manager}
    ${'by_level'}        | ${'important'} | ${'5000.00'}  | ${manager}
    ${'by_level'}        | ${'important'} | ${'5000.01'}  | ${both}
    ${'by_level'}        | ${'important'} | ${'49999.99'} | ${both}
    ${'by_level'}        | ${'major'}     | ${'0.00'}     | ${general}
    ${'by_level'}        | ${'major'}     | ${'50000.00'} | ${general}
  `('$authority, $level, $total: $signs', ({ authority, level, total, signs }) => {
    expect(signaturesOf(weight({ authority, level, total }), false)).toEqual(signs)
  })

  it('leaves the customer service manager out where he proposed, but never where he alone would sign', () => {
    expect(signaturesOf(weight({}), true)).toEqual(general)
    expect(signaturesOf(weight({ authority: 'by_limit', total: '5000.01' }), true)).toEqual(general)
    expect(signaturesOf(weight({ authority: 'by_limit', total: '5000.00' }), true)).toEqual(manager)
  })

  it('CMP-22: a store’s goes by the supervising department to the general manager', () => {
    expect(signaturesOf(weight({ supervisor: 'cs_manager', authority: 'by_limit' }), false)).toEqual(both)
    expect(signaturesOf(weight({ supervisor: 'area_manager', level: 'major' }), false)).toEqual([
      'area_manager',
      'general_manager',
    ])
    expect(groundsOf(weight({ supervisor: 'cs_manager' }))).toBe('store')
  })

  it('CAL-03: complaints.cs_limit takes its number in: what is above goes up, what is at it or below does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 0, max: 100_000 }), (fen, limit) => {
        const total = yuanText(fen)
        const up = signaturesOf(weight({ authority: 'by_limit', total, limit }), false).includes('general_manager')
        return up === fen > limit * 100 && up === passesLimit({ total, limit })
      }),
    )
  })
})

describe('money', () => {
  it.each`
    typed               | read
    ${'8600'}           | ${'8600.00'}
    ${'8,600.00'}       | ${'8600.00'}
    ${'８６００'}       | ${'8600.00'}
    ${'８，６００．５'} | ${'8600.50'}
    ${'￥8,600'}        | ${'8600.00'}
    ${'007.50 元'}      | ${'7.50'}
    ${'0'}              | ${'0.00'}
    ${'8.600,00'}       | ${null}
    ${'8.600'}          | ${null}
    ${'86,00'}          | ${null}
    ${'-5'}             | ${null}
    ${'1e3'}            | ${null}
    ${'八千'}           | ${null}
    ${'1000000000'}     | ${null}
  `('$typed reads $read', ({ typed, read }) => expect(yuanOf(typed)).toBe(read))

  it('sums to the fen, however many items', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99_999_999_999 }), { maxLength: 10 }), (fens) => {
        const items = fens.map((fen) => ({ amount: yuanText(fen) }))
        return fenOf(totalOf(items)) === fens.reduce((sum, fen) => sum + fen, 0)
      }),
    )
    expect(totalOf([{ amount: '0.10' }, { amount: '0.20' }])).toBe('0.30')
    expect(moneyText('1234567.80')).toBe('1,234,567.80')
  })

  it('CMP-10: what the customer turned down gives nothing', () => {
    const given = (state: 'approved' | 'refused', accepted: boolean | null, total: string) => ({
      state,
      accepted,
      total,
    })
    expect(
      compensationOf([
        given('approved', false, '10.00'),
        given('approved', null, '2.50'),
        given('refused', null, '7.00'),
      ]),
    ).toBe('2.50')
  })
})

const items = (amount: string): Item[] => [
  { kind: 'visit', text: '换装加厚封条', amount: '0.00' },
  { kind: 'compensation', text: '两托盘冻品按进价', amount },
]
/** In the east, being proposed, handled by the department's head. */
const proposing = (more: Parameters<typeof aComplaint>[0] = {}) =>
  aComplaint({ departmentId: east, ownerId: people.dept_head.id, state: 'proposing', ...more })

async function drafted(complaint: Complaint, amount: string, by: Person = people.dept_head) {
  const { version } = await complaintNow(complaint)
  return draftRemedy(await actorOf(by), complaint.id, { items: items(amount), reason: '先止损', version }, now())
}
async function sent(complaint: Complaint, amount: string, by: Person = people.dept_head) {
  const version = await drafted(complaint, amount, by)
  return submitRemedy(await actorOf(by), complaint.id, version, now())
}
const requestOf = (number: string) => db.approvalRequest.findUniqueOrThrow({ where: { number } })
const stepsOf = async (number: string) =>
  (await db.approvalStep.findMany({ where: { request: { number } }, orderBy: { n: 'asc' } })).map(({ role, state }) => [
    role,
    state,
  ])

async function decide(
  number: string,
  by: { id: bigint },
  verdict: 'approve' | 'return' | 'refuse' = 'approve',
  reason: string | null = null,
) {
  const { id, version } = await requestOf(number)
  return decideRequest(await actorOf(by), id, { verdict, reason, version }, now())
}
const trail = async ({ id }: { id: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: `complaint:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )

describe('CMP-10: a remedy from the form to the customer', () => {
  it('is written and sent in the browser, signed by two, and then the customer can be told', async () => {
    const complaint = await proposing()
    const head = await signIn(people.dept_head)
    const path = `/complaints/${complaint.number}`
    const sentPage = await head.submit(`${path}/remedy`, {
      kind1: 'visit',
      text1: '15:30 前换装加厚封条',
      kind2: 'compensation',
      text2: '两托盘冻品按进价',
      amount2: '７，８６０',
      kind3: 'waiver',
      text3: '下次保养免收工时费',
      amount3: '480.00',
      reason: '封条型号装错，先止损',
      act: 'submit',
    })
    expect(sentPage.url).toBe(path)
    expect(sentPage.$('#remedy tr.sum').text()).toContain('8,340.00')
    expect(sentPage.$('.notice, [role=status]').text()).toContain('方案已送审')
    const { number, amount } = await db.approvalRequest.findFirstOrThrow({
      where: { subject: `complaint:${complaint.id}` },
    })
    expect(amount?.toFixed(2)).toBe('8340.00')
    expect(await stepsOf(number)).toEqual([
      ['cs_manager', 'open'],
      ['general_manager', 'waiting'],
    ])
    const card = await (await signIn(people.cs_manager)).visit(`/approvals/${number}`)
    for (const said of ['两托盘冻品按进价', '冷库门漏风', '当天派人到场', '封条型号装错，先止损', '¥8,340.00'])
      expect(card.$('main').text()).toContain(said)
    expect(await decide(number, people.cs_manager)).toBe('next')
    expect(await decide(number, people.general_manager)).toBe('approved')
    const after = await complaintNow(complaint)
    expect([after.state, after.compensation.toFixed(2), after.level]).toEqual(['telling', '8340.00', 'important'])
    expect(await trail(complaint)).toEqual(
      expect.arrayContaining([
        'complaint.remedy_drafted',
        'complaint.remedy_submitted',
        'complaint.level_computed',
        'complaint.remedy_approved',
      ]),
    )
  })

  it('CMP-13: sending it meets the remedy’s clock; a draft does not', async () => {
    const complaint = await proposing({ state: 'investigating' })
    await pool.query(`update complaint set state = 'proposing' where id = $1`, [complaint.id])
    const clock = () =>
      db.deadline.findFirstOrThrow({ where: { subject: `complaint:${complaint.id}`, kind: 'complaint.remedy' } })
    await drafted(complaint, '10.00')
    expect((await clock()).metAt).toBeNull()
    await sent(complaint, '10.00')
    expect((await clock()).metAt).not.toBeNull()
  })

  it('what cannot be read or is not whole comes back with a sentence, and nothing typed is lost', async () => {
    const complaint = await proposing()
    const head = await signIn(people.dept_head)
    const path = `/complaints/${complaint.number}/remedy`
    const unread = await head.submit(path, { text1: '赔偿', amount1: '8.600,00', act: 'submit' })
    expect(unread.status).toBe(422)
    expect(unread.$('.errors').text()).toContain('8,600.00')
    expect(unread.$('[name=amount1]').val()).toBe('8.600,00')
    const half = await head.submit(path, { text1: '赔偿两托盘', amount1: '8600', reason: '', act: 'submit' })
    expect(half.status).toBe(422)
    expect(half.$('.errors [data-rule="CMP-10"]').text()).toContain('没有写理由')
    expect(half.$('[name=text1]').val()).toBe('赔偿两托盘')
    // Kept as a draft: the page shown again is about the newest version, so that sending it again works.
    expect((await complaintNow(complaint)).state).toBe('proposing')
    const again = await head.submit(path, { reason: '先止损', act: 'submit' })
    expect(again.status).toBe(200)
    expect((await complaintNow(complaint)).state).toBe('approving')
  })

  it('CMP-06: an amount at the bound raises the level as soon as it is saved', async () => {
    const complaint = await proposing()
    await drafted(complaint, '5000.00')
    expect((await complaintNow(complaint)).level).toBe('general')
    await drafted(complaint, '5000.01')
    expect((await complaintNow(complaint)).level).toBe('important')
    await drafted(complaint, '49999.99')
    expect((await complaintNow(complaint)).level).toBe('important')
    await drafted(complaint, '50000.00')
    expect((await complaintNow(complaint)).level).toBe('major')
  })

  it('sent back with a reason it is proposed anew from a copy; withdrawn as well', async () => {
    const complaint = await proposing()
    const first = await sent(complaint, '300.00')
    await decide(first, people.cs_manager, 'refuse', '先看现场')
    expect((await complaintNow(complaint)).state).toBe('proposing')
    const page = await (await signIn(people.dept_head)).visit(`/complaints/${complaint.number}`)
    expect(page.$('#remedy').text()).toContain('先看现场')
    expect(
      (await db.remedy.findMany({ where: { complaintId: complaint.id }, orderBy: { id: 'asc' } })).map(
        ({ state }) => state,
      ),
    ).toEqual(['refused', 'draft'])
    const second = await sent(complaint, '200.00')
    const { id, version } = await requestOf(second)
    await withdrawRequest(await actorOf(people.dept_head), id, { reason: null, version }, now())
    expect((await complaintNow(complaint)).state).toBe('proposing')
    const draft = await db.remedy.findFirstOrThrow({
      where: { complaintId: complaint.id, state: 'draft' },
      include: { items: true },
    })
    expect([draft.total.toFixed(2), draft.items.length]).toEqual(['200.00', 2])
  })
})

describe('CMP-10: what was signed for must be what it is', () => {
  it('a level that rises while it is signed makes the approval void at once', async () => {
    const complaint = await proposing()
    const number = await sent(complaint, '300.00')
    await pool.query(`update complaint set legal = true where id = $1`, [complaint.id])
    await change(await actorOf(people.cs_manager), (tx, audit) =>
      relevel(tx, audit, complaint.id, now()).then(() => undefined),
    )
    expect((await requestOf(number)).state).toBe('void')
    expect((await complaintNow(complaint)).state).toBe('proposing')
    expect(await refusalOf(decide(number, people.cs_manager))).toEqual([expect.stringContaining('APR-02')])
  })

  it('CMP-10: a level raised by hand makes the approval void at once', async () => {
    const complaint = await proposing()
    const number = await sent(complaint, '300.00')
    const raised = { level: 'important' as const, reason: '客户情绪激动' }
    await raiseLevel(await actorOf(people.cs_manager), complaint.id, raised, now())
    expect((await requestOf(number)).state).toBe('void')
    expect(await complaintNow(complaint)).toMatchObject({ state: 'proposing', level: 'important' })
  })

  it('a level changed by any other way makes it void when somebody decides', async () => {
    const complaint = await proposing()
    const number = await sent(complaint, '300.00')
    await pool.query(`update complaint set level = 'important' where id = $1`, [complaint.id])
    expect(await decide(number, people.cs_manager)).toBe('void')
    expect((await complaintNow(complaint)).state).toBe('proposing')
  })
})

describe('PPL-02, CMP-03: who never signs', () => {
  it('who proposed does not, by no second role, and nobody signs for that person', async () => {
    const two = await make.staff([{ role: 'dept_head', department: '城东营业部' }, { role: 'general_manager' }])
    const complaint = await proposing({ ownerId: null })
    const number = await sent(complaint, '10.00', two)
    await decide(number, people.cs_manager)
    expect(await refusalOf(decide(number, two))).toEqual([expect.stringContaining('PPL-02')])
    await lend(two, people.nobody)
    expect(await refusalOf(decide(number, people.nobody))).toEqual([expect.stringContaining('APR-01')])
    expect(await decide(number, people.general_manager)).toBe('approved')
  })

  it('CMP-10: the customer service manager who proposed is left out, and the general manager decides', async () => {
    const complaint = await proposing({ ownerId: null })
    const number = await sent(complaint, '10.00', people.cs_manager)
    expect(await stepsOf(number)).toEqual([['general_manager', 'open']])
  })

  it('the handler and whom it is about do not sign, though they hold the role', async () => {
    const [handler, accused] = [
      await make.staff([{ role: 'cs_manager' }]),
      await make.staff([{ role: 'cs_manager' }, { role: 'general_manager' }]),
    ]
    const complaint = await proposing({ ownerId: handler.id, accused: [accused.id] })
    const number = await sent(complaint, '10.00')
    expect(await refusalOf(decide(number, handler))).toEqual([expect.stringContaining('PPL-02')])
    expect(await refusalOf(decide(number, accused))).toEqual([expect.stringContaining('PPL-02')])
    expect((await (await signIn(accused)).visit(`/approvals/${number}`)).status).toBe(404)
    expect(await decide(number, people.cs_manager)).toBe('next')
  })

  it('APR-04: a deputy signs for an absent signer, but not one whom it is about', async () => {
    const [deputy, accused] = [await make.staff([{ role: 'front_desk' }]), await make.staff([{ role: 'front_desk' }])]
    const complaint = await proposing({ accused: [accused.id] })
    const number = await sent(complaint, '10.00')
    for (const to of [deputy, accused]) await lend(await make.staff([{ role: 'cs_manager' }]), to)
    expect(await refusalOf(decide(number, accused))).toEqual([expect.stringContaining('PPL-02')])
    expect((await (await signIn(deputy)).visit(`/approvals/${number}`)).$('main').text()).toContain('两托盘冻品')
    expect(await decide(number, deputy)).toBe('next')
  })

  it('who takes the case over while it waits does not sign it any more', async () => {
    const next = await make.staff([{ role: 'cs_manager' }])
    const complaint = await proposing()
    const number = await sent(complaint, '10.00')
    await change(await actorOf(people.cs_manager), async (tx, audit) => {
      await tx.complaint.update({ where: { id: complaint.id }, data: { ownerId: next.id } })
      await assigned(tx, await lockComplaint(tx, complaint.id), now())
      await audit('complaint.taken', `complaint:${complaint.id}`)
    })
    expect(await refusalOf(decide(number, next))).toEqual([expect.stringContaining('PPL-02')])
    expect(await decide(number, people.cs_manager)).toBe('next')
  })
})

describe('CMP-10: many at once', () => {
  it('two send it at once: one approval waits', async () => {
    const complaint = await proposing()
    const version = await drafted(complaint, '10.00')
    const actors = await Promise.all([people.dept_head, people.cs_manager].map(actorOf))
    const tried = await Promise.allSettled(actors.map((actor) => submitRemedy(actor, complaint.id, version, now())))
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db.approvalRequest.count({ where: { subject: `complaint:${complaint.id}` } })).toBe(1)
  })

  it('twenty decide at once: one signature, one effect', async () => {
    const signers = await Promise.all(Array.from({ length: 5 }, () => make.staff([{ role: 'cs_manager' }])))
    await under({ 'complaints.authority': 'by_limit' }, async () => {
      const complaint = await proposing()
      const number = await sent(complaint, '5000.00')
      const { id, version } = await requestOf(number)
      const actors = await Promise.all(signers.map(actorOf))
      const tried = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          decideRequest(
            actors[at % 5]!,
            id,
            { verdict: at % 3 === 0 ? 'return' : 'approve', reason: '看过', version },
            now(),
          ),
        ),
      )
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const { state } = await complaintNow(complaint)
      expect(['telling', 'proposing']).toContain(state)
      const done = (await trail(complaint)).filter(
        (action) => action === 'complaint.remedy_approved' || action === 'complaint.remedy_sent_back',
      )
      expect(done).toHaveLength(1)
    })
  })
})

async function lend(from: Person, to: Person): Promise<void> {
  const span = [from.id, new Date(now().getTime() - 60_000), new Date(now().getTime() + 86_400_000)]
  await pool.query(
    `with given as (
       insert into delegation (from_id, to_id, starts_at, ends_at, made_at) values ($1, $4, $2, $3, $2) returning *)
     insert into delegation_kind (delegation_id, kind, from_id, starts_at, ends_at)
     select id, 'complaint.remedy', from_id, starts_at, ends_at from given`,
    [...span, to.id],
  )
}
