import { momentText } from '../../deadlines/tag.ts'
import { db } from '../../db.ts'
import { holdersAt } from '../../approvals/holders.ts'
import type { StepRow } from '../../approvals/reading.ts'
import { reads } from '../../db.ts'
import type { Translate } from '../../i18n.ts'
import { signaturesOn, type RemedyRequest } from './queries.ts'

/** Who proposed, signed, signs and will sign, in order; for partials/signers. */
export async function signersText(t: Translate, request: RemedyRequest, now: Date) {
  const steps = await signaturesOn(request)
  const filed = {
    name: request.filedBy,
    did: t('approvals:step.filed'),
    when: momentText(request.filedAt, now),
    at: 'done',
  }
  return [filed, ...(await Promise.all(steps.map((step) => signerOf(t, step, now))))]
}

const marks: Partial<Record<StepRow['state'], string>> = {
  approved: 'done',
  refused: 'refused',
  returned: 'refused',
  open: 'now',
}

async function signerOf(t: Translate, step: StepRow, now: Date) {
  const role = step.role ? t(`access:role.${step.role}`) : ''
  const by = step.for ? t('approvals:step.forName', { by: step.decidedBy ?? '', name: step.for }) : step.decidedBy
  const at = marks[step.state]
  return {
    name: by ?? step.staff ?? (step.state === 'open' ? await waitingFor(step) : role),
    ...(by ? { did: t(`approvals:step.${step.state}`) } : {}),
    note: step.reason ? t('approvals:step.quoted', { at: role, reason: step.reason }) : role,
    ...(step.decidedAt ? { when: momentText(step.decidedAt, now) } : {}),
    ...(at ? { at } : {}),
  }
}

/** Whose turn it is: at most three by name. */
async function waitingFor(step: StepRow): Promise<string> {
  const roles = [step.role, step.seniorRole].filter((one) => one !== null)
  const able = (await holdersAt(reads, roles, step)).filter((id) => !step.excluded.includes(id))
  const people = await db.staff.findMany({
    where: { id: { in: able } },
    take: 3,
    orderBy: { id: 'asc' },
    select: { name: true },
  })
  return people.map(({ name }) => name).join(' ')
}

/** What whoever sent it back said. */
export async function refusalText(t: Translate, request: RemedyRequest): Promise<string | null> {
  const step = (await signaturesOn(request)).findLast(({ state }) => state === 'refused' || state === 'returned')
  if (!step) return null
  const word = t(`approvals:state.${step.state as 'refused' | 'returned'}`)
  return t('remedies:sentBack', { by: step.decidedBy ?? '', word, reason: step.reason ?? '' })
}

/** Why the last one asked for was sent back; null where it was not, or another followed. */
export async function lastRefusal(t: Translate, requests: readonly RemedyRequest[]): Promise<string | null> {
  const [last] = requests
  return last && (last.state === 'refused' || last.state === 'returned') ? refusalText(t, last) : null
}
