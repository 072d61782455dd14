import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import type { Translate } from '../../i18n.ts'
import { fenOf, moneyText } from '../../lib/money.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { pastText } from '../deciding/saying.ts'
import { ageingOf, complaintsOf, pastOf, type Ageing } from '../deciding/queries.ts'
import type { CreditCustomer } from '../queries.ts'
import type { Figure } from '../reckoning.ts'
import { changesSoon, type Change } from './queries.ts'
import { money } from '../saying.ts'

/** What stands beside today's figure: how old it is, what will change, and what bears on a decision. */
export async function asideOf(t: Translate, actor: Actor, { id }: CreditCustomer, figure: Figure, now: Date) {
  const [ageing, soon, past, complaints, regulation] = await Promise.all([
    ageingOf(id, now),
    changesSoon(id, now),
    pastOf(id, now),
    mayEver(actor, 'complaints.view') ? complaintsOf(actor, id) : null,
    regulationAt(now),
  ])
  const role = t(`access:role.${regulation.value('credit.overdue_role')}`)
  return {
    ageing: ageingShown(t, ageing),
    soon: soon.map((change) => ({ at: change.on, sentence: soonText(t, change, figure, role), ...toneOf(change) })),
    past: past.map((one) => ({ href: `/releases/${one.release}`, word: one.release, text: pastText(t, one) })),
    complaints: complaints && {
      rows: complaints.latest.map(({ number, title, level }) => ({
        number,
        text: t('creditFigure:decides.complaint', { title, level: t(`complaints:level.${level}`) }),
      })),
      more: complaints.n > complaints.latest.length ? t('creditFigure:decides.more', { n: complaints.n }) : '',
    },
  }
}

const buckets = ['current', 'd30', 'd60', 'd90', 'older'] as const
const width = 272

/** CRD-17: what is owed by how long it is past its day, with a bar of what is due and what is not. */
function ageingShown(t: Translate, ageing: Ageing) {
  const sums = buckets.map((name) => fenOf(ageing[name]))
  const all = sums.reduce((sum, one) => sum + one, 0)
  const [current = 0] = sums
  const at = all === 0 ? 0 : Math.round((width * current) / all)
  return {
    none: all === 0,
    bar: { width, at, label: t('creditFigure:ageing.bar', { current: money(current), overdue: money(all - current) }) },
    rows: buckets.map((name) => ({ word: t(`creditFigure:ageing.${name}`), sum: moneyText(ageing[name]) })),
  }
}

function soonText(t: Translate, { kind, day, sum }: Change, figure: Figure, role: string): string {
  const params = { day: day.slice(5), amount: money(sum), role }
  const counts = figure.eligible && figure.method === 'rolling_30'
  return t(kind === 'leaves' && !counts ? 'creditFigure:soon.leavesOther' : `creditFigure:soon.${kind}`, params)
}

const toneOf = ({ kind }: Change) =>
  kind === 'leaves' ? { tone: 'go' as const } : kind === 'terms' ? {} : { tone: 'bad' as const }
