import type { Actor } from '../../access/actor.ts'
import { admitCheck } from '../../customers/alike/limits.ts'
import { countSearch } from '../../alerts/watching.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { judgePhone } from '../../customers/phones.ts'
import { db, reads } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { linkedTotals } from '../groups/queries.ts'
import { productKey } from '../taking.ts'
import { callersFor, meant, type Caller } from './callers.ts'
import { destinationOf } from './destination.ts'
import { kinds, type Values } from './forms.ts'
import { handlersOf, peopleCalled } from './handlers.ts'
import { alikeComplaints } from './repeats.ts'
import { peopleIn } from './rules.ts'
import { unmasked } from './said.ts'

export type Around = Awaited<ReturnType<typeof aroundOf>>

/** Everything that speaks to what is typed so far: who calls, what may be the same matter, who could handle it. */
export async function aroundOf(actor: Actor, values: Values, now: Date) {
  const [callers, admitted] = await calling(actor, values)
  const chosen = chosenOf(values, callers)
  const regulation = await regulationAt(now)
  const days = regulation.value('complaints.repeat_days')
  const called = peopleIn(values['accused'] ?? null)
  const accused = called.length > 0 ? await peopleCalled(db, called) : { people: [], none: [], several: [] }
  const departmentId = await departmentOf(values)
  const [alike, handlers, calendar, linked, departments] = await Promise.all([
    alikeComplaints(reads, actor, matterOf(values, chosen), { now, days }),
    handlersOf(reads, {
      departmentId,
      receivingDepartmentId: actor.departmentId,
      accused: accused.people.map(({ id }) => id),
    }),
    calendarAt(now),
    linkedTotals(actor, values['link'] ?? ''),
    unitsOf('department'),
  ])
  const place = { departmentId, departments, handlers, accused }
  return { callers, admitted, chosen, alike, days, regulation, calendar, linked, ...place }
}

/** Who is looked for by hand only so fast (POOL-01); with nothing typed of a caller nobody is looked for. */
async function calling(actor: Actor, values: Values): Promise<[Caller[], boolean]> {
  const typed = ['phone', 'complainant', 'product'].some((name) => values[name]?.trim())
  if (!typed || values['look'] === '0') {
    const { customer = '' } = values
    return [customer === '' ? [] : await callersFor(reads, actor, { customer }), true]
  }
  await countSearch(actor)
  return (await admitCheck(actor)) ? [await callersFor(reads, actor, values), true] : [[], false]
}

function chosenOf({ customer }: Values, callers: readonly Caller[]): Caller | null {
  if (customer === '') return null
  const named = customer === undefined ? undefined : callers.find(({ number }) => number === customer.toUpperCase())
  return named ?? meant(callers)
}

async function departmentOf({ departmentId = '', kind }: Values): Promise<bigint | null> {
  if (/^\d{1,18}$/.test(departmentId)) return BigInt(departmentId)
  const known = kinds.find((one) => one === kind)
  return known ? destinationOf(db, known) : null
}

function matterOf({ phone = '', product = '', title = '', what = '' }: Values, chosen: Caller | null) {
  return {
    customerId: chosen?.id ?? null,
    phoneDigits: judgePhone(unmasked(phone, chosen) ?? '').phone?.digits ?? null,
    productKey: productKey(product || null),
    text: `${title} ${what}`,
  }
}
