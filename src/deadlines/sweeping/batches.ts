import { randomBytes } from 'node:crypto'
import type { Role } from '../../../prisma/client/enums.ts'
import { system } from '../../access/actor.ts'
import { letSeniorsSign } from '../../approvals/escalating.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import { ruleEventsIn, type RuleEvent } from '../../regulations/events.ts'
import { kindOf } from '../kinds.ts'
import { heldGroups } from './groups.ts'
import type { Staffing } from './staffing.ts'
import type { Step, Taken } from './steps.ts'
import { gathered } from './telling.ts'

/** Nothing to do, or another process has it: thrown so that the empty transaction leaves no trace. */
class Nothing extends Error {}

/** Work in one change, unless it finds nothing to do. */
export async function unlessNothing(
  action: 'deadline.swept' | 'deadline.missing_started' | 'deadline.recomputed' | 'approval.missing_filed',
  work: (tx: Tx) => Promise<{ n: number; after: object }>,
): Promise<number> {
  try {
    return await change(system, async (tx, audit) => {
      const { n, after } = await work(tx)
      if (n === 0) throw new Nothing()
      await audit(action, `deadlines:${randomBytes(4).toString('hex')}`, { after })
      return n
    })
  } catch (error) {
    if (error instanceof Nothing) return 0
    throw error
  }
}

/**
 * One batch of a step. Rows are held by whoever takes them and passed over by everybody else; state, record, notices and
 * counts stand together or not at all, so that each change is recorded and reminded of once.
 */
export function sweepBatch(step: Step, staffing: Staffing, now: Date): Promise<number> {
  return unlessNothing('deadline.swept', async (tx) => {
    const taken = (await heldGroups(tx, step, now)).map((group) => step.take(group, staffing, now))
    const n = taken.reduce((sum, { group }) => sum + group.deadlines.length, 0)
    if (n === 0) return { n, after: {} }
    await insertEvents(tx, taken, now)
    await mark(tx, step, taken, now)
    await letSeniorsSign(tx, seniorsIn(taken))
    await notify(tx, gathered(taken, staffing), now)
    await ruleEventsIn(tx, countsOf(step, taken), now)
    return { n, after: { [step.name]: n } }
  })
}

/** APR-05: the steps that a senior may sign as well from now on, by role. */
function seniorsIn(taken: Taken[]): { role: Role; steps: bigint[] }[] {
  return taken.flatMap(({ senior, group }) => {
    const steps = group.deadlines.flatMap(({ step }) => (step === null ? [] : [BigInt(step)]))
    return senior ? [{ role: senior, steps }] : []
  })
}

/** As PostgreSQL writes an array. */
const idsOf = ({ group }: Taken) => `{${group.deadlines.map(({ id }) => id).join()}}`

/** Before the rows are marked: while they are only held, PostgreSQL need not hold them once more for the reference. */
async function insertEvents(tx: Tx, taken: Taken[], now: Date): Promise<void> {
  const rows = taken.flatMap((one) => one.events.map((event, place) => ({ place, ids: idsOf(one), ...event })))
  if (rows.length === 0) return
  await tx.$executeRaw`
    insert into deadline_event (deadline_id, at, kind, detail)
    select d.id, ${now}::timestamptz, v.kind,
      case when v.kind = 'overdue' then jsonb_build_object('due', d.due_at) || v.detail else v.detail end
    from json_to_recordset(${JSON.stringify(rows)}::json)
        as v(place int, ids bigint[], kind deadline_event_kind, detail jsonb), unnest(v.ids) as one
      join deadline d on d.id = one
    order by d.id, v.place`
}

async function mark(tx: Tx, step: Step, taken: Taken[], now: Date): Promise<void> {
  const rows = taken.map((one) => ({ ids: idsOf(one), climbed: one.climbed, next: one.nextStepAt }))
  await tx.$executeRaw`
    update deadline d set ${step.set(now)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(ids bigint[], climbed int, next timestamptz),
      unnest(v.ids) as one
    where d.id = one`
}

/** RULE-01: what each rule did, counted together by kind of deadline. */
function countsOf(step: Step, taken: Taken[]): RuleEvent[] {
  const count = (effect: 'reminded' | 'breached', counts: (one: Taken) => boolean): RuleEvent[] =>
    [...new Set(taken.map(({ group }) => group.kind))].flatMap((kind) => {
      const some = taken.filter((one) => one.group.kind === kind && counts(one))
      const n = some.reduce((sum, { group }) => sum + group.deadlines.length, 0)
      return n > 0 ? [{ rule: kindOf(kind).rule, effect, place: kind, n }] : []
    })
  const breached = step.name === 'overdue' ? count('breached', ({ group }) => !group.missed) : []
  return [...count('reminded', ({ notices }) => notices.length > 0), ...breached]
}
