import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { headingOf } from '../fact-lines.ts'
import type { Customer } from '../queries.ts'
import { historyKinds } from './forms.ts'
import { historyModel } from './listing.ts'
import { maySeeReads, type historyFor } from './queries.ts'

type Found = Awaited<ReturnType<typeof historyFor>>

export function historyPage(actor: Actor, customer: Customer, found: Found, now: Date) {
  const t = translate[actor.language]
  const kinds = historyKinds.filter((one) => one !== 'reads' || maySeeReads(actor))
  const options = kinds.map((value) => ({ value, word: t(`customers:trail.kind.${value}`) }))
  return {
    customer,
    heading: headingOf(customer).heading,
    ...historyModel(actor, `/customers/${customer.number}`, found, options, now),
  }
}
