import { judgePhone, phoneFaults } from '../../customers/phones.ts'
import type { Refusal } from '../../lib/refused.ts'
import { cleanText } from '../../lib/text.ts'
import type { Said } from './forms.ts'

/** CMP-01: the first sentence of what happened, where nobody wrote the matter in a line. */
export function titleOf(title: string | null, what: string): string {
  const line = cleanText(title ?? '')
  if (line !== '') return line
  const [first = ''] = cleanText(what).split(/(?<=[。！？!?；;])/u)
  const letters = Array.from(first.replace(/[。；;，,]$/u, ''))
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('')
}

type Caller = Pick<Said, 'phone' | 'complainant' | 'anonymous' | 'channel' | 'reportingUnit' | 'kind' | 'wants'>

/** CMP-01: what has to be known of a complaint, all that is wrong at once. `known`: the customer is. */
export function saidProblems(said: Caller, known: boolean): Refusal[] {
  const { phone, complainant, anonymous, channel, reportingUnit, kind, wants } = said
  const at = (field: string, name: 'nobody' | 'reportingUnit' | 'wants'): Refusal => ({
    rule: 'CMP-01',
    reason: `intake:refused.${name}`,
    field,
  })
  const problems: Refusal[] = []
  if (phone !== null) problems.push(...phoneProblems(phone))
  if (!anonymous && !known && phone === null && complainant === null) problems.push(at('phone', 'nobody'))
  if (passedOn(channel) && reportingUnit === null) problems.push(at('reportingUnit', 'reportingUnit'))
  if (kind !== 'suggestion' && wants === null) problems.push(at('wants', 'wants'))
  return problems
}

function phoneProblems(phone: string): Refusal[] {
  const { fault } = judgePhone(phone)
  if (!fault) return []
  const reason = fault === 'letters' || fault === 'unknown' ? 'intake:refused.phone' : phoneFaults[fault]
  return [{ rule: 'CMP-01', reason, field: 'phone' }]
}

/** CMP-13: the unit that passed it on is told of the result. */
export const passedOn = (channel: Said['channel']) => channel === 'manufacturer' || channel === 'group_centre'

/** The names and numbers of people written in one field. */
export const peopleIn = (text: string | null): string[] => [
  ...new Set(
    (text ?? '')
      .split(/[、,，;；\s]+/u)
      .map(cleanText)
      .filter(Boolean),
  ),
]
