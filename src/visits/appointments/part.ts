import { translate } from '../../i18n.ts'
import type { Part } from '../page/parts.ts'
import { visitPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import { appointmentWords } from './pages.ts'

const addressOf = ({ number }: Visit) => `/visits/${number}/appointment`

/** 约定: what was agreed with the customer, and that nothing was. */
export const appointmentPart: Part = {
  section: async (actor, visit) => {
    const said = appointmentWords(translate[actor.language], visit, 'visitDay:appointment.said')
    const open = visit.state === 'approved'
    if (!said && !open) return null
    const again = open && said !== null && visitPolicy.own(actor, visit) ? addressOf(visit) : null
    return { view: 'visits/appointments/section', place: 'column', model: { said, again, number: visit.number } }
  },
  acts: (actor, visit) => {
    if (visit.state !== 'approved' || visit.confirmedAt || !visitPolicy.own(actor, visit)) return []
    return [{ href: addressOf(visit), word: 'visitDay:act.appoint', icon: 'phone', how: 'drawer' }]
  },
  obstacles: (actor, visit, now) => {
    const coming = visit.state === 'approved' && visit.startsAt > now
    if (!coming || visit.confirmedAt || !visitPolicy.own(actor, visit)) return []
    const next = { href: addressOf(visit), word: 'visitDay:act.appoint' as const }
    return [{ act: 'visitDay:cannot.go', reason: 'visitDay:obstacle.unconfirmed', rule: 'VIS-03', next }]
  },
}
