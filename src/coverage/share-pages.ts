import type { Actor } from '../access/actor.ts'
import { translate, type Translate } from '../i18n.ts'
import { listAddress } from './address.ts'
import { asksOf } from './pages.ts'
import type { Share } from './queries.ts'
import { coverageRules, ruleIdOf, type CoverageFigures, type CoverageRule } from './rules.ts'

type Found = { people: Share[]; departments: Share[] }

/** /coverage/share: who covers how much; each figure opens its list. */
export function sharePage(actor: Actor, rule: CoverageRule, { people, departments }: Found, figures: CoverageFigures) {
  const t = translate[actor.language]
  return {
    asks: asksOf(t, rule, figures),
    ruleId: ruleIdOf[rule],
    listAt: listAddress({ rule }),
    tabs: coverageRules.map((one) => ({
      href: `/coverage/share?rule=${one}`,
      word: t(`coverage:rule.${one}`),
      current: one === rule,
    })),
    tables: [
      {
        title: t('coverage:departments'),
        head: t('coverage:column.department'),
        rows: rowsOf(departments, rule, 'unit', t),
      },
      { title: t('coverage:people'), head: t('coverage:column.who'), rows: rowsOf(people, rule, 'owner', t) },
    ],
    nothing: { heading: t('coverage:none'), hint: t('coverage:noneHint') },
  }
}

function rowsOf(shares: Share[], rule: CoverageRule, by: 'unit' | 'owner', t: Translate) {
  return shares.map(({ key, name, all, over }) => {
    const of = (span: 'all' | 'covered' | 'over') => listAddress({ rule, span, [by]: key ?? 'none' })
    return {
      name: name ?? t(by === 'unit' ? 'coverage:noDepartment' : 'coverage:noOwner'),
      figures: [
        { name: 'all', n: all, href: of('all') },
        { name: 'covered', n: all - over, href: of('covered') },
        { name: 'due', n: over, href: of('over') },
      ] as const,
      share: t('coverage:percent', { n: percentOf(all, over) }),
    }
  })
}

/** All is all: nothing is rounded up to it. */
export const percentOf = (all: number, over: number): number => Math.floor(((all - over) * 100) / Math.max(1, all))
