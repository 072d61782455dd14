import type { ComplaintOutcome } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { linkOut, ratingsOf } from '../ratings/queries.ts'
import { askingBy, attemptsFor, closingFacts, daysTried, endingBy, reopeningsOf } from './queries.ts'
import { closingProblems, outcomeOf, triedEnough } from './rules.ts'

/** The call-back, the closing and what comes after: reopening, letter, rating. */
export const closingPart: Part = {
  section: async (actor, complaint, now) => {
    const t = translate[actor.language]
    const [reopenings, ratings, out] = await Promise.all([
      reopeningsOf(complaint),
      ratingsOf(complaint),
      linkOut(complaint, now),
    ])
    const facts = complaint.state === 'closed' ? await closedFacts(t, complaint) : []
    if (facts.length === 0 && reopenings.length === 0 && ratings.length === 0) return null
    const model = {
      closed: facts,
      linkUntil: out ? t('closing:letter.out', { until: dateText(new Date(out.getTime() - 1)) }) : null,
      ratings: ratings.map(({ usedAt, score, words }) => ({
        at: usedAt ? dateTimeText(usedAt) : '',
        score: t('closing:points', { score: score ?? 0 }),
        words: words ?? '',
      })),
      reopenings: reopenings.map(({ at, by, reason }) => ({ at: dateTimeText(at), by, reason })),
    }
    return { view: 'complaints/closing/section', place: 'column', model }
  },
  acts: (actor, complaint) => actsOf(actor, complaint),
  obstacles: (actor, complaint) => obstaclesOf(actor, complaint),
}

async function closedFacts(t: Translate, complaint: Complaint) {
  const { outcome, closedAt, closedById, closing, improvement, noImprovement, satisfaction } = complaint
  const by = closedById && (await db.staff.findUnique({ where: { id: closedById }, select: { name: true } }))
  return [
    { label: t('complaints:field.outcome'), value: outcome ? t(`complaints:outcome.${outcome}`) : '' },
    { label: t('closing:field.closedAt'), value: closedAt ? dateTimeText(closedAt) : '' },
    { label: t('closing:field.closedBy'), value: by ? by.name : '' },
    {
      label: t('complaints:field.satisfaction'),
      value: satisfaction === null ? t('closing:unknownScore') : t('closing:points', { score: satisfaction }),
    },
    { label: t('closing:field.summary'), value: closing ?? '', wide: true, lines: true },
    ...(improvement
      ? [
          {
            label: t(noImprovement ? 'closing:field.whyNone' : 'complaints:field.improvement'),
            value: improvement,
            wide: true,
            lines: true,
          },
        ]
      : []),
  ]
}

async function actsOf(actor: Actor, complaint: Complaint): Promise<PageAct[]> {
  const { state, number } = complaint
  const to = (end: string) => `/complaints/${number}/${end}`
  const may = (act: Parameters<typeof mayWith>[1]) => mayWith(actor, act, complaint)
  const acts: PageAct[] = []
  if (state === 'asking' && may('complaints.call_back') && (await mayAsk(actor, complaint)))
    acts.push({ href: to('call-back'), word: 'closing:act.callBack', icon: 'phone', rank: 'next' })
  if (await givesUp(actor, complaint)) acts.push({ href: to('unreachable'), word: 'closing:act.unreachable' })
  if (await leaves(actor, complaint))
    acts.push({ href: to('unresolved'), word: 'closing:act.unresolved', rank: 'menu' })
  if (await closes(actor, complaint))
    acts.push({ href: to('closing'), word: 'closing:act.close', icon: 'check', rank: 'next' })
  if (state === 'closed' && may('complaints.close'))
    acts.push({ href: to('letter'), word: 'closing:act.letter', icon: 'print' })
  if (state === 'closed' && may('complaints.reopen')) acts.push({ href: to('reopening'), word: 'closing:act.reopen' })
  return acts
}

const mayAsk = async (actor: Actor, complaint: Complaint) =>
  (await askingBy(db, actor, complaint)).problems.length === 0
const mayEnd = async (actor: Actor, complaint: Complaint, outcome: ComplaintOutcome) =>
  (await endingBy(db, actor, complaint, outcome)).problems.length === 0

async function givesUp(actor: Actor, complaint: Complaint): Promise<boolean> {
  const { state } = complaint
  if ((state !== 'telling' && state !== 'asking') || !mayWith(actor, 'complaints.close', complaint)) return false
  if (!triedEnough(await daysTried(db, complaint), await attemptsFor(complaint))) return false
  return mayEnd(actor, complaint, 'unreachable')
}

async function leaves(actor: Actor, complaint: Complaint): Promise<boolean> {
  const { state, round } = complaint
  if ((state !== 'telling' && state !== 'asking') || round < 2) return false
  return mayWith(actor, 'complaints.leave', complaint) && mayEnd(actor, complaint, 'unresolved')
}

async function closes(actor: Actor, complaint: Complaint): Promise<boolean> {
  const { state } = complaint
  if ((state !== 'improving' && state !== 'answering') || !mayWith(actor, 'complaints.close', complaint)) return false
  const facts = await closingFacts(db, complaint)
  return closingProblems(facts).length === 0 && mayEnd(actor, complaint, outcomeOf(facts))
}

const nearing = ['approving', 'telling', 'asking', 'improving', 'answering']

/** CMP-11: why it cannot be closed yet, and who may ask the customer. */
async function obstaclesOf(actor: Actor, complaint: Complaint): Promise<Obstacle[]> {
  if (!nearing.includes(complaint.state)) return []
  const found: Obstacle[] = []
  if (complaint.state === 'asking' && mayWith(actor, 'complaints.call_back', complaint))
    for (const { rule, reason } of (await askingBy(db, actor, complaint)).problems)
      found.push({ act: 'closing:cannot.callBack', reason, rule })
  const facts = await closingFacts(db, complaint)
  const problems = closingProblems(facts)
  if (mayWith(actor, 'complaints.close', complaint) && problems.length === 0)
    problems.push(...(await endingBy(db, actor, complaint, outcomeOf(facts))).problems)
  for (const { rule, reason, params } of problems)
    found.push({ act: 'closing:cannot.close', reason, rule, ...(params ? { params } : {}) })
  return found
}
