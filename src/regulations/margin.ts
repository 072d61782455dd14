import { actionSentence } from '../audit/actions.ts'
import { translate, type Language } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { headingOf, type Stage } from './figure-table.ts'
import { parameterNames } from './parameters.ts'
import type { trailOf } from './queries.ts'
import { same, valueLines } from './values.ts'

type Line = Awaited<ReturnType<typeof trailOf>>[number]

export function versionItem(
  language: Language,
  { n, from, values, version }: Stage,
  stages: readonly Stage[],
  current: Stage,
) {
  const t = translate[language]
  const date = from ? dateText(from) : t('regulations:fromTheStart')
  return {
    at: n === 1 ? t('regulations:versionN', { n }) : `${t('regulations:versionN', { n })} ${date}`,
    ...(from ? { datetime: from.toISOString() } : {}),
    sentence:
      n === 1
        ? t('regulations:fromTheStart')
        : differences(language, stages[stages.findIndex((one) => one.n === n) - 1]!.values, values),
    ...(version ? { href: `/regulations/changes/${version.change.number}` } : {}),
    ...(n === current.n ? { tone: 'ok' } : n > current.n ? { tone: 'go' } : {}),
  }
}

/** 确认时限 1 → 2, for each figure that changed. */
export function differences(language: Language, before: Stage['values'], after: Stage['values']): string {
  const t = translate[language]
  const names = parameterNames.filter((name) => name in after && !same(before[name], after[name]))
  const text = (name: (typeof names)[number], value: unknown) => valueLines(t, name, value).join(t('web:comma'))
  return names
    .map((name) => `${headingOf(t, language, name).title} ${text(name, before[name])} → ${text(name, after[name])}`)
    .join(t('regulations:semicolon'))
}

export function trailItem(language: Language, { at, actorId, actorName, action, why, after }: Line) {
  const { number } = (after ?? {}) as { number?: string }
  return {
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorId === null ? translate[language]('regulations:events.system') : actorName,
    sentence: [actionSentence(language, action), number].filter(Boolean).join(' '),
    ...(number ? { href: `/regulations/changes/${number}` } : {}),
    ...(why ? { more: why } : {}),
    ...(action === 'regulation.approved' ? { tone: 'ok' } : action === 'regulation.refused' ? { tone: 'bad' } : {}),
  }
}
