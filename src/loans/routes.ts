import type { Actor } from '../access/actor.ts'
import { holds } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { db } from '../db.ts'
import { readFile } from '../files/keeping.ts'
import { now as presentMoment } from '../lib/clock.ts'
import { NotFound, Refused, type Refusal } from '../lib/refused.ts'
import { fileField } from '../attachments/limits.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { applicationFor, ownApplications, type Application } from './applications.ts'
import { agreementProblems, askLoan, fetchUntil, wantedItems } from './asking.ts'
import { askPage } from './ask-pages.ts'
import { endApplication } from './ending.ts'
import {
  endForm,
  itemNumbers,
  itemQuery,
  listQuery,
  newLoanForm,
  type End,
  type ItemQuery,
  type ListQuery,
  type NewLoan,
} from './forms.ts'
import { applicationPage, listPage } from './own-pages.ts'
import { loanPolicy } from './policy.ts'
import { overdueOf } from './queries.ts'
import { lastReturned, openLoans } from './register.ts'
import { signingFor } from './signers.ts'

/** Asking to borrow, and what one has. */
export const loanRoutes = [
  page<undefined, ListQuery>('/loans', {
    allow: loanPolicy.list,
    query: listQuery as never,
    view: 'loans/index',
    show: async ({ actor, query, now }) => {
      const mine = query.whose === 'mine'
      const [open, closed, applications, { value }, calendar] = await Promise.all([
        openLoans(actor, query.whose, now),
        mine ? lastReturned(actor, now) : [],
        mine ? ownApplications(actor, now) : [],
        regulationAt(now),
        calendarAt(now),
      ])
      const found = {
        open,
        closed,
        applications,
        leads: holds(actor, 'dept_head'),
        mostDays: value('archive.loan_days'),
      }
      return listPage(actor, query, found, now, calendar)
    },
  }),
  form<NewLoan, undefined, ItemQuery>('/loans/new', {
    allow: loanPolicy.ask,
    query: itemQuery as never,
    view: 'loans/new',
    show: ({ actor, query, now }) => askedFor(actor, query, now),
    fields: newLoanForm as never,
    upload: { ...fileField, field: 'seal' },
    submit: async ({ actor, input, upload, now }) => {
      const number = await askLoan(actor, input, upload, now)
      return seeOther(`/loans/applications/${number}`, 'loans:notice.asked', { number })
    },
  }),
  page<Application>('/loans/applications/:number', {
    load: applicationFor,
    allow: loanPolicy.view,
    view: 'loans/application',
    show: async ({ actor, record }) => applicationPage(actor, record, await lastDay(record)),
  }),
  form<End, Application>('/loans/applications/:number/end', {
    load: applicationFor,
    allow: loanPolicy.own,
    fields: endForm,
    submit: async ({ actor, record, input, now }) => {
      await endApplication(actor, record, input.version, now)
      return seeOther(`/loans/applications/${record.number}`, 'loans:notice.ended')
    },
  }),
  download<Application>('/loans/applications/:number/seal', {
    load: applicationFor,
    allow: loanPolicy.view,
    send: ({ actor, record }) => sealedSheet(actor, record),
  }),
]

async function askedFor(actor: Actor, { item: typed }: ItemQuery, now: Date) {
  const regulation = await regulationAt(now)
  const numbers = itemNumbers(typed)
  const settled = await Promise.allSettled(numbers.map((number) => wantedItems(actor, [number])))
  const items = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const lost = settled.flatMap((one): Refusal[] => {
    if (one.status === 'fulfilled') return []
    if (one.reason instanceof Refused) return one.reason.refusals
    throw one.reason
  })
  const [overdue, agreement] = await Promise.all([
    overdueOf(db, actor.id, now),
    agreementProblems(actor.id, items, now),
  ])
  const signing = await signingFor(actor, items, regulation, overdue > 0)
  return askPage(actor, { typed, items, lost, signing, overdue, agreement, regulation })
}

/** ARC-09: until when it can be fetched. */
async function lastDay({ request, filedAt, state }: Application): Promise<string | null> {
  if (state !== 'approved' || !request?.endedAt) return null
  const { value } = await regulationAt(filedAt)
  return fetchUntil(new Date(request.endedAt), value('archive.loan_fetch_days'))
}

async function sealedSheet(actor: Actor, { id, number, customerId }: Application) {
  const { sealFile, sealName } = await db.loanApplication.findUniqueOrThrow({
    where: { id },
    include: { sealFile: true },
  })
  if (!sealFile || !sealName) throw new NotFound()
  await reading(actor, 'loan.seal_opened', `customer:${customerId}`, {
    after: { application: number, at: presentMoment(), sha256: sealFile.sha256 },
  })
  return {
    type: sealFile.type,
    fileName: sealName,
    body: await readFile(sealFile.sha256),
    bytes: Number(sealFile.bytes),
  }
}
