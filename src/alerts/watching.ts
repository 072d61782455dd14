import type { Actor } from '../access/actor.ts'
import type { Seen } from '../audit/change.ts'
import { now } from '../lib/clock.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { log } from '../web/log.ts'
import { raiseAlert, type NewAlert } from './commands.ts'
import { addSearches, anHourBefore, attemptsInARow, customersRead, hourOf, refusedInARow } from './counting.ts'
import { pacer } from './pacing.ts'

/** After so many steps of a person each process asks anew: what another one counted meanwhile is known that late. */
const often = 10
const readings = pacer(often)
const searches = pacer(often)

/** For tests: the next file's people are others, with the same ids. */
export function forgetPaces(): void {
  readings.forget()
  searches.forget()
}

const once = (staffId: bigint, at: Date) => `${staffId}:${hourOf(at)}`

/** AUD-04: looks at every line of reading and refusing as it is written. What it finds never stands in the way. */
export async function watch(actor: Actor, line: Seen): Promise<void> {
  try {
    const at = now()
    if (line.kind === 'read' && line.action.startsWith('customer.')) await watchReading(actor, line, at)
    if (line.action === 'access.refused') await watchRefusal(actor, at)
    if (line.action === 'session.refused') await watchAttempt(line.subject, at)
  } catch (err) {
    log.error({ err }, 'an alert was not made')
  }
}

async function watchReading({ id }: Actor, { action }: Seen, at: Date): Promise<void> {
  const key = String(id)
  // The rows of an export are many at once: they are counted at its end.
  const due = readings.step(key) > 0 || action.startsWith('customer.export_')
  if (!due) return
  const limit = (await regulationAt(at)).value('alerts.openings_an_hour')
  const n = await customersRead(id, anHourBefore(at))
  readings.rest(key, n > limit ? often : limit - n)
  if (n > limit) await raiseAlert({ kind: 'mass_opening', staffId: id, once: once(id, at), detail: { n, limit } }, at)
}

/** A search box, a list with conditions, a check for others alike: whatever finds customers by what was typed. */
export async function countSearch({ id }: Actor): Promise<void> {
  try {
    const steps = searches.step(String(id))
    if (steps === 0) return
    const at = now()
    const limit = (await regulationAt(at)).value('alerts.searches_an_hour')
    const n = await addSearches(id, steps)
    searches.rest(String(id), n > limit ? often : limit - n)
    if (n > limit) await raiseAlert({ kind: 'mass_search', staffId: id, once: once(id, at), detail: { n, limit } }, at)
  } catch (err) {
    log.error({ err }, 'a search was not counted')
  }
}

async function watchRefusal({ id }: Actor, at: Date): Promise<void> {
  const n = await inARow(at)
  if (id !== 0n && (await refusedInARow(id, anHourBefore(at), n))) await raiseAlert(refusals(id, n, 'acts', at), at)
}

/** Asked for an account that is nobody's, too: how long the answer takes tells nothing. */
async function watchAttempt(subject: string, at: Date): Promise<void> {
  const n = await inARow(at)
  if (!(await attemptsInARow(subject, anHourBefore(at), n)) || !/^staff:\d+$/.test(subject)) return
  await raiseAlert(refusals(BigInt(subject.slice(6)), n, 'sign_in', at), at)
}

/** An address that may try no more for a while: somebody goes through accounts that are each spared a lock. */
export async function alertOfAddress({ origin }: Actor, n: number, at: Date): Promise<void> {
  const ip = origin.ip?.replace(/^::ffff:/, '') ?? '—'
  const alert: NewAlert = { kind: 'refusals', once: `${ip}:${hourOf(at)}`, detail: { n, of: 'address', ip } }
  await raiseAlert(alert, at).catch((err: unknown) => log.error({ err }, 'an alert was not made'))
}

const inARow = async (at: Date) => (await regulationAt(at)).value('alerts.refusals_in_a_row')

function refusals(staffId: bigint, n: number, of: 'acts' | 'sign_in', at: Date): NewAlert {
  return { kind: 'refusals', staffId, once: `${once(staffId, at)}:${of}`, detail: { n, of } }
}
