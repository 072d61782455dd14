import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import type { Visit } from '../queries.ts'

/** What the three forms say over their fields; `typed.version` is what the form was opened on. */
const headOf = (visit: Visit) => ({
  visit: { number: visit.number, party: visit.party, version: visit.version },
  home: `/visits/${visit.number}`,
  was: momentOf(visit),
})

const momentOf = ({ startsAt, timed }: Visit) => (timed ? dateTimeText(startsAt) : dateText(startsAt))

/** The planned day where it is still to come, else today; the hour as it was. */
const timingFields = ({ startsAt, timed, minutes }: Visit, now: Date) => ({
  day: dateText(startsAt > now ? startsAt : now),
  today: dateText(now),
  time: timed ? dateTimeText(startsAt).slice(11) : '',
  minutes,
})

export const reschedulingPage = (visit: Visit, now: Date) => ({
  ...headOf(visit),
  ...timingFields(visit, now),
  confirmed: visit.confirmedAt !== null,
})

type Cost = { what: string; total: { toFixed: (n: number) => string } }

export function replacementPage(actor: Actor, visit: Visit, costs: Cost[], now: Date) {
  const t = translate[actor.language]
  const words = costs.map(({ what, total }) => `${what} ${moneyText(total.toFixed(2))}`)
  return { ...headOf(visit), ...timingFields(visit, now), costs: words.length ? words.join(t('web:comma')) : null }
}

export const cancellationPage = (visit: Visit) => ({ ...headOf(visit), confirmed: visit.confirmedAt !== null })
