import type { Actor } from '../access/actor.ts'
import { calendarAt } from '../calendar/queries.ts'
import { translate } from '../i18n.ts'
import type { Part } from '../visits/page/parts.ts'
import { visitPolicy } from '../visits/policy.ts'
import type { Visit } from '../visits/queries.ts'
import { promisesOfVisit } from './queries.ts'
import { rowOf } from './rows.ts'
import { mayPromise } from './rules.ts'

/** VIS-07: what was promised on the visit, and how it stands. */
export const promisesPart: Part = {
  section: async (actor, visit, now) => {
    const t = translate[actor.language]
    const [rows, calendar] = await Promise.all([promisesOfVisit(actor, visit.id, now), calendarAt(now)])
    const add = opens(actor, visit, now) ? addressOf(visit) : null
    if (rows.length === 0 && !add) return null
    const home = `/visits/${visit.number}`
    const model = { promises: { rows: rows.map((row) => rowOf(t, row, now, calendar)), add, home } }
    return { view: 'promises/visit-section', place: 'column', model }
  },
}

const addressOf = ({ number }: Visit) => `/visits/${number}/promises`
const opens = (actor: Actor, visit: Visit, now: Date) => visitPolicy.own(actor, visit) && mayPromise(visit, now)
