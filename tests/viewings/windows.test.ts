import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../../src/access/actor.ts'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { openingProblems } from '../../src/archive/opening.ts'
import { itemFor } from '../../src/archive/queries.ts'
import { recordReading } from '../../src/archive/registering.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { correctViewing } from '../../src/viewings/commands.ts'
import { endViewing } from '../../src/viewings/ending.ts'
import { viewingFor } from '../../src/viewings/queries.ts'
import { agreed, anItem } from '../support/archive.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { asked, asking, hour, itemsOf, later, now, ready, subjectOf } from './support.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('viewing_windows')

const kind = 'archive.viewing'
let cast: Cast
let clerk: Actor
let head: Actor
let archivist: Actor
let manager: Actor
let general: Actor
let moment = now

beforeAll(async () => {
  moveClock(() => moment)
  cast = await theCast()
  await ready(cast.front_desk)
  clerk = await actorOf(cast.front_desk)
  head = await actorOf(cast.dept_head)
  archivist = await actorOf(cast.archivist)
  manager = await actorOf(cast.cs_manager)
  general = await actorOf(cast.general_manager)
})
beforeEach(() => void (moment = now))
afterAll(() => moveClock(() => new Date()))

const stateOf = async ({ id }: { id: bigint }) => db.viewing.findUniqueOrThrow({ where: { id } })
const signersOf = async (subject: string) => {
  const { id } = await requestAbout(kind, subject)
  const steps = await db.approvalStep.findMany({ where: { requestId: id }, orderBy: { n: 'asc' } })
  return steps.map(({ role }) => role)
}
/** At that moment, what stands between this person and the item. */
async function problemsAt(actor: Actor, number: string, at: Date) {
  moment = at
  return (await openingProblems(actor, await itemFor(actor, number), at)).map(({ rule }) => rule)
}
async function approved(items: { number: string }[], more = {}) {
  const viewing = await asked(clerk, items, more)
  await decide(head, kind, subjectOf(viewing), 'approve', now)
  await decide(archivist, kind, subjectOf(viewing), 'approve', now)
  return stateOf(viewing)
}

describe('ARC-07: who signs, by level', () => {
  it.each([
    ['secret', ['dept_head', 'archivist']],
    ['confidential', ['dept_head', 'cs_manager']],
    ['top_secret', ['dept_head', 'cs_manager', 'general_manager']],
  ] as const)('%s: %j', async (level, roles) => {
    const viewing = await asked(clerk, await itemsOf(level))
    expect(await signersOf(subjectOf(viewing))).toEqual(roles)
  })

  it('of several items the highest level decides, and each item of it is named to the signer', async () => {
    const items = await itemsOf('secret', 'confidential')
    const viewing = await asked(clerk, items)
    expect(await signersOf(subjectOf(viewing))).toEqual(['dept_head', 'cs_manager'])
    const card = await cardOf(manager, kind, subjectOf(viewing), now)
    expect(card.asked.map(({ after }) => after)).toEqual([
      expect.stringContaining(items[0]!.title),
      expect.stringContaining(items[1]!.title),
    ])
    const told = await cardOf(head, kind, subjectOf(viewing), now)
    expect(told.asked[1]!.after).toContain(items[1]!.number)
    expect(JSON.stringify(told)).not.toContain(items[1]!.title)
    expect(JSON.stringify(told)).not.toContain(items[0]!.customer.name)
  })

  it('ARC-21: in the strict reading the general manager signs for all above internal', async () => {
    const viewing = await under({ 'archive.authority': 'general_manager' }, async () =>
      asked(clerk, await itemsOf('secret')),
    )
    expect(await signersOf(subjectOf(viewing))).toEqual(['dept_head', 'archivist', 'general_manager'])
  })

  it('who heads the department is signed for by another', async () => {
    const viewing = await asked(head, await itemsOf('secret'))
    expect(await signersOf(subjectOf(viewing))).toEqual(['sales_director', 'archivist'])
    expect(await refusalOf(decide(head, kind, subjectOf(viewing), 'approve', now))).toEqual([
      'PPL-02 approvals:refused.own',
    ])
  })

  it('the second does not sign before the first, and nothing opens before the last has signed', async () => {
    const [item] = await itemsOf('top_secret')
    const viewing = await asked(clerk, [item!])
    const subject = subjectOf(viewing)
    expect(await refusalOf(decide(manager, kind, subject, 'approve', now))).not.toBeNull()
    for (const signer of [head, manager]) {
      expect(await decide(signer, kind, subject, 'approve', now)).toBe('next')
      expect(await problemsAt(clerk, item!.number, now)).toEqual(['ARC-06'])
    }
    expect(await decide(general, kind, subject, 'approve', now)).toBe('approved')
    expect(await problemsAt(clerk, item!.number, now)).toEqual([])
  })
})

