import { judgePhone, maskPhone } from '../../customers/phones.ts'
import type { Tx } from '../../db.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Caller } from './callers.ts'
import type { Said } from './forms.ts'
import { peopleCalled } from './handlers.ts'
import { passedOn, peopleIn, titleOf } from './rules.ts'

/** CMP-01: what is stored of what was said. */
export function saidColumns(said: Said, customer: { id: bigint } | null) {
  const phone = said.phone === null ? null : judgePhone(said.phone).phone
  return {
    channel: said.channel,
    kind: said.kind,
    customerId: customer?.id ?? null,
    anonymous: said.anonymous,
    complainant: said.complainant,
    phone: phone?.shown ?? null,
    phoneDigits: phone?.digits ?? null,
    product: said.product,
    title: titleOf(said.title, said.what),
    what: said.what,
    wants: said.wants,
    containment: said.containment,
    claim: said.claim,
    households: said.households,
    hazard: said.hazard,
    toldManufacturer: said.toldManufacturer || said.channel === 'manufacturer',
    blockade: said.blockade,
    exchange: said.exchange,
    legal: said.legal,
    media: said.media,
    reportingUnit: passedOn(said.channel) ? said.reportingUnit : null,
  }
}

type Known = Pick<Caller, 'phone' | 'morePhones' | 'contact'>

/** What the form filled in masked, as the customer's record has it. */
export function unmasked(typed: string | null, customer: Known | null): string | null {
  if (typed === null || !typed.includes('*') || !customer) return typed
  const { phone, morePhones, contact } = customer
  const known = [...(phone ? [phone] : []), ...morePhones, ...(contact?.phones ?? [])]
  return known.find((one) => maskPhone(one) === typed) ?? typed
}

/** CMP-03: whom it is about, by name or number; whoever cannot be told apart is asked for by number. */
export async function accusedIn(
  from: Pick<Tx, 'staff'>,
  text: string | null,
): Promise<{ ids: bigint[]; problems: Refusal[] }> {
  const called = peopleIn(text)
  if (called.length === 0) return { ids: [], problems: [] }
  const { people, none, several } = await peopleCalled(from, called)
  const problem = (names: string[], reason: 'accusedNone' | 'accusedSeveral'): Refusal[] =>
    names.length === 0
      ? []
      : [{ rule: 'CMP-03', reason: `intake:refused.${reason}`, field: 'accused', params: { names: names.join('、') } }]
  return {
    ids: people.map(({ id }) => id),
    problems: [...problem(none, 'accusedNone'), ...problem(several, 'accusedSeveral')],
  }
}
