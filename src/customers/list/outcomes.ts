import type { Actor } from '../../access/actor.ts'
import { translate, type Key } from '../../i18n.ts'
import type { Params } from '../../lib/refused.ts'

type Outcome = { number: string; rule?: string; reason?: Key; params?: Params }

/** What became of each of many customers, in words; those not done come first. */
export function asOutcomes(
  actor: Actor,
  outcomes: Outcome[],
  names: Map<string, string>,
  words: { done: string; left: string },
) {
  const t = translate[actor.language]
  const rows = outcomes.map(({ number, rule, reason, params }) => ({
    number,
    name: names.get(number) ?? null,
    tone: reason ? 'bad' : 'ok',
    word: reason ? words.left : words.done,
    sentence: reason ? t(reason, params) : '',
    rule: rule ? { id: rule } : null,
  }))
  return [...rows.filter(({ tone }) => tone === 'bad'), ...rows.filter(({ tone }) => tone === 'ok')]
}
