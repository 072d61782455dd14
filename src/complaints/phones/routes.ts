import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { recordUnmasking } from '../../unmaskings/commands.ts'
import { unmaskingForm } from '../../unmaskings/asking.ts'
import type { Reason } from '../../unmaskings/rules.ts'
import { askModel, shownModel, type Head } from '../../unmaskings/showing.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { field, phoneFor, shownPhone, unmaskedOf, type ShownPhone } from './queries.ts'

const path = '/complaints/:number/phone'
const addressOf = ({ number }: Complaint) => `/complaints/${number}/phone`

function headOf({ language }: Actor, { number, phone, complainant, title }: Complaint): Head {
  const whose = [complainant, title].filter(Boolean).join(' · ')
  const what = translate[language]('complaints:field.phone')
  return { list: 'complaints', number, whose, what, masked: phone ?? '' }
}

/** PRV-02: the complainant's number, one person at a time and with a reason. */
export const phoneRoutes = [
  form<Reason, Complaint>(path, {
    load: phoneFor,
    allow: complaintPolicy.unmask,
    view: 'unmaskings/ask',
    show: ({ actor, record }) => askModel(actor, headOf(actor, record)),
    fields: unmaskingForm,
    submit: async ({ actor, record, input, now }) => {
      const line = await recordUnmasking(actor, { ...unmaskedOf(record), after: { field } }, input, now)
      return seeOther(`${addressOf(record)}/${line}`)
    },
  }),
  page<ShownPhone>(`${path}/:line`, {
    load: shownPhone,
    allow: complaintPolicy.unmask,
    view: 'unmaskings/shown',
    show: ({ actor, record, now }) => shownModel(headOf(actor, record), record, addressOf(record), now),
  }),
]
