import type { Actor } from '../../access/actor.ts'
import type { Card, Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import { db, type Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { NotFound, refuseIf, type Refusal } from '../../lib/refused.ts'
import { isAccused, mayWith, seesComplaint } from '../policy.ts'
import { startDue } from './doing.ts'
import { knowsMeasure } from './policy.ts'
import { basisOf } from './proposing.ts'
import { lockMeasure, measureById, measurePath, trailOf, type Measure } from './queries.ts'
import { peopleProblems } from './rules.ts'
import { measureStates } from './states.ts'
import { tellGiven } from './telling.ts'

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('measure:'.length))

/** CMP-18: the general manager approves a measure, and with it who verifies it. */
export const measureApproval: Handler = {
  basis: async (tx, request) => {
    const measure = await measureById(tx, idOf(request))
    return measure?.state === 'proposed' ? basisOf(measure) : null
  },
  approve,
  ended,
  card,
}

async function approve(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const measure = await lockMeasure(tx, idOf(request))
  refuseIf(problemsOf(measure))
  const state = measureStates.next(measure.state, 'approve')
  await tx.correctiveAction.update({ where: { id: measure.id }, data: { state, version: { increment: 1 } } })
  await startDue(tx, measure, now)
  const after = { measure: measure.number, approval: request.number, checker: measure.checker!.name }
  await audit('measure.approved', trailOf(measure), { after })
  await tellGiven(tx, decider, measure, now)
}

/** Refused it ends; returned, taken back or void it stays proposed and may be put right. */
async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending): Promise<void> {
  const measure = await lockMeasure(tx, idOf(request))
  const state = ending === 'refused' ? measureStates.next(measure.state, 'refuse') : measure.state
  await tx.correctiveAction.update({ where: { id: measure.id }, data: { state, version: { increment: 1 } } })
  const after = { measure: measure.number, approval: request.number, ending }
  await audit(ending === 'refused' ? 'measure.refused' : 'measure.unapproved', trailOf(measure), { after })
}

/** What stands against it: above all nobody to verify it. */
function problemsOf({ ownerId, checkerId, complaint: { accused } }: Measure): Refusal[] {
  return [
    ...(checkerId === null ? [{ rule: 'CMP-18', reason: 'measures:refused.noChecker' as const }] : []),
    ...peopleProblems({ ownerId, checkerId, accused }),
  ]
}

async function card(actor: Actor, request: Request): Promise<Card> {
  const measure = await measureById(db, idOf(request))
  if (!measure || isAccused(actor, measure.complaint)) throw new NotFound()
  const t = translate[actor.language]
  const { number, complaint, kind, measure: what, owner, checker, dueOn, effectDays } = measure
  const names = mayWith(actor, 'measures.approve', complaint) && measure.state === 'proposed'
  const fact = (name: 'owner' | 'dueOn' | 'effectDays' | 'complaint' | 'checker', value: string, href?: string) => ({
    label: t(`measures:field.${name}`),
    value,
    ...(href ? { href } : {}),
  })
  return {
    title: t('measures:card.title', { number, kind: t(`complaints:action.${kind}`) }),
    href: knowsMeasure(actor, measure) ? measurePath(measure) : null,
    asked: [{ label: t(`complaints:action.${kind}`), before: '', after: what }],
    facts: [
      fact(
        'checker',
        checker?.name ?? t('measures:card.noChecker'),
        names ? `${measurePath(measure)}/people` : undefined,
      ),
      fact('owner', owner.name),
      fact('dueOn', dayText(dueOn)),
      fact('effectDays', t('measures:days', { n: effectDays })),
      ...(seesComplaint(actor, complaint)
        ? [fact('complaint', `${complaint.number} ${complaint.title}`, `/complaints/${complaint.number}`)]
        : [fact('complaint', complaint.number)]),
    ],
    why: t('measures:card.why'),
    problems: measure.state === 'proposed' ? problemsOf(measure) : [],
  }
}
