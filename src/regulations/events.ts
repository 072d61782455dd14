import type { RuleEffect } from '../../prisma/client/enums.ts'
import { pool, type Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'

/**
 * RULE-01: what a rule did. `place` is a page's address pattern (/customers/new) or a deadline's kind; `n` counts what
 * happened at once.
 */
export type RuleEvent = {
  rule: string
  effect: RuleEffect
  place: string
  subject?: string
  actorId?: bigint
  n?: number
}

/** Outside a transaction, because what a rule stopped leaves none: one insert, however many rules. */
export async function recordRuleEvents(events: RuleEvent[], now: Date): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ actorId, ...event }) => ({
    ...event,
    n: event.n ?? 1,
    actor: actorId === undefined ? null : String(actorId),
  }))
  await pool.query(
    `insert into rule_event (at, rule, effect, place, subject, actor_id, n)
     select $1, rule, effect::rule_effect, place, subject, actor::bigint, n
     from json_to_recordset($2::json) as v(rule text, effect text, place text, subject text, actor text, n int)`,
    [now, JSON.stringify(rows)],
  )
}

/** With the change that it belongs to. */
export async function ruleEventsIn(tx: Tx, events: RuleEvent[], now: Date): Promise<void> {
  if (events.length > 0) await tx.ruleEvent.createMany({ data: events.map((event) => ({ ...event, at: now })) })
}

/** One event for each rule that refused, whatever the number of its reasons. */
export function stops(refusals: readonly Pick<Refusal, 'rule'>[], where: Omit<RuleEvent, 'rule' | 'effect'>) {
  return [...new Set(refusals.map(({ rule }) => rule))].map((rule): RuleEvent => ({
    ...where,
    rule,
    effect: 'stopped',
  }))
}

/** The same of many things tried at once: one event for each rule, with how many it stopped. */
export function stopsOfMany(outcomes: readonly { rule?: string }[], where: Omit<RuleEvent, 'rule' | 'effect' | 'n'>) {
  const stopping = outcomes.flatMap(({ rule }) => rule ?? [])
  return stops(
    stopping.map((rule) => ({ rule })),
    where,
  ).map((event) => ({ ...event, n: stopping.filter((one) => one === event.rule).length }))
}
