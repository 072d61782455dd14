import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { comparisonRows, inForceOf, stagesOf } from './figure-table.ts'
import type { VersionsQuery } from './forms.ts'
import type { Version } from './queries.ts'
import type { RuleId } from './register.ts'
import { differences } from './margin.ts'
import { titleOf } from './texts.ts'

/** All versions of a rule, and two of them side by side. */
export function versionsPage(
  { language }: Actor,
  rule: RuleId,
  versions: readonly Version[],
  query: VersionsQuery,
  now: Date,
) {
  const t = translate[language]
  const stages = stagesOf(rule, versions)
  const current = inForceOf(stages, now)
  const chosen = (text: string, otherwise: number) =>
    stages.find(({ n }) => String(n) === text) ?? stages.at(otherwise)!
  const [from, to] = [chosen(query.from, stages.length > 1 ? -2 : -1), chosen(query.to, -1)]
  const compared = comparisonRows(t, language, from.values, to.values)
  return {
    rule,
    heading: `${rule} ${titleOf(language, rule)}`,
    options: stages.map(({ n }) => ({ value: String(n), word: t('regulations:versionN', { n }) })),
    from: String(from.n),
    to: String(to.n),
    compared: stages.length > 1 ? compared : [],
    comparedHead: t('regulations:compare.heading', { from: from.n, to: to.n }),
    same: compared.every(({ differs }) => !differs),
    rows: stages.toReversed().map((stage) => {
      const before = stages[stages.indexOf(stage) - 1]
      const change = stage.version?.change
      const state = stage === current ? 'ok' : stage.n > current.n ? 'wait' : null
      return {
        n: t('regulations:versionN', { n: stage.n }),
        from: stage.from ? dateText(stage.from) : t('regulations:fromTheStart'),
        state: state && {
          tone: state,
          word: state === 'ok' ? t('regulations:inForce') : t('regulations:compare.coming'),
        },
        what: before ? differences(language, before.values, stage.values) : t('regulations:compare.first'),
        drafter: change?.draftedBy.name ?? '',
        decider: change?.decidedBy?.name ?? (change ? t('regulations:change.noDecider') : ''),
        reason: change?.reason ?? '',
        number: change?.number ?? '',
      }
    }),
  }
}
