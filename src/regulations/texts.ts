import { translateIfKnown, type Language, type Translate } from '../i18n.ts'
import { parametersOf, parameterOf, type ParameterName } from './parameters.ts'
import { isRule, type RuleId } from './register.ts'
import { fieldOf, valueText } from './values.ts'

export type Part = { text: string; figure?: true }

/** What a chip says: null for a rule that the product does not apply yet. */
export function ruleWords(language: Language, id: string): { title: string; article: string } | null {
  if (!isRule(id)) return null
  return { title: titleOf(language, id), article: translateIfKnown(language, `rules:${id}.article`) ?? '' }
}

export const titleOf = (language: Language, id: RuleId) => translateIfKnown(language, `rules:${id}.title`) ?? id

export const parameterTitle = (language: Language, name: ParameterName) =>
  translateIfKnown(language, `rules:parameter.${fieldOf(name)}`) ?? name

// `{customers_confirm_days}` stands for the figure, `{customers_confirm_days|day|days}` for what goes with its number.
const placeholder = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/

/** The rule's text with the figures in force, each a part of its own. */
export function textParts(
  t: Translate,
  language: Language,
  id: RuleId,
  value: (name: ParameterName) => unknown,
): Part[] {
  const raw = translateIfKnown(language, `rules:${id}.text`) ?? ''
  const pieces = raw.split(placeholder)
  const parts: Part[] = []
  for (let at = 0; at < pieces.length; at += 4) {
    parts.push({ text: pieces[at]! })
    const [field, one, many] = pieces.slice(at + 1, at + 4)
    const name = parametersOf(id).find((known) => fieldOf(known) === field)
    if (!name) continue
    const held = value(name)
    if (one === undefined) parts.push({ text: inText(t, name, held), figure: true })
    else parts.push({ text: Number(held) === 1 ? one : many! })
  }
  return parts.filter(({ text }) => text !== '')
}

/** A number stands bare: its unit is in the sentence. */
const inText = (t: Translate, name: ParameterName, value: unknown) =>
  parameterOf(name).type === 'number' ? String(value) : valueText(t, name, value)

export const plainText = (parts: readonly Part[]) => parts.map(({ text }) => text).join('')
