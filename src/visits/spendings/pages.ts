import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Visit } from '../queries.ts'
import type { Limit } from '../spending.ts'
import { openRows, rowNumbers, spendingKinds } from './forms.ts'
import type { Cost } from './queries.ts'
import { changeProblems, isPlanning } from './rules.ts'
import { costText, limitLines, whenText, yuan } from './saying.ts'

type Typed = Record<string, string>

/** The costs of a visit: what there is, to be taken out, and empty rows. */
export function costsPage(actor: Actor, visit: Visit, costs: Cost[], limit: Limit, now: Date, typed: Typed = {}) {
  const t = translate[actor.language]
  const rows = rowNumbers.map((n) => ({ n }))
  const open = rows.filter(({ n }) => n <= openRows || typed[`what${n}`] || typed[`price${n}`])
  const [problem] = changeProblems(visit, now)
  return {
    visit: { number: visit.number, party: visit.party, version: visit.version },
    home: `/visits/${visit.number}`,
    when: whenText(t, visit),
    planning: isPlanning(visit),
    problem: problem ? { text: t(problem.reason, problem.params), rule: { id: problem.rule } } : null,
    known: costs.map((cost) => knownOf(t, cost)),
    rows: open,
    more: rows.filter((row) => !open.includes(row)),
    ...wordsOf(t),
    limits: limitLines(t, limit),
  }
}

const tones = { within: 'ok', asked: 'wait', approved: 'ok', refused: 'bad' } as const

const knownOf = (t: Translate, cost: Cost) => ({
  name: `remove_${cost.id}`,
  text: costText(t, cost),
  state: { tone: tones[cost.state], word: t(`visits:spendingState.${cost.state}`) },
  remove: t('visitDecisions:costsPage.remove', { what: cost.what, amount: yuan(cost.total) }),
})

const names = ['kind', 'what', 'quantity', 'price'] as const

const wordsOf = (t: Translate) => ({
  kinds: spendingKinds.map((kind) => ({ value: kind, word: t(`visits:spending.${kind}`) })),
  head: Object.fromEntries(names.map((name) => [name, t(`visitDecisions:costsPage.head.${name}`)])),
  labels: Object.fromEntries(
    rowNumbers.flatMap((n) => names.map((name) => [`${name}${n}`, t(`visitDecisions:costsPage.row.${name}`, { n })])),
  ),
})