describe('ARC-07: the window', () => {
  it('ARC-06: exactly those items open, from its first millisecond to before its last', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    const { fromAt, untilAt, number } = await approved([item!], { day: '2026-11-25', span: 'r0' })
    expect([fromAt, untilAt]).toEqual([new Date('2026-11-25T00:30:00Z'), new Date('2026-11-25T04:00:00Z')])
    const cells: [Date, string[]][] = [
      [later(-1, fromAt), ['ARC-06']],
      [fromAt, []],
      [later(-1, untilAt), []],
      [untilAt, ['ARC-06']],
    ]
    for (const [at, problems] of cells) {
      expect(await problemsAt(clerk, item!.number, at)).toEqual(problems)
      expect(await problemsAt(clerk, other!.number, at)).toEqual(['ARC-06'])
      expect(await problemsAt(head, item!.number, at)).toContain('ARC-06')
    }
    expect((await viewingFor(clerk, number, untilAt)).state).toBe('approved')
  })

  it('PRV-14: without an agreement in force an open window opens nothing', async () => {
    const nobody = await actorOf(await make.staff([{ role: 'front_desk', department: '城东营业部' }]))
    const [item] = await itemsOf('secret')
    const viewing = await asked(nobody, [item!])
    for (const signer of [await actorOf(cast.sales_director), archivist])
      await decide(signer, kind, subjectOf(viewing), 'approve', now)
    expect(await problemsAt(nobody, item!.number, now)).toEqual(['PRV-14'])
    await agreed(nobody)
    expect(await problemsAt(nobody, item!.number, now)).toEqual([])
  })

  it('approved only after its window was over, it opens for as long from then on', async () => {
    const viewing = await asked(clerk, await itemsOf('secret'), { span: 'r0' })
    const at = new Date('2026-11-24T06:00:00Z')
    await decide(head, kind, subjectOf(viewing), 'approve', at)
    await decide(archivist, kind, subjectOf(viewing), 'approve', at)
    const { fromAt, untilAt } = await stateOf(viewing)
    expect([fromAt, untilAt]).toEqual([at, new Date('2026-11-24T08:00:00Z')])
  })

  it('an item that is raised, or disposed of, closes at once; the others stay open', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    const { number } = await approved([item!, other!])
    await pool.query(`update archive_item set secrecy = 'confidential', keeper_id = $2 where id = $1`, [
      item!.id,
      cast.archivist.id,
    ])
    expect(await problemsAt(clerk, item!.number, later(1))).toEqual(['ARC-06'])
    expect((await itemFor(clerk, item!.number)).known).toBe(false)
    expect(await problemsAt(clerk, other!.number, later(1))).toEqual([])
    await pool.query(`update archive_item set state = 'disposed' where id = $1`, [other!.id])
    expect(await problemsAt(clerk, other!.number, later(1))).toEqual(['ARC-06'])
    const { items } = await viewingFor(clerk, number, now)
    expect(items.map(({ barred }) => barred)).toEqual([true, true])
  })

  it('APR-02: raised while it waits, the application is void and can be filed again at its new level', async () => {
    const [item] = await itemsOf('secret')
    const viewing = await asked(clerk, [item!])
    await decide(head, kind, subjectOf(viewing), 'approve', now)
    await pool.query(`update archive_item set secrecy = 'confidential', keeper_id = $2 where id = $1`, [
      item!.id,
      cast.archivist.id,
    ])
    expect(await decide(archivist, kind, subjectOf(viewing), 'approve', now)).toBe('void')
    const seen = await viewingFor(clerk, viewing.number, now)
    expect(seen.state).toBe('returned')
    await correctViewing(clerk, seen, { ...asking([item!]), version: seen.version }, now)
    expect(await signersOf(subjectOf(viewing))).toEqual(['dept_head', 'cs_manager'])
  })

  it(
    'ARC-06: content opens iff it is internal in reach, or in an open window with an agreement',
    { timeout: 60_000 },
    async () => {
      const levels = ['internal', 'secret', 'confidential', 'top_secret'] as const
      const reader = await actorOf(await make.staff([{ role: 'front_desk', department: '城东营业部' }]))
      const { rows } = await pool.query<{ id: string }>(
        `insert into agreement (number, party, staff_id, scope, duties, liability, signed_on, from_on, recorded_by_id, recorded_at)
       values ('XY' || gen_random_uuid(), 'staff', $1, '客户档案', '不外传', '依法赔偿', '2026-11-01', '2026-11-01', $2, $3)
       returning id`,
        [reader.id, cast.info_supervisor.id, now],
      )
      const here = await make.customer({ department: '城东营业部' })
      const items = new Map<SecrecyLevel, Awaited<ReturnType<typeof anItem>>>()
      for (const secrecy of levels) items.set(secrecy, await anItem(here, { secrecy }))
      const made = await pool.query<{ id: string }>(
        `insert into viewing (number, customer_id, applicant_id, state, purpose, reason, from_at, until_at, filed_at)
       values ('Y' || gen_random_uuid(), $1, $2, 'approved', 'audit', '核对交货期与合同约定', $3, $4, $3) returning id`,
        [here.id, reader.id, now, later(hour)],
      )
      const viewing = made.rows[0]!.id
      for (const { id } of items.values())
        await pool.query(
          `insert into viewing_item (viewing_id, item_id, secrecy) select $1, id, secrecy from archive_item where id = $2`,
          [viewing, id],
        )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...levels),
          fc.boolean(),
          fc.constantFrom('approved', 'waiting', 'returned', 'ended', 'withdrawn'),
          fc.integer({ min: -2, max: 3 }),
          fc.boolean(),
          async (level, agreedNow, state, hours, ended) => {
            await pool.query('update agreement set until_on = $2 where id = $1', [
              rows[0]!.id,
              agreedNow ? null : '2026-11-02',
            ])
            await pool.query('update viewing set state = $2::application_state, ended_at = $3 where id = $1', [
              viewing,
              state,
              ended ? now : null,
            ])
            const at = later(hours * hour)
            const open = state === 'approved' && !ended && hours >= 0 && hours < 1
            const problems = await problemsAt(reader, items.get(level)!.number, at)
            expect(problems.length === 0).toBe(level === 'internal' || (open && agreedNow))
          },
        ),
        { numRuns: 120 },
      )
    },
  )
})

