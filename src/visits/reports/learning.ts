import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Audit } from '../../audit/change.ts'
import { addContactStep, correctContactStep } from '../../contacts/commands.ts'
import { contactTexts } from '../../contacts/facts.ts'
import { contactIn } from '../../contacts/queries.ts'
import { correctCustomerStep } from '../../customers/commands.ts'
import { factsOf } from '../../customers/facts.ts'
import { takeNumbers } from '../../customers/numbers.ts'
import { lockCustomer, type Customer } from '../../customers/queries.ts'
import { veil, veilFields } from '../../customers/sensitivity.ts'
import type { Tx } from '../../db.ts'
import { yearOf } from '../../lib/dates.ts'
import { Refused } from '../../lib/refused.ts'
import { verifyCustomerStep } from '../../verifications/commands.ts'
import type { Part } from '../../verifications/parts.ts'
import type { Visit } from '../queries.ts'
import type { ReportInput } from './forms.ts'

type Cell = { typed: string | null; shown: string | null }
const isTouched = ({ typed, shown }: Cell) => (typed ?? '') !== (shown ?? '')

type Step = { tx: Tx; audit: Audit; actor: Actor; visit: Visit; input: ReportInput; now: Date }

/**
 * VIS-08, CUS-07: what was learned goes into the customer's record with the report, by the rules of correcting there;
 * this visit is its source. What was ticked as compared is verified. Answers with who of the new people is a contact now.
 */
export async function learnStep(step: Step): Promise<Map<number, bigint>> {
  const { tx, actor, visit, input, now } = step
  const kept = input.people.filter(({ keep }) => keep)
  const facts = Object.values(input.facts).some(isTouched)
  const contacts = input.contacts.filter(({ post, phones }) => isTouched(post) || isTouched(phones))
  if (!facts && contacts.length === 0 && kept.length === 0 && input.verified.length === 0) return new Map()
  if (visit.customerId === null) throw refused('noCustomer', `personKeep${kept[0]?.n ?? 1}`)
  await takeNumbers(tx, yearOf(now), 0)
  const customer = await lockCustomer(tx, visit.customerId)
  const correcting = facts || contacts.length > 0 || kept.length > 0
  if (correcting && !may(actor, 'customers.correct', customer)) throw refused('notYours')
  await verify(step, customer, [...(facts ? ['reach'] : []), ...contacts.map(({ id }) => `contact:${id}`)])
  if (facts) await correctFacts(step, customer)
  for (const one of contacts) await correctOne(step, customer.id, one)
  return addKept(step, customer.id, kept)
}

async function verify({ tx, audit, actor, visit, input, now }: Step, { id }: Customer, corrected: string[]) {
  const parts = input.verified.filter((part) => !corrected.includes(part)) as Part[]
  if (parts.length === 0) return
  const given = { parts, all: false, way: 'visit', wayNote: visit.number, seen: input.seen } as const
  await verifyCustomerStep(tx, audit, actor, id, given, now)
}

/** What was shown must be what stands there: nobody writes over what they have not seen. */
async function correctFacts({ tx, audit, actor, visit, input, now }: Step, customer: Customer) {
  const known = veilFields(factsOf(customer))
  const { phone, address } = input.facts
  refuseIfOther(phone, known.phone, 'factPhone')
  refuseIfOther(address, known.address, 'factAddress')
  const typed = {
    ...(isTouched(phone) ? { phone: phone.typed } : {}),
    ...(isTouched(address) ? { address: address.typed } : {}),
  }
  const source = { way: 'visit', wayNote: visit.number } as const
  const correction = { ...typed, ...source, version: customer.version, distinction: input.distinction }
  const fields = { phone: 'factPhone', address: 'factAddress' }
  await named(fields, () => correctCustomerStep(tx, audit, actor, customer.id, correction, now))
}

async function correctOne(
  { tx, audit, actor, visit, input, now }: Step,
  customerId: bigint,
  { id, post, phones }: ReportInput['contacts'][number],
) {
  const contact = await contactIn(tx, customerId, id)
  const known = contactTexts(contact)
  refuseIfOther(post, known.post, `contactPost-${id}`)
  refuseIfOther(phones, veil('phones', known.phones), `contactPhones-${id}`)
  const correction = {
    ...known,
    email: known.email || null,
    wechat: known.wechat || null,
    birthCalendar: contact.birthCalendar,
    birthday: known.birthday || null,
    note: known.note || null,
    main: contact.main,
    post: post.typed,
    phones: phones.typed,
    distinction: input.distinction,
    way: 'visit',
    wayNote: visit.number,
    version: contact.version,
  } as const
  const fields = { post: `contactPost-${id}`, phones: `contactPhones-${id}` }
  await named(fields, () => correctContactStep(tx, audit, actor, { customerId, contactId: id }, correction, now))
}

async function addKept(
  { tx, audit, actor, input, now }: Step,
  customerId: bigint,
  kept: ReportInput['people'],
): Promise<Map<number, bigint>> {
  const added = new Map<number, bigint>()
  const none = { email: null, wechat: null, birthCalendar: null, birthday: null, note: null, main: false } as const
  for (const { n, name, post, phone } of kept) {
    const contact = { ...none, name: name!, post, phones: phone, distinction: input.distinction }
    const fields = { name: `personName${n}`, post: `personPost${n}`, phones: `personPhone${n}` }
    added.set(n, await named(fields, () => addContactStep(tx, audit, actor, customerId, contact, now)))
  }
  return added
}

function refuseIfOther(cell: Cell, stands: string | null, field: string): void {
  if (!isTouched(cell) || (cell.shown ?? '') === (stands ?? '')) return
  throw refused('factsChanged', field, { now: stands || '—' })
}

const refused = (reason: 'noCustomer' | 'notYours' | 'factsChanged', field = 'factPhone', params = {}): Refused =>
  new Refused([{ rule: 'VIS-08', reason: `visitReports:refused.${reason}`, field, params }])

/** What is refused of a record stands by the field of the report that it was typed into. */
async function named<T>(fields: Record<string, string>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(
      error.refusals.map((one) => ({ ...one, ...(one.field ? { field: fields[one.field] ?? one.field } : {}) })),
    )
  }
}
