import type pg from 'pg'
import type { Actor } from '../../src/access/actor.ts'
import { actorFor } from '../../src/access/queries.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { monthAfter, monthOf } from '../../src/lib/months.ts'
import { Refused } from '../../src/lib/refused.ts'
import { beginPlan } from '../../src/visits/plans/beginning.ts'
import { submitPlan } from '../../src/visits/plans/commands.ts'
import { takeSuggested } from '../../src/visits/plans/suggesting.ts'
import { planFor } from '../../src/visits/queries.ts'
import { addTemplate } from '../../src/visits/templates/commands.ts'
import { cast } from '../../tests/support/cast.ts'

const lines = { sales: 14, dept_head: 3 } as const
const agendas = ['核对上周的送货', '听听他们对包装的意见', '看一看仓库的存货']

/** Next month as the people of the cast would plan it themselves: the seller's waits for the head, the head's is being made. */
export async function planVisits(client: pg.Client): Promise<void> {
  const moment = now()
  const month = monthAfter(monthOf(moment), 1)
  for (const role of ['sales', 'dept_head'] as const) {
    const actor = await actorOf(client, role)
    const { rows } = await client.query<{ number: string }>(
      `select c.number from customer c join staff s on s.id = $1
       where c.withdrawn_at is null and c.life <> 'lost' and (c.owner_id = s.id or $2 and c.department_id = s.department_id)
       order by c.contacted_on nulls first, c.id limit 20`,
      [actor.id, role === 'dept_head'],
    )
    if (rows.length === 0) continue
    const customers = rows.map(({ number }) => number)
    if (role === 'sales') await repeat(actor, customers.slice(-agendas.length), moment)
    await plan(actor, month, customers.slice(0, lines[role]), role === 'sales', moment)
  }
}

/** Visits that come again; again the same is left out. */
async function repeat(actor: Actor, customers: string[], moment: Date): Promise<void> {
  for (const [at, customer] of customers.entries()) {
    const when = {
      rhythm: (['weekly', 'fortnightly', 'monthly'] as const)[at]!,
      weekday: 2 + at,
      week: at === 2 ? 2 : null,
    }
    const what = {
      target: 'existing',
      timeOfDay: 600,
      minutes: 40,
      agenda: agendas[at]!,
      bring: null,
    } as const
    const given = { ...when, ...what, purposes: ['relations' as const], customer, fromOn: dateText(moment), version: 1 }
    await unlessRefused(addTemplate(actor, given, moment))
  }
}

async function plan(actor: Actor, month: string, customers: string[], files: boolean, moment: Date): Promise<void> {
  const { number, begun } = await beginPlan(actor, month, moment)
  if (!begun) return
  await unlessRefused(takeSuggested(actor, await planFor(actor, number), { customers, day: null }, moment))
  if (!files) return
  const made = await planFor(actor, number)
  const reason = '月初要盘点，少排几次'
  await unlessRefused(submitPlan(actor, made, { note: '重点看城东几家老客户', reason, version: made.version }, moment))
}

/** Where somebody has been busy in the demo before, the rules may say no. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

async function actorOf(client: pg.Client, role: keyof typeof lines): Promise<Actor> {
  const { phone } = cast.find((member) => member.role === role)!
  const { rows } = await client.query<{ id: string; epoch: number }>('select id, epoch from staff where phone = $1', [
    phone,
  ])
  return (await actorFor(rows[0]!.id, rows[0]!.epoch, { ip: null, requestId: null }))!
}
