import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { inboxCounts, inboxFor, mayDecide, type InboxRow } from '../../src/approvals/inbox.ts'
import { kindNames, type ApprovalKind } from '../../src/approvals/kinds.ts'
import { standingOf } from '../../src/approvals/standing.ts'
import { db, pool, type Tx } from '../../src/db.ts'
import type { Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, theCast } from '../support/make.ts'

// Counts stop at a thousand, and other files leave thousands waiting.
await ownDatabase('inbox')

const now = new Date('2031-05-06T02:00:00Z')
const places = ['城东营业部', '城西营业部', '销售中心', '东区', '东区一片', '西区'] as const
const isRegion = (place: string) => place.endsWith('区') || place.endsWith('片')
const roles: Role[] = ['sales_director', 'general_manager', 'dept_head', 'security_admin']

let people: Person[]
beforeAll(async () => {
  await theCast()
  people = await Promise.all(Array.from({ length: 5 }, () => make.staff()))
})

const placed = fc.option(fc.constantFrom(...places), { nil: null })
const someone = fc.nat({ max: 4 })
const grant = fc.record({ who: someone, role: fc.constantFrom(...roles), place: placed })
const windows = {
  now: ['2031-05-01', '2031-05-20', null],
  over: ['2031-05-01', '2031-05-06 02:00:00+00', null],
  coming: ['2031-05-06 02:00:00.001+00', '2031-05-20', null],
  ended: ['2031-05-01', '2031-05-20', '2031-05-02'],
} as const
const delegation = fc.record({
  from: someone,
  to: someone,
  kinds: fc.uniqueArray(fc.constantFrom(...kindNames), { minLength: 1, maxLength: 4 }),
  window: fc.constantFrom('now', 'now', 'now', 'over', 'coming', 'ended') as fc.Arbitrary<keyof typeof windows>,
})
const step = fc.record({
  kind: fc.constantFrom(...kindNames),
  role: fc.constantFrom(...roles),
  senior: fc.option(fc.constantFrom(...roles), { nil: null }),
  named: fc.option(someone, { nil: null, freq: 4 }),
  department: fc.option(fc.constantFrom(...places.filter((place) => !isRegion(place))), { nil: null }),
  region: fc.option(fc.constantFrom(...places.filter(isRegion)), { nil: null }),
  by: someone,
  alsoExcluded: fc.option(someone, { nil: null }),
})
type Of<A> = A extends fc.Arbitrary<infer T> ? T : never

/** Who holds what and who signs for whom, for these five alone. */
async function arrange(grants: Of<typeof grant>[], delegations: Of<typeof delegation>[], idle: number | null) {
  const ids = people.map(({ id }) => id)
  await pool.query(`update staff set state = 'active' where id = any($1)`, [ids])
  await pool.query(`delete from role_grant where staff_id = any($1)`, [ids])
  await pool.query(`delete from delegation_kind where from_id = any($1)`, [ids])
  await pool.query(`delete from delegation where from_id = any($1)`, [ids])
  for (const { who, role, place } of grants)
    await pool.query(
      `insert into role_grant (staff_id, role, scope, department_id, region_id)
       select $1, $2::role, $3::grant_scope, (select id from department where name = $4), (select id from region where name = $5)
       on conflict do nothing`,
      [
        ids[who],
        role,
        place === null ? 'company' : isRegion(place) ? 'region' : 'department',
        place && !isRegion(place) ? place : null,
        place && isRegion(place) ? place : null,
      ],
    )
  const given = new Set<number>()
  for (const { from, to, kinds, window } of delegations) {
    if (from === to || given.has(from)) continue
    given.add(from)
    const [starts, ends, ended] = windows[window]
    await pool.query(
      `with made as (insert into delegation (from_id, to_id, starts_at, ends_at, made_at, ended_at)
         values ($1, $2, $3, $4, $3, $5) returning id)
       insert into delegation_kind (delegation_id, kind, from_id, starts_at, ends_at)
       select id, unnest($6::text[]), $1, $3, $4 from made`,
      [ids[from], ids[to], starts, ends, ended, kinds],
    )
  }
  if (idle !== null) await pool.query(`update staff set state = 'suspended' where id = $1`, [ids[idle]])
}

