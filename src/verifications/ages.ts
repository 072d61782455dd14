import { addMonths } from '../calendar/reckoning.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { mainParts, type Part } from './parts.ts'
import type { Verified } from './queries.ts'

/** When a part was last known to be right: verified, or recorded (`way` null), or, brought by an import, `never`. */
export type Age = {
  at: Date
  by: string
  way: Verified['way']
  note: string | null
  never: boolean
  /** How many months it may stand, by the regulation of its day, and when they are over. */
  months: number
  staleAt: Date
}

type Host = { createdAt: Date; createdBy: { name: string }; import: { number: string } | null }
type Belonging = { id: bigint; createdAt: Date }

/** CUS-07: of every part of a customer's record. */
export async function agesOf(
  customer: Host,
  contacts: Belonging[],
  addresses: Belonging[],
  verified: Verified[],
): Promise<Map<string, Age>> {
  const parts: [Part, Belonging | null][] = [
    ...mainParts.map((part): [Part, null] => [part, null]),
    ...contacts.map((one): [Part, Belonging] => [`contact:${one.id}`, one]),
    ...addresses.map((one): [Part, Belonging] => [`address:${one.id}`, one]),
  ]
  const ages = parts.map(async ([part, belonging]): Promise<[string, Age]> => {
    const known = verified.find((one) => one.part === part) ?? recorded(customer, belonging)
    const months = (await regulationAt(known.at)).value('customers.verify_months')
    return [part, { never: false, ...known, months, staleAt: addMonths(known.at, months) }]
  })
  return new Map(await Promise.all(ages))
}

/** What a person typed was known then; what an import brought nobody looked at. */
function recorded(customer: Host, belonging: Belonging | null) {
  const { createdAt, createdBy, import: batch } = customer
  const at = belonging?.createdAt ?? createdAt
  const together = at.getTime() === createdAt.getTime()
  return { at, by: together ? createdBy.name : '', way: null, note: null, never: batch !== null && together }
}
