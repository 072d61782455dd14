import type { Actor } from '../../access/actor.ts'
import { translate, type Language } from '../../i18n.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { headingOf, signText } from '../figure-table.ts'
import { parameterOf, parametersOf, type ParameterName, type Range, type Rung } from '../parameters.ts'
import { ladderRoles, rungs, weekdays } from '../reading.ts'
import type { RuleId } from '../register.ts'
import { titleOf } from '../texts.ts'
import { fieldOf, rangeText, valueText, type RuleValues } from '../values.ts'
import type { Change } from './queries.ts'

type Held = { rule: RuleId; values: RuleValues; current: RuleValues }
type Other = { number: string } | null

export function newDraftPage(actor: Actor, held: Held, other: Other, now: Date) {
  const t = translate[actor.language]
  const tomorrow = dateText(dayStart(dateText(now), 1))
  return {
    ...draftModel(actor, [held], other),
    heading: t('regulations:draftPage.title'),
    back: { href: `/regulations/${held.rule}`, word: held.rule },
    draftOf: { version: 0, reason: '', effectiveOn: tomorrow },
  }
}

export function againPage(actor: Actor, change: Change, current: (rule: RuleId) => RuleValues, other: Other) {
  const { number, version, reason, effectiveOn, proposals } = change
  const held = proposals.map(({ rule, values }) => ({ rule, values, current: current(rule) }))
  return {
    ...draftModel(actor, held, other),
    heading: translate[actor.language]('regulations:draftPage.again', { number }),
    back: { href: `/regulations/changes/${number}`, word: number },
    draftOf: { version, reason, effectiveOn },
  }
}

function draftModel({ language }: Actor, held: Held[], other: Other) {
  const t = translate[language]
  const groups = held.map(({ rule, values, current }) => ({
    id: rule,
    title: titleOf(language, rule),
    fields: parametersOf(rule).map((name) => fieldModel(language, name, values[name], current[name])),
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

function fieldModel(language: Language, name: ParameterName, value: unknown, current: unknown) {
  const t = translate[language]
  const [field, parameter] = [fieldOf(name), parameterOf(name)]
  const label = headingOf(t, language, name).title
  const now = t('regulations:draftPage.current', { value: valueText(t, name, current) })
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