let serial = 0
async function open(one: Of<typeof step>): Promise<bigint> {
  const by = people[one.by]!.id
  const excluded = [by, ...(one.alsoExcluded === null ? [] : [people[one.alsoExcluded]!.id])]
  const { rows } = await pool.query<{ id: string }>(
    `with place as (select (select id from department where name = $4) as d, (select id from region where name = $5) as r),
     request as (
       insert into approval_request (number, kind, subject, department_id, region_id, basis, filed_by_id, filed_at)
       select 'S9' || $1, $2, 'probe:' || $1, d, r, '', $3, $6 from place returning id)
     insert into approval_step (request_id, n, kind, role, senior_role, staff_id, department_id, region_id, filed_by_id,
       excluded, state, opened_at)
     select request.id, 1, $2, $7::role, $8::role, $9, d, r, $3, $10::bigint[], 'open', $6 from request, place returning id`,
    [
      `${process.env.VITEST_POOL_ID}${Date.now()}${serial++}`,
      one.kind,
      by,
      one.department,
      one.region,
      new Date(now.getTime() - (serial % 3) * 60_000),
      one.named === null ? one.role : null,
      one.senior,
      one.named === null ? null : people[one.named]!.id,
      excluded,
    ],
  )
  return BigInt(rows[0]!.id)
}

async function close(steps: bigint[]) {
  const { rows } = await pool.query<{ request_id: string }>(
    `update approval_step set state = 'skipped' where id = any($1) returning request_id`,
    [steps],
  )
  await pool.query(`update approval_request set state = 'void', ended_at = filed_at where id = any($1)`, [
    rows.map(({ request_id }) => request_id),
  ])
}

async function whole(person: Person, kind?: ApprovalKind): Promise<InboxRow[]> {
  const actor = await actorOf(person)
  const rows: InboxRow[] = []
  for (let after: string | undefined; ;) {
    const page = await inboxFor(actor, { kind, after }, now)
    rows.push(...page.rows)
    if (!page.later) return rows
    after = page.rows.at(-1)!.number
  }
}

describe('APR-03: the inbox', () => {
  it('holds exactly what one may decide, for oneself or another, and counts it', async () => {
    const runs = fc.asyncProperty(
      fc.array(grant, { maxLength: 8 }),
      fc.array(delegation, { maxLength: 4 }),
      fc.option(someone, { nil: null }),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      async (grants, delegations, idle, asked) => {
        await arrange(grants, delegations, idle)
        const steps: bigint[] = []
        for (const one of asked) steps.push(await open(one))
        try {
          for (const [at, person] of people.entries()) if (at !== idle) await compare(person, steps)
        } finally {
          await close(steps)
        }
      },
    )
    await fc.assert(runs, { numRuns: 12 })
  })
})

async function compare(person: Person, steps: bigint[]) {
  const actor = await actorOf(person)
  const rows = await whole(person)
  const found = new Map(rows.map((row) => [row.stepId, row]))
  for (const id of steps) {
    const row = await db.approvalStep.findUniqueOrThrow({ where: { id } })
    const standing = await standingOf(db as unknown as Tx, actor, row, now)
    expect(found.has(id)).toBe(standing.by !== 'none')
    expect(await mayDecide(actor, row.requestId, now)).toBe(standing.by !== 'none')
    if (standing.by !== 'none') expect(found.get(id)!.forName).toBe(standing.by === 'deputy' ? standing.forName : null)
  }
  const counts = await inboxCounts(actor, now)
  for (const kind of kindNames)
    expect(counts.find((one) => one.kind === kind)?.count ?? 0).toBe(rows.filter((row) => row.kind === kind).length)
}
