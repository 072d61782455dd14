import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Complaint } from '../queries.ts'
import { fieldsOf, numbersOf } from './fields.ts'
import { choicesOf } from './pages.ts'

/** The facts of a complaint in the form that corrects them; the phone stays masked. */
export async function correctionPage(actor: Actor, complaint: Complaint) {
  const values = fieldsOf(complaint, await numbersOf(db, complaint.accused))
  const regulation = await regulationAt(complaint.recordedAt)
  const { number, title, version } = complaint
  return {
    complaint: { number, title, version },
    values,
    ...choicesOf(translate[actor.language], values),
    reportHours: regulation.value('complaints.report_hours'),
  }
}
