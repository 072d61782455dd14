import type { RuleEffect, Trade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db } from '../db.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import { isRule, type RuleId } from './register.ts'

export const daysCounted = 30

export function ruleFor(_actor: Actor, id: string): Promise<RuleId> {
  return isRule(id) ? Promise.resolve(id) : Promise.reject(new NotFound())
}

export async function companyTrade(): Promise<Trade> {
  return (await db.company.findUnique({ where: { id: 1 }, select: { trade: true } }))?.trade ?? 'general'
}

/** The beginnings of the last 30 days, today's the last. */
export function dayStarts(now: Date): Date[] {
  const today = dateText(now)
  return Array.from({ length: daysCounted }, (_, at) => dayStart(today, at - daysCounted + 1))
}

export type Counts = { [E in RuleEffect]: number }
const none: Counts = { stopped: 0, reminded: 0, breached: 0 }
export const sum = ({ stopped, reminded, breached }: Counts) => stopped + reminded + breached

/** RULE-01: what every rule did in the last 30 days. */
export async function countsByRule(now: Date): Promise<(rule: string) => Counts> {
  const rows = await ask<Counts & { rule: string }>`
    select rule, coalesce(sum(n) filter (where effect = 'stopped'), 0)::int as stopped,
      coalesce(sum(n) filter (where effect = 'reminded'), 0)::int as reminded,
      coalesce(sum(n) filter (where effect = 'breached'), 0)::int as breached
    from rule_event where at >= ${dayStarts(now)[0]!} and at <= ${now} group by rule`
  return (rule) => rows.find((row) => row.rule === rule) ?? none
}

/** The same of one rule, by place and by day: `day` counts from 1, the first of the thirty. */
export function countsOf(rule: RuleId, now: Date) {
  const days = dayStarts(now)
  return ask<{ place: string; effect: RuleEffect; day: number; n: number }>`
    select place, effect, width_bucket(at, ${days}::timestamptz[]) as day, sum(n)::int as n
    from rule_event where rule = ${rule} and at >= ${days[0]!} and at <= ${now} group by 1, 2, 3`
}

export type RuleCount = Awaited<ReturnType<typeof countsOf>>[number]

/** Approved versions of all rules, oldest first. */
export function approvedVersions() {
  return db.regulationVersion.findMany({
    where: { n: { not: null }, inForceAt: { not: null } },
    orderBy: [{ rule: 'asc' }, { n: 'asc' }],
    select: { rule: true, n: true, inForceAt: true },
  })
}

export async function versionsOf(rule: RuleId) {
  const rows = await db.regulationVersion.findMany({
    where: { rule, n: { not: null }, inForceAt: { not: null } },
    orderBy: { n: 'asc' },
    select: {
      n: true,
      values: true,
      inForceAt: true,
      change: {
        select: {
          number: true,
          reason: true,
          preset: true,
          draftedAt: true,
          decidedAt: true,
          draftedBy: { select: { name: true } },
          decidedBy: { select: { name: true } },
        },
      },
    },
  })
  return rows.map(({ n, inForceAt, values, ...row }) => ({
    ...row,
    n: n!,
    inForceAt: inForceAt!,
    values: values as Record<string, unknown>,
  }))
}
export type Version = Awaited<ReturnType<typeof versionsOf>>[number]

/** The rule's own lines of the trail, newest first. */
export function trailOf(rule: RuleId) {
  return db.auditEntry.findMany({
    where: { subject: `regulation:${rule}`, kind: 'change' },
    orderBy: { id: 'desc' },
    take: 8,
    select: { id: true, at: true, actorId: true, actorName: true, action: true, why: true, after: true },
  })
}

/** Rules with a change that waits for its verdict. */
export async function rulesWaiting(): Promise<ReadonlySet<string>> {
  const found = await db.regulationVersion.findMany({ where: { change: { state: 'waiting' } }, select: { rule: true } })
  return new Set(found.map(({ rule }) => rule))
}
