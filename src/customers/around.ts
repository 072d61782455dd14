import type { Actor } from '../access/actor.ts'
import { addressesFor } from '../addresses/queries.ts'
import { fileOn } from '../archive/files/queries.ts'
import { attachmentsSql, type AttachmentsShown } from '../attachments/queries.ts'
import { mostOnPage } from '../attachments/section.ts'
import { creditOf } from '../credit/around/section.ts'
import { complaintsOf } from '../complaints/list/customer-section.ts'
import { contactsFor } from '../contacts/queries.ts'
import { ask } from '../db.ts'
import { deadlinesOf } from '../deadlines/queries.ts'
import { linksFor } from '../links/queries.ts'
import { openTasksSql, seenRow, type TaskRow } from '../tasks/queries.ts'
import { agesOf } from '../verifications/ages.ts'
import { lastVerificationsSql, seenVerification, type Verified } from '../verifications/queries.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { contactsMade } from '../contact-records/section.ts'
import { visitsOf } from '../visits/around/of-customer.ts'
import { historyOf } from './history/queries.ts'
import { toldOf } from './history/told.ts'
import type { Customer } from './queries.ts'

/** What belongs to a customer and stands on its page and in its file; masked, and only what the actor may see. */
export async function aroundOf(actor: Actor, customer: Customer, lines: number, now: Date) {
  const [
    contacts,
    addresses,
    links,
    history,
    { verified, tasks, attachments },
    deadlines,
    archived,
    complaints,
    visits,
    contactRecords,
    credit,
    regulation,
  ] = await Promise.all([
    contactsFor(actor, customer),
    addressesFor(actor, customer),
    linksFor(actor, customer),
    toldOf(actor, customer).then((told) => historyOf(actor, told, lines)),
    further(actor, customer),
    deadlinesOf(customer.id),
    fileOn(customer),
    complaintsOf(actor, customer),
    visitsOf(actor, customer, now),
    contactsMade(actor, customer),
    creditOf(actor, customer, now),
    regulationAt(now),
  ])
  const ages = await agesOf(customer, contacts, addresses, verified)
  return {
    contacts,
    addresses,
    links,
    history: history.lines,
    historyCount: history.count,
    ages,
    tasks,
    deadlines,
    attachments,
    archived,
    complaints,
    visits,
    contactRecords,
    credit,
    regulation,
  }
}
export type Around = Awaited<ReturnType<typeof aroundOf>>

/** In one query, as little is asked of each. */
async function further(actor: Actor, { id }: Customer) {
  const [found] = await ask<{ verified: Verified[]; tasks: TaskRow[]; attachments: AttachmentsShown }>`
    select ${lastVerificationsSql(id)} as verified, ${openTasksSql(actor, id)} as tasks,
      ${attachmentsSql({ kind: 'customer', id }, mostOnPage)} as attachments`
  const { verified, tasks, attachments } = found!
  return { verified: verified.map(seenVerification), tasks: tasks.map(seenRow), attachments }
}
