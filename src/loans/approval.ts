import type { ApplicationState } from '../../prisma/client/enums.ts'
import type { Ending, Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { lockItems } from '../archive/queries.ts'
import { lockApplication } from './applications.ts'
import { idIn } from './approval-subject.ts'
import { loanCard } from './card.ts'
import { basisOf } from './signing.ts'

/** ARC-09: another one's signature lets an item be lent; nothing is lent by it yet. */
export const loanApplication: Handler = {
  basis: async (tx, { subject }) => {
    const application = await tx.loanApplication.findUnique({
      where: { id: idIn(subject) },
      select: { state: true, items: { select: { item: { select: { id: true, secrecy: true } } } } },
    })
    return application?.state === 'waiting' ? basisOf(application.items.map(({ item }) => item)) : null
  },
  approve,
  ended,
  card: loanCard,
}

async function approve(tx: Tx, audit: Audit, _decider: unknown, { subject, number }: Request): Promise<void> {
  const application = await held(tx, subject)
  await tx.loanApplication.update({
    where: { id: application.id },
    data: { state: 'approved', version: application.version + 1 },
  })
  await audit('loan.approved', `customer:${application.customerId}`, {
    after: { application: application.number, approval: number, askedBy: application.applicant.name },
  })
}

const states = {
  returned: 'returned',
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'ended',
  void: 'ended',
} as const satisfies Record<Ending, ApplicationState>

async function ended(tx: Tx, audit: Audit, _by: unknown, request: Request, ending: Ending, now: Date): Promise<void> {
  const application = await held(tx, request.subject)
  const state = states[ending]
  await tx.loanApplication.update({
    where: { id: application.id },
    data: { state, endedAt: now, version: application.version + 1 },
  })
  await audit('loan.application_ended', `customer:${application.customerId}`, {
    after: { application: application.number, approval: request.number, state },
  })
}

/** The items before the application, as everybody takes them. */
async function held(tx: Tx, subject: string) {
  const id = idIn(subject)
  const items = await tx.loanApplicationItem.findMany({ where: { applicationId: id }, select: { itemId: true } })
  await lockItems(
    tx,
    items.map(({ itemId }) => itemId),
  )
  return lockApplication(tx, id)
}
