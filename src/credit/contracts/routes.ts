import { db } from '../../db.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { permit } from '../../access/policy.ts'
import { customerIn } from '../ledger/choosing.ts'
import { nameOf } from '../ledger/queries.ts'
import { creditPolicy } from '../policy.ts'
import { endContract, endingFacts, recordContract } from './commands.ts'
import {
  contractForm,
  contractQuery,
  endingForm,
  newQuery,
  type ContractForm,
  type ContractQuery,
  type EndingForm,
  type NewQuery,
} from './forms.ts'
import { listPage } from './list-pages.ts'
import { contractPage, endingPage, newPage } from './pages.ts'
import { contractFor, contractsFor, knownUnder, lastShippedUnder, overlapping, type ContractOf } from './queries.ts'
import { endingProblems } from './rules.ts'

export const contractRoutes = [
  page<undefined, ContractQuery>('/contracts', {
    allow: creditPolicy.use,
    query: contractQuery as never,
    view: 'credit/contracts/index',
    show: async ({ actor, query, now }) => listPage(actor, query, await contractsFor(actor, query, now), now),
  }),
  form<ContractForm, undefined, NewQuery>('/contracts/new', {
    allow: permit('contracts.record'),
    query: newQuery as never,
    view: 'credit/contracts/new',
    show: async ({ actor, query, typed, now }) =>
      newPage(actor, {
        customer: await customerIn(actor, 'contracts.record', query.customer),
        known: await knownUnder(actor, typed?.['document']),
        now,
      }),
    fields: contractForm as never,
    draft: true,
    submit: async ({ actor, input, now }) => {
      const { number, released } = await recordContract(actor, input, now)
      const to = `/contracts/${number}`
      return released.length === 0
        ? seeOther(to, 'contracts:notice.recorded', { number })
        : seeOther(to, 'contracts:notice.released', { number, releases: released.join(' ') })
    },
  }),
  page<ContractOf>('/contracts/:number', {
    load: contractFor,
    allow: creditPolicy.view,
    view: 'credit/contracts/show',
    show: async ({ actor, record, now }) =>
      contractPage(actor, record, {
        now,
        recorder: await nameOf(record.recordedById),
        others: record.endedOn === null ? await overlapping(record) : [],
        shipments: {
          number: await db.shipment.count({ where: { customerId: record.customerId, contractId: record.id } }),
          lastShipped: await lastShippedUnder(db, record.id, record.customerId),
        },
      }),
  }),
  form<EndingForm, ContractOf>('/contracts/:number/ending', {
    load: contractFor,
    allow: creditPolicy.contracts,
    // A contract that is over cannot end: the day that it holds last stands against it.
    guard: async ({ record }) => {
      const facts = await endingFacts(db, record)
      return facts.endedOn === '' ? [] : endingProblems(facts, facts.endsOn)
    },
    view: 'credit/contracts/ending',
    show: async ({ actor, record, now }) =>
      endingPage(actor, record, await lastShippedUnder(db, record.id, record.customerId), now),
    fields: endingForm as never,
    submit: async ({ actor, record, input }) => {
      await endContract(actor, record, input)
      return seeOther(`/contracts/${record.number}`, 'contracts:notice.ended', { on: input.endedOn })
    },
  }),
]
