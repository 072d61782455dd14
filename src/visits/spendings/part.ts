import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { visitPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import { hasBegun, type Limit } from '../spending.ts'
import { costsOf, lastAsking, limitFor, sumOf, type Asking, type Cost } from './queries.ts'
import { changeProblems } from './rules.ts'
import { limitText, yuan } from './saying.ts'

const at = ({ number }: Visit) => `/visits/${number}/spendings`

/** VIS-04: what a visit costs, what of it is over the limit, and how far the approval of that is. */
export const spendingsPart: Part = {
  section: async (actor, visit, now) => {
    const costs = await costsOf(visit)
    if (costs.length === 0) return null
    const [limit, asking] = await Promise.all([limitFor(visit.ownerId, now), lastAsking(visit)])
    const t = translate[actor.language]
    const model = { rows: costs.map((cost) => rowOf(t, cost, limit)), sums: sumsOf(costs) }
    const said = askingOf(t, visit, costs, asking)
    return { view: 'visits/spendings/section', place: 'column', model: { ...model, asking: said } }
  },
  acts: (actor, visit, now) => actsOf(actor, visit, now),
  obstacles: (actor, visit, now) => obstaclesOf(actor, visit, now),
}

const tones = { within: 'ok', asked: 'wait', approved: 'ok', refused: 'bad' } as const

const rowOf = (t: Translate, cost: Cost, limit: Limit) => ({
  kind: t(`visits:spending.${cost.kind}`),
  what: cost.what,
  pieces:
    cost.quantity === 1 ? null : t('visitDecisions:section.pieces', { n: cost.quantity, price: yuan(cost.price) }),
  total: yuan(cost.total),
  limit: cost.state === 'within' ? null : limitText(t, cost.kind, limit),
  state: { tone: tones[cost.state], word: t(`visits:spendingState.${cost.state}`) },
  actual: cost.actual === null ? null : yuan(cost.actual),
})

function sumsOf(costs: readonly Cost[]) {
  const spent = costs.filter(({ actual }) => actual !== null)
  return {
    total: yuan(sumOf(costs)),
    actual: spent.length === 0 ? null : yuan(sumOf(spent.map(({ actual }) => ({ total: actual! })))),
  }
}

/** How what is over the limit stands: with the plan, before the head, or nowhere any more. */
function askingOf(t: Translate, { state }: Visit, costs: readonly Cost[], asking: Asking | null) {
  const open = costs.some((cost) => cost.state === 'asked')
  if (open && state === 'waiting') return { text: t('visitDecisions:section.waitsPlan'), href: null, tone: 'wait' }
  if (open && state === 'approved' && asking?.state === 'waiting')
    return {
      text: t('visitDecisions:section.waits', { number: asking.number }),
      href: `/approvals/${asking.number}`,
      tone: 'wait',
    }
  if (open && state === 'approved') return { text: unaskedText(t, asking), href: null, tone: 'warn' }
  if (asking?.state === 'refused' && asking.by && costs.some((cost) => cost.state === 'refused'))
    return {
      text: t('visitDecisions:section.refusedBy', { by: asking.by, reason: asking.reason ?? '' }),
      href: `/approvals/${asking.number}`,
      tone: 'bad',
    }
  return null
}

const endings = ['returned', 'withdrawn', 'expired', 'void', 'refused'] as const
type Ended = (typeof endings)[number]

function unaskedText(t: Translate, asking: Asking | null): string {
  const ended = endings.find((one): one is Ended => one === asking?.state)
  if (!ended) return t('visitDecisions:section.unaskedNever')
  return t('visitDecisions:section.unasked', { state: t(`approvals:state.${ended}`) })
}

/** Whether somebody could still be asked for these: arranged, before the visit, and nobody is asked now. */
async function isUnasked(visit: Visit, now: Date): Promise<boolean> {
  if (visit.state !== 'approved' || hasBegun(visit, now)) return false
  const [costs, asking] = await Promise.all([costsOf(visit), lastAsking(visit)])
  return costs.some(({ state }) => state === 'asked') && asking?.state !== 'waiting'
}

async function actsOf(actor: Actor, visit: Visit, now: Date): Promise<PageAct[]> {
  if (!visitPolicy.own(actor, visit) || changeProblems(visit, now).length > 0) return []
  const change: PageAct = { href: at(visit), word: 'visitDecisions:act.costs', icon: 'credit', rank: 'menu' }
  if (!(await isUnasked(visit, now))) return [change]
  const values = { version: String(visit.version) }
  return [
    { href: `${at(visit)}/request`, word: 'visitDecisions:act.again', icon: 'check', how: 'post', values },
    change,
  ]
}

/** VIS-04: said while something can still be done about it. */
async function obstaclesOf(actor: Actor, visit: Visit, now: Date): Promise<Obstacle[]> {
  if (!visitPolicy.own(actor, visit)) return []
  if (visit.state === 'waiting')
    return changeProblems(visit, now).map(({ rule, reason }) => ({ act: 'visitDecisions:cannot.costs', reason, rule }))
  if (visit.state !== 'approved') return []
  const waiting = (await costsOf(visit)).filter(({ state }) => state === 'asked')
  if (waiting.length === 0) return []
  const params = {
    what: waiting.map(({ what }) => what).join(translate[actor.language]('web:comma')),
    amount: yuan(sumOf(waiting)),
  }
  return [{ act: 'visitDecisions:cannot.enter', reason: 'visitDecisions:obstacle.costsWait', params, rule: 'VIS-04' }]
}
