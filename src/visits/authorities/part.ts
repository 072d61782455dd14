import { momentText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { Part } from '../page/parts.ts'
import { visitPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import { authoritiesOf, type Authority } from './queries.ts'
import { grantingProblems, isOver } from './rules.ts'

const at = ({ number }: Visit) => `/visits/${number}/authorities`

/** VIS-15: leave to sign a contract or to take money on this visit, who gave it, and up to what. */
export const authoritiesPart: Part = {
  section: async (actor, visit, now) => {
    const authorities = await authoritiesOf(visit)
    if (authorities.length === 0) return null
    const t = translate[actor.language]
    const mayWithdraw = visitPolicy.authorise(actor, visit) && visit.state !== 'reported'
    const rows = authorities.map((one) => ({ ...rowOf(t, one, now), withdraws: mayWithdraw && !one.withdrawnAt }))
    const model = { rows, action: `${at(visit)}/withdrawal`, version: visit.version }
    return { view: 'visits/authorities/section', place: 'column', model }
  },
  acts: (actor, visit, now) => {
    if (!visitPolicy.authorise(actor, visit) || grantingProblems(visit, now).length > 0) return []
    return [{ href: at(visit), word: 'visitDecisions:act.authorise', icon: 'check', how: 'drawer' }]
  },
  obstacles: async (actor, visit, now) => {
    if (!visitPolicy.own(actor, visit) || isOver(visit, now) || !isExpected(visit)) return []
    if ((await authoritiesOf(visit)).some(({ withdrawnAt }) => withdrawnAt === null)) return []
    return [{ act: 'visitDecisions:cannot.sign', reason: 'visitDecisions:obstacle.noAuthority', rule: 'VIS-15' }]
  },
}

/** Where money is to be collected, or somebody is there: elsewhere nobody asks. */
const isExpected = ({ state, purposes }: Visit): boolean =>
  state === 'done' || (state === 'approved' && purposes.includes('collection'))

const rowOf = (t: Translate, { id, kind, upTo, what, grantedAt, grantedBy, withdrawnAt }: Authority, now: Date) => ({
  id: String(id),
  kind: t(`visits:authority.${kind}`),
  what,
  sum:
    upTo === null ? t('visitDecisions:section.anySum') : t('visitDecisions:section.upTo', { amount: moneyText(upTo) }),
  granted: t('visitDecisions:section.granted', { by: grantedBy, at: momentText(grantedAt, now) }),
  withdrawn: withdrawnAt && t('visitDecisions:section.withdrawn', { at: momentText(withdrawnAt, now) }),
})
