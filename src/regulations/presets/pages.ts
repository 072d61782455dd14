import type { Trade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { headingOf } from '../figure-table.ts'
import { ruleIds, type RuleId } from '../register.ts'
import { titleOf } from '../texts.ts'
import { fieldOf, valueLines, type RuleValues } from '../values.ts'
import { trades } from './forms.ts'
import { differencesTo } from './rules.ts'

type About = { trade: Trade; own: Trade }

export function presetPage(
  { language }: Actor,
  { trade, own }: About,
  current: (rule: RuleId) => RuleValues,
  now: Date,
) {
  const t = translate[language]
  const differing = differencesTo(trade, current)
  const word = { trade: { word: `organisation:trade.${trade}` } as const }
  return {
    trade,
    trades: trades.map((value) => ({
      value,
      word:
        value === own
          ? `${t(`organisation:trade.${value}`)} · ${t('regulations:preset.ours')}`
          : t(`organisation:trade.${value}`),
    })),
    heading: t('regulations:preset.heading', word),
    rules: ruleIds
      .map((id) => ({
        id,
        title: titleOf(language, id),
        rows: differing
          .filter(({ rule }) => rule === id)
          .map(({ name, now: held, preset }) => ({
            field: fieldOf(name),
            title: headingOf(t, language, name).title,
            now: valueLines(t, name, held),
            preset: valueLines(t, name, preset),
            label: t('regulations:preset.take', { id: headingOf(t, language, name).title }),
          })),
      }))
      .filter(({ rows }) => rows.length > 0),
    nothing: {
      heading: t('regulations:preset.none', word),
      next: { href: '/regulations', word: t('regulations:toAll') },
    },
    tomorrow: dateText(dayStart(dateText(now), 1)),
  }
}