describe('ARC-07: what becomes of an application', () => {
  it('is returned, corrected and filed again, and tells which one it follows', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    const viewing = await asked(clerk, [item!])
    await decide(head, kind, subjectOf(viewing), 'return', now, '请写清哪一条款')
    const seen = await viewingFor(clerk, viewing.number, now)
    expect(seen).toMatchObject({ state: 'returned', request: { state: 'returned', reason: '请写清哪一条款' } })
    const input = { ...asking([item!, other!], { reason: '核对第三条交货期与实际送达日期' }), version: seen.version }
    await correctViewing(clerk, seen, input, now)
    const again = await stateOf(viewing)
    expect(again).toMatchObject({ state: 'waiting', reason: input.reason })
    const request = await db.approvalRequest.findUniqueOrThrow({ where: { id: again.requestId! } })
    expect(request.followsId).toBe(seen.requestId)
    expect(await db.viewingItem.count({ where: { viewingId: viewing.id } })).toBe(2)
    expect(await refusalOf(correctViewing(clerk, seen, input, now))).toEqual(['ARC-07 viewings:refused.notEditable'])
  })

  it('is refused, or taken back by its applicant: nothing opens, and both are in the trail of the customer', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    const refused = await asked(clerk, [item!])
    await decide(head, kind, subjectOf(refused), 'refuse', now, '与工作无关')
    expect((await stateOf(refused)).state).toBe('refused')
    const taken = await asked(clerk, [other!])
    const seen = await viewingFor(clerk, taken.number, now)
    await endViewing(clerk, seen, { reason: '不用看了', version: seen.version }, now)
    expect((await stateOf(taken)).state).toBe('withdrawn')
    expect((await requestAbout(kind, subjectOf(taken))).state).toBe('withdrawn')
    const lines = await db.auditEntry.findMany({
      where: { subject: `customer:${refused.customerId}`, action: { startsWith: 'viewing.' } },
      orderBy: { id: 'asc' },
    })
    expect(lines.map(({ action }) => action)).toEqual([
      'viewing.asked',
      'viewing.closed',
      'viewing.asked',
      'viewing.closed',
    ])
  })

  it('is ended early by applicant, keeper or archivist, at once and with the reason told; by nobody else', async () => {
    const [item] = await itemsOf('secret')
    const viewing = await approved([item!])
    const seen = await viewingFor(head, viewing.number, now)
    const end = { reason: '客户撤诉，不必再看', version: seen.version }
    await expect(endViewing(head, seen, end, now)).rejects.toBeInstanceOf(Forbidden)
    expect(await problemsAt(clerk, item!.number, later(1))).toEqual([])
    await endViewing(archivist, await viewingFor(archivist, viewing.number, now), end, later(2))
    expect(await problemsAt(clerk, item!.number, later(2))).toEqual(['ARC-06'])
    expect(await stateOf(viewing)).toMatchObject({ state: 'ended', endReason: end.reason, endedAt: later(2) })
    const told = await db.notice.count({
      where: { staffId: clerk.id, kind: 'viewing.ended', subject: subjectOf(viewing) },
    })
    expect(told).toBe(1)
    const again = await viewingFor(clerk, viewing.number, now)
    expect(await refusalOf(endViewing(clerk, again, { ...end, version: again.version }, later(3)))).toEqual([
      'ARC-07 viewings:refused.notRunning',
    ])
  })

  it('twenty decide at once: one signature of each step counts', async () => {
    const [item] = await itemsOf('secret')
    const viewing = await asked(clerk, [item!])
    const heads = await Promise.all(
      Array.from({ length: 20 }, async () =>
        actorOf(await make.staff([{ role: 'dept_head', department: '城东营业部' }])),
      ),
    )
    const { id, version } = await requestAbout(kind, subjectOf(viewing))
    const results = await Promise.allSettled(
      heads.map((one) => decideRequest(one, id, { verdict: 'approve', reason: null, version }, now)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await pool.query(`delete from role_grant where staff_id = any($1)`, [heads.map((one) => one.id)])
    expect(await db.approvalStep.count({ where: { requestId: id, state: 'approved' } })).toBe(1)
  })

  it('withdrawn and approved at the same moment: one of both, never an open window of a withdrawn one', async () => {
    const [item] = await itemsOf('secret')
    const viewing = await asked(clerk, [item!])
    await decide(head, kind, subjectOf(viewing), 'approve', now)
    const { id, version } = await requestAbout(kind, subjectOf(viewing))
    await Promise.allSettled([
      withdrawRequest(clerk, id, { reason: null, version }, now),
      decideRequest(archivist, id, { verdict: 'approve', reason: null, version }, now),
    ])
    const { state } = await stateOf(viewing)
    expect(['approved', 'withdrawn']).toContain(state)
    expect((await problemsAt(clerk, item!.number, later(1))).length === 0).toBe(state === 'approved')
  })
})

