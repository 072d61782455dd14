import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Visit } from '../queries.ts'
import { whenText } from '../spendings/saying.ts'
import { authorityKinds } from './forms.ts'
import { grantingProblems } from './rules.ts'

export function authorityPage(actor: Actor, visit: Visit, now: Date) {
  const t = translate[actor.language]
  const [problem] = grantingProblems(visit, now)
  return {
    visit: { number: visit.number, version: visit.version },
    home: `/visits/${visit.number}`,
    lede: t('visitDecisions:authorityPage.lede', {
      name: visit.owner.name,
      party: visit.party,
      when: whenText(t, visit),
    }),
    problem: problem ? { text: t(problem.reason, problem.params), rule: { id: problem.rule } } : null,
    kinds: authorityKinds.map((value) => ({ value, word: t(`visits:authority.${value}`) })),
  }
}
