import type { Actor } from '../../access/actor.ts'
import { translate, type Language } from '../../i18n.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { headingOf, signText } from '../figure-table.ts'
import { parameterOf, parametersOf, type ParameterName, type Range, type Rung } from '../parameters.ts'
import { ladderRoles, rungs, weekdays } from '../reading.ts'
import type { RuleId } from '../register.ts'
import { titleOf } from '../texts.ts'
import { fieldOf, optionText, rangeText, valueText, type RuleValues } from '../values.ts'
import { valuesAfter, type newestOf } from './newest.ts'
import type { Change } from './queries.ts'

type Newest = Awaited<ReturnType<typeof newestOf>>
/** `coming`: what it replaces is approved, but not in force yet. */
type Held = { rule: RuleId; values: RuleValues; current: RuleValues; coming: boolean }
type Other = { number: string } | null

export function newDraftPage(actor: Actor, rule: RuleId, newest: Newest, other: Other, now: Date) {
  const held = heldBy(newest, rule, now)
  const t = translate[actor.language]
  const tomorrow = dateText(dayStart(dateText(now), 1))
  return {
    ...draftModel(actor, [held], other),
    heading: t('regulations:draftPage.title'),
    back: { href: `/regulations/${rule}`, word: rule },
    draftOf: { version: 0, reason: '', effectiveOn: tomorrow },
  }
}

export function againPage(actor: Actor, change: Change, newest: Newest, other: Other, now: Date) {
  const { number, version, reason, effectiveOn, proposals } = change
  const held = proposals.map(({ rule, values }) => ({ ...heldBy(newest, rule, now), values }))
  return {
    ...draftModel(actor, held, other),
    heading: translate[actor.language]('regulations:draftPage.again', { number }),
    back: { href: `/regulations/changes/${number}`, word: number },
    draftOf: { version, reason, effectiveOn },
  }
}

function heldBy(newest: Newest, rule: RuleId, now: Date): Held {
  const current = valuesAfter(newest)(rule)
  return { rule, values: current, current, coming: (newest(rule)?.inForceAt ?? now) > now }
}

function draftModel({ language }: Actor, held: Held[], other: Other) {
  const t = translate[language]
  const groups = held.map(({ rule, values, current, coming }) => ({
    id: rule,
    title: titleOf(language, rule),
    fields: parametersOf(rule).map((name) =>
      fieldModel(language, name, values[name], { value: current[name], coming }),
    ),
  }))
  const labels = Object.fromEntries(groups.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])))
  return {
    groups,
    labels: { ...labels, reason: t('regulations:field.reason'), effectiveOn: t('regulations:field.effectiveOn') },
    other: other && {
      text: t('regulations:draftPage.other', { number: other.number }),
      tone: 'warn',
      act: { href: `/regulations/changes/${other.number}`, word: t('regulations:draftPage.see') },
    },
  }
}

type Current = { value: unknown; coming: boolean }

function fieldModel(language: Language, name: ParameterName, value: unknown, current: Current) {
  const t = translate[language]
  const [field, parameter] = [fieldOf(name), parameterOf(name)]
  const label = headingOf(t, language, name).title
  const when = current.coming ? 'pending' : 'current'
  const now = t(`regulations:draftPage.${when}`, { value: valueText(t, name, current.value) })
  const common = { name: field, label }
  switch (parameter.type) {
    case 'number': {
      const { min, max } = parameter
      const bounds = t('regulations:draftPage.bounds', { min, max, sign: signText(t, parameter.sign) })
      return {
        ...common,
        kind: 'number' as const,
        value: String(value),
        hint: `${bounds}${t('regulations:semicolon')}${now}`,
      }
    }
    case 'choice': {
      const options = parameter.options.map((option) => ({ value: option, word: optionText(t, field, option) }))
      return { ...common, kind: 'choices' as const, value: String(value), options, hint: now }
    }
    case 'ranges': {
      const text = (value as Range[]).map((range) => rangeText(range).replace('–', '-')).join(' ')
      return { ...common, kind: 'text' as const, value: text, hint: `${t('regulations:draftPage.hoursHint')} ${now}` }
    }
    case 'weekdays': {
      const options = weekdays.map((day) => ({
        name: `${field}_${day}`,
        word: t(`calendar:weekday.${day}`),
        value: (value as number[]).includes(day),
      }))
      return { ...common, kind: 'checks' as const, options, hint: now }
    }
    case 'ladder': {
      const hint = `${t('regulations:draftPage.ladderHint')} ${now}`
      return { ...common, kind: 'ladder' as const, rows: rungRows(language, field, value as Rung[]), hint }
    }
  }
}

function rungRows(language: Language, field: string, ladder: Rung[]) {
  const t = translate[language]
  const options = ladderRoles.map((role) => ({
    value: role,
    word: role === 'owner' ? t('regulations:owner') : t(`access:role.${role}`),
  }))
  return rungs.map((n) => ({
    to: { name: `${field}_to_${n}`, label: t('regulations:draftPage.rungTo', { n }), value: ladder[n - 1]?.to ?? '' },
    days: {
      name: `${field}_days_${n}`,
      label: t('regulations:draftPage.rungDays', { n }),
      value: String(ladder[n - 1]?.days ?? ''),
    },
    options,
  }))
}