describe('ARC-07: what cannot be applied for', () => {
  it('says which item and why, before anything is written', async () => {
    const [internal, secret] = await itemsOf('internal', 'secret')
    const [foreign] = await itemsOf('secret')
    const before = await db.viewing.count({ where: { applicantId: clerk.id } })
    const refused = (items: { number: string }[], more = {}) => refusalOf(asked(clerk, items, more))
    expect(await refused([internal!])).toEqual(['ARC-07 viewings:refused.notNeeded'])
    expect(await refused([secret!, foreign!])).toEqual(['ARC-07 viewings:refused.customers'])
    expect(await refused([{ number: 'DA2026999999-01' }])).toEqual(['ARC-07 viewings:refused.unknown'])
    expect(await refused([secret!], { reason: '看合同' })).toEqual(['ARC-07 viewings:refused.reasonShort'])
    expect(await refused([secret!], { day: '2026-11-23' })).toEqual(['ARC-07 viewings:refused.past'])
    expect(await db.viewing.count({ where: { applicantId: clerk.id } })).toBe(before)
  })

  it('an item of a customer out of reach does not exist', async () => {
    const far = await make.customer({ department: '城西营业部' })
    const item = await anItem(far, { secrecy: 'secret' })
    expect(await refusalOf(asked(clerk, [item]))).toEqual(['ARC-07 viewings:refused.unknown'])
  })

  it('the same item twice while the first waits, also when both come at once', async () => {
    const [item] = await itemsOf('secret')
    const results = await Promise.all(Array.from({ length: 5 }, () => refusalOf(asked(clerk, [item!]))))
    expect(results.filter((one) => one === null)).toHaveLength(1)
    expect(results.filter((one) => one !== null)).toEqual(Array(4).fill(['ARC-07 viewings:refused.waiting']))
  })

  it('ARC-06: what one keeps needs no application', async () => {
    const [item] = await itemsOf('confidential')
    expect(await refusalOf(asked(archivist, [item!]))).toEqual(['ARC-07 viewings:refused.notNeeded'])
  })
})

describe('ARC-07: the register of viewing', () => {
  it('names the window that was used; where the register cannot be written nothing is shown', async () => {
    const [item] = await itemsOf('secret')
    const viewing = await approved([item!])
    moment = later(1)
    await recordReading(clerk, await itemFor(clerk, item!.number), { way: 'page' })
    const lines = await db.itemReading.findMany({ where: { itemId: item!.id } })
    expect(lines).toMatchObject([
      { staffId: clerk.id, viewingId: viewing.id, way: 'page', at: later(1), visitor: null },
    ])
    const gone = { ...(await itemFor(clerk, item!.number)), customerId: item!.customer.id, id: -1n }
    await expect(recordReading(clerk, gone, { way: 'page' })).rejects.toThrow('item_reading_item_id_fkey')
    await expect(pool.query('delete from item_reading where item_id = $1', [item!.id])).rejects.toThrow(
      'stays as it is',
    )
  })
})
