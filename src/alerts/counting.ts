import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { ask, pool } from '../db.ts'

const hour = 3_600_000

export const anHourBefore = (now: Date) => new Date(now.getTime() - hour)

/** The hour in which the same alert about the same person is made once. */
export const hourOf = (now: Date) => now.toISOString().slice(0, 13)

/**
 * How many customers a person has read in the last hour, each once: opened, printed, shown in full; and the rows of
 * exports. The trail is the count: nothing is kept besides. Lines of this hour alone are looked at, by their numbers.
 */
export async function customersRead(staffId: bigint, since: Date): Promise<number> {
  const [row] = await ask<{ n: number }>`
    select (count(distinct subject) filter (where subject like 'customer:%')
      + coalesce(sum((after ->> 'rows')::int) filter (where action like 'customer.export_%'), 0))::int as n
    from audit_entry
    where actor_id = ${staffId} and kind = 'read' and at > ${since}::timestamptz
      and id >= coalesce((select id from audit_entry where at > ${since}::timestamptz order by at limit 1), 0)`
  return row!.n
}

/** Are the last so many things that this person did in the hour all refusals? */
export async function refusedInARow(staffId: bigint, since: Date, most: number): Promise<boolean> {
  const [row] = await ask<{ n: number }>`
    select count(*)::int as n from (
      select action, at from audit_entry where actor_id = ${staffId} order by id desc limit ${most}::int) as last
    where action = 'access.refused' and at > ${since}::timestamptz`
  return row!.n >= most
}

/** Were the last so many attempts to sign in as this person all refused? */
export async function attemptsInARow(subject: string, since: Date, most: number): Promise<boolean> {
  const [row] = await ask<{ n: number }>`
    select count(*)::int as n from (
      select action, at from audit_entry
      where subject = ${subject} and action in ('session.refused', 'session.started') order by id desc limit ${most}::int) as last
    where action = 'session.refused' and at > ${since}::timestamptz`
  return row!.n >= most
}

/** Adds to the searches of an hour, which begins with its first one, for all processes together; how many there are. */
export async function addSearches(staffId: bigint, n: number): Promise<number> {
  const counter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'sign_in_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: 'searches',
    points: 1,
    duration: hour / 1000,
  })
  return (await counter.penalty(String(staffId), n)).consumedPoints
}
