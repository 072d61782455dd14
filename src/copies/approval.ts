import type { Actor } from '../access/actor.ts'
import type { Card, Ending, Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { Refused, type Refusal } from '../lib/refused.ts'
import { basisOf } from './basis.ts'
import { lockPermit } from './locking.ts'
import { permitFor, type PermitRecord } from './queries.ts'

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('copy_permit:'.length))

/** ARC-13: the general manager or the information supervisor, whoever comes first, permits exactly what is asked. */
export const copyPermitApproval: Handler = {
  basis: (tx, request) => basisOf(tx, idOf(request)),
  approve: async (tx, audit, decider, request, now) => {
    const permit = await lockPermit(tx, idOf(request))
    const problems = dueOver(permit.dueOn, now)
    if (problems.length > 0) throw new Refused(problems)
    await tx.copyPermit.update({ where: { id: permit.id }, data: { state: 'approved', version: { increment: 1 } } })
    const after = { permit: permit.number, approvedBy: decider.name }
    await audit('copy.permitted', `customer:${permit.customerId}`, { after })
  },
  ended: endPermit,
  card: copyCard,
}

const dueOver = (dueOn: string, now: Date): Refusal[] =>
  dueOn < dateText(now) ? [{ rule: 'ARC-13', reason: 'copies:refused.dueOver', params: { day: dueOn } }] : []

const states = { returned: 'returned', refused: 'refused', withdrawn: 'withdrawn' } as const

async function endPermit(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date) {
  const permit = await lockPermit(tx, idOf(request))
  const state = ending in states ? states[ending as keyof typeof states] : 'ended'
  await tx.copyPermit.update({ where: { id: permit.id }, data: { state, endedAt: now, version: { increment: 1 } } })
  await audit('copy.not_permitted', `customer:${permit.customerId}`, { after: { permit: permit.number, ending } })
}

/** As far as its reader knows the items: of what is classified, else number, mark and keeper. */
async function copyCard(actor: Actor, request: Request, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const { permit: number } = request.payload as { permit: string }
  const permit = await permitFor(actor, number).catch(() => null)
  if (!permit) return { title: number, href: null, asked: [], facts: [], why: t('copies:card.why'), problems: [] }
  return {
    title: t('copies:card.title', { number, who: permit.customer?.name ?? t('copies:card.classified') }),
    href: `/copies/${number}`,
    asked: permit.lines.map((line) => ({
      label: `${line.number} ${line.title}`.trim(),
      before: '',
      after: `${t('copies:count', { n: line.permitted })} · ${t(`archive:mark.${line.secrecy}`)}`,
    })),
    facts: factsOf(t, permit),
    why: t('copies:card.why'),
    problems: request.state === 'waiting' ? dueOver(permit.dueOn, now) : [],
  }
}

function factsOf(t: Translate, { way, purpose, holder, dueOn }: PermitRecord): Card['facts'] {
  return [
    { label: t('copies:field.way'), value: t(`copies:way.${way}`) },
    { label: t('copies:field.purpose'), value: t(`archive:purpose.${purpose}`) },
    { label: t('copies:field.holder'), value: holder },
    { label: t('copies:field.dueOn'), value: dueOn },
  ]
}
