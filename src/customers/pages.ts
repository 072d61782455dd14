import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { addressesSection } from '../addresses/section.ts'
import { fileSection } from '../archive/files/section.ts'
import { customerHost } from '../attachments/of-customers.ts'
import { attachmentsSection } from '../attachments/section.ts'
import { asksAgain } from '../confirmations/rules.ts'
import { complaintsSection } from '../complaints/list/customer-section.ts'
import { creditSection } from '../credit/around/section.ts'
import { recordAt, recordsSection } from '../contact-records/section.ts'
import { contactsSection } from '../contacts/section.ts'
import { linksSection } from '../links/section.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlinesSection } from '../deadlines/section.ts'
import { promisesSection, type PromisesTo } from '../promises/section.ts'
import { tasksSection } from '../tasks/section.ts'
import { marker } from '../verifications/marks.ts'
import { contactFact, visitsSection } from '../visits/around/section.ts'
import type { Around } from './around.ts'
import { confirmationOf, type AskedAbout } from './asked.ts'
import { headingOf } from './fact-lines.ts'
import { factSections, headFacts } from './fact-pages.ts'
import { historyItems } from './history/lines.ts'
import { countedTo } from './history/queries.ts'
import { pendingIn } from './pending.ts'
import type { Customer } from './queries.ts'
import { missingHere, whyNotsOf } from './why-nots.ts'

export const linesInMargin = 7

type Act = { word: string; icon: string; href: string; how: 'page' | 'drawer' | 'post' | 'file' | 'window' }

export function customerPage(
  actor: Actor,
  customer: Customer,
  around: Around & { asked: AskedAbout[]; promises: PromisesTo },
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const missing = missingHere(customer, around.contacts.length)
  const { heading, english } = headingOf(customer)
  const mark = marker(t, around.ages, now)
  const withPending = pendingIn(actor, customer, around.asked)
  const confirmation = confirmationOf(around.asked)
  const acts = actsOf(actor, customer, { complete: missing.length === 0, confirmation }, t)
  const earlier = around.historyCount - around.history.length
  return {
    customer,
    heading,
    lede: english ?? customer.aliases.slice(0, 2).join('、'),
    life: { tone: lifeTones[customer.life], word: t(`customers:life.${customer.life}`) },
    standing: {
      tone: customer.standing === 'confirmed' ? 'ok' : 'wait',
      word: t(`customers:standing.${customer.standing}`),
    },
    acts: acts.slice(0, 3),
    moreActs: acts.slice(3),
    facts: [
      ...withPending(headFacts(actor, customer, around.contacts.find(({ main }) => main) ?? around.contacts[0])),
      contactFact(t, customer, around.visits, around.regulation, now),
    ],
    whyNots: whyNotsOf(actor, customer, { missing, confirmation }, t),
    sections: factSections(actor, customer).map((section) => ({
      ...section,
      facts: withPending(section.facts),
      verified: mark.of(section.name),
    })),
    contacts: mark.rows(contactsSection(actor, customer, around.contacts, now), 'contact', around.contacts),
    addresses: mark.rows(addressesSection(actor, customer, around.addresses), 'address', around.addresses),
    tasks: tasksSection(actor, customer, around.tasks, now, calendar),
    credit: creditSection(actor, customer, around.credit, now),
    visits: visitsSection(actor, customer, around.visits),
    contactRecords: recordsSection(actor, customer, around.contactRecords),
    promises: promisesSection(actor, customer, around.promises, { now, calendar }),
    links: linksSection(actor, customer, around.links),
    attachments: attachmentsSection(
      actor,
      customerHost(customer),
      may(actor, 'customers.attach', customer),
      around.attachments,
    ),
    archived: fileSection(actor, customer, around.archived),
    complaints: complaintsSection(actor, customer, around.complaints, { now, calendar }),
    deadlines: deadlinesSection(actor, around.deadlines, now, calendar),
    history: historyItems(actor, around.history, now, { brief: true, home: `/customers/${customer.number}` }),
    historyHref: `/customers/${customer.number}/history`,
    earlier:
      earlier > 0
        ? {
            n: around.historyCount > countedTo ? `${countedTo}+` : earlier,
            href: `/customers/${customer.number}/history`,
          }
        : undefined,
  }
}

const lifeTones = {
  potential: 'wait',
  signed: 'ok',
  in_service: 'go',
  lapsed: 'warn',
  lost: 'bad',
  void: 'bad',
} as const

type Confirming = { complete: boolean; confirmation: AskedAbout | null }

/** Only what is allowed now; the first is the primary one. */
function actsOf(actor: Actor, customer: Customer, { complete, confirmation }: Confirming, t: Translate): Act[] {
  const at = `/customers/${customer.number}`
  const mayDo = (act: Parameters<typeof may>[1]) => may(actor, act, customer)
  const provisional = customer.standing === 'provisional'
  // Recorded before there were requests: it is filed when it is decided.
  const signs = confirmation?.signs ?? customer.createdById !== actor.id
  const again = provisional && confirmation !== null && asksAgain(confirmation.state)
  const all: [boolean, Act][] = [
    [
      mayDo('customers.confirm') && provisional && complete && signs,
      { word: t('customers:act.confirm'), icon: 'check', href: `${at}/confirmation`, how: 'post' },
    ],
    [
      mayDo('customers.correct') && again,
      { word: t('confirmations:act.again'), icon: 'refresh', href: `${at}/confirmation/asking`, how: 'post' },
    ],
    [
      mayDo('customers.correct'),
      { word: t('customers:act.correct'), icon: 'edit', href: `${at}/reach`, how: 'drawer' },
    ],
    [
      mayEver(actor, 'visits.plan'),
      { word: t('visitDay:act.record'), icon: 'visits', href: `/visits/new?customer=${customer.number}`, how: 'page' },
    ],
    [
      recordAt(actor, customer) !== null,
      { word: t('contactRecords:act.new'), icon: 'phone', href: recordAt(actor, customer) ?? at, how: 'page' },
    ],
    [
      mayDo('customers.verify'),
      { word: t('verifications:act'), icon: 'check', href: `${at}/verification`, how: 'drawer' },
    ],
    [
      mayDo('customers.assign'),
      { word: t('customers:act.assign'), icon: 'swap', href: `${at}/assignment`, how: 'drawer' },
    ],
    [
      mayEver(actor, 'complaints.take'),
      {
        word: t('web:create.complaint'),
        icon: 'complaints',
        href: `/complaints/new?customer=${customer.number}`,
        how: 'page',
      },
    ],
    [
      mayDo('transfers.make'),
      {
        word: t('transfers:act.fromCustomer'),
        icon: 'archive',
        href: `/transfers/new?customer=${customer.number}`,
        how: 'page',
      },
    ],
    [mayDo('customers.grade'), { word: t('customers:act.grade'), icon: 'check', href: `${at}/grade`, how: 'drawer' }],
    [mayDo('customers.print'), { word: t('customers:act.print'), icon: 'print', href: `${at}/file.pdf`, how: 'file' }],
    [
      mayDo('customers.change_life'),
      { word: t('customers:act.life'), icon: 'refresh', href: `${at}/life`, how: 'drawer' },
    ],
    [
      mayDo('customers.print'),
      { word: t('customers:act.printView'), icon: 'view', href: `${at}/print`, how: 'window' },
    ],
  ]
  return all.filter(([allowed]) => allowed).map(([, act]) => act)
}
