import type { Actor } from '../access/actor.ts'
import { inboxCounts, inboxFor, lateTo, type InboxCount, type InboxRow } from '../approvals/inbox.ts'
import { kindOf, wordOf } from '../approvals/kinds.ts'
import { titlesFor, type Titles } from '../approvals/titles.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { capped, type Queue } from './queues.ts'

export type ToApprove = { queues: { count: InboxCount; first: InboxRow }[]; titles: Titles }

/** APR-03: what waits for this person's signature, by kind, each with what has waited longest. */
export async function toApprove(actor: Actor, now: Date): Promise<ToApprove> {
  // Most pages end here: the number beside 审批 is known already.
  if (actor.waiting === 0) return { queues: [], titles: new Map() }
  const [counts, oldest] = await Promise.all([inboxCounts(actor, now), inboxFor(actor, {}, now)])
  const found = await Promise.all(
    counts.map(async (count) => {
      const { kind } = count
      const first = oldest.rows.find((row) => row.kind === kind) ?? (await inboxFor(actor, { kind }, now)).rows[0]
      return first ? [{ count, first }] : []
    }),
  )
  const queues = found.flat()
  const titles = await titlesFor(
    actor,
    queues.map(({ first }) => first),
    now,
  )
  return { queues, titles }
}

export function approvalQueues(t: Translate, { queues, titles }: ToApprove, now: Date, calendar: Calendar): Queue[] {
  return queues.map(({ count: { kind, count, late }, first }) => {
    const list = `/approvals?kind=${kind}`
    const word = late > 0 ? t('home:approvalsLate', { n: late < lateTo ? late : `${lateTo}+` }) : t('home:tag.deciding')
    return {
      count: capped(count),
      word: t(`approvals:kind.${wordOf(kind)}`),
      rule: { id: kindOf(kind).rule },
      list,
      oldest: titles.get(first.id) ?? first.reason ?? first.number,
      href: `/approvals/${first.number}`,
      what: t('home:approvalsOldest', { at: dateTimeText(first.filedAt), person: first.filedBy }),
      act: { href: list, word: t('home:approve') },
      tag: { tone: late > 0 ? 'bad' : 'wait', word },
      ...(first.clock ? { deadline: deadlineTag(t, first.clock, now, calendar) } : {}),
    }
  })
}
