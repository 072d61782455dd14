import type { Block } from '../../documents/paper.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { joined, nameIn, tableOf, type Source } from './blocks.ts'

type Event = { at: Date | null; step: string; who?: string | undefined; note?: string | null }
type Happened = Event & { at: Date }

/** CMP-07: the steps as they were taken, one line each. */
export function courseBlock(source: Source): Block {
  const { t } = source
  const columns = [
    { title: t('papers:column.at'), width: 32 },
    { title: t('papers:column.step'), width: 28 },
    { title: t('papers:column.who'), width: 28 },
    { title: t('papers:column.note') },
  ]
  const happened = (events: Event[]) => events.filter((event): event is Happened => event.at !== null)
  const beside = happened([...levelEvents(source), ...turnsOf(source)])
  const events = [
    ...inCourse(happened(stepsOf(source))),
    ...beside.map((event) => ({ ...event, place: +event.at })),
  ].toSorted((one, other) => one.place - other.place)
  const rows = events.map(({ at, step, who, note }) => [dateTimeText(at), step, who ?? '', note ?? ''])
  return tableOf(t, columns, rows)
}

const minuteOf = (ms: number) => Math.floor(ms / 60_000)

/** What was told is known to the minute: within one, it stands behind the step before it, though that came seconds later. */
export function inCourse<Step extends { at: Date }>(steps: readonly Step[]): (Step & { place: number })[] {
  let last = 0
  return steps.map((step) => {
    const own = step.at.getTime()
    const place = own < last && minuteOf(own) === minuteOf(last) ? last : own
    last = Math.max(last, place)
    return { ...step, place }
  })
}

function stepsOf({ t, complaint, content }: Source): Event[] {
  const { receivedAt, receivedBy, judgedAt, founded, owner, outcome, report } = { ...complaint, report: content.report }
  const verdict = founded === null ? '' : t(founded ? 'papers:word.founded' : 'papers:word.unfounded')
  return [
    {
      at: receivedAt,
      step: t('papers:event.received'),
      who: receivedBy.name,
      note: t(`complaints:channel.${complaint.channel}`),
    },
    {
      at: complaint.assignedAt,
      step: t('papers:event.assigned'),
      note: joined(t, [complaint.department?.name, owner?.name]),
    },
    { at: judgedAt, step: t('papers:event.judged'), who: nameIn(content, complaint.judgedById), note: verdict },
    { at: report?.finishedAt ?? null, step: t('papers:event.reported'), who: nameIn(content, report?.byId ?? null) },
    ...content.remedies.flatMap((remedy) => [
      {
        at: remedy.proposedAt,
        step: t('papers:event.proposed'),
        who: remedy.proposedBy.name,
        note: t('papers:word.round', { round: remedy.round }),
      },
      { at: remedy.decidedAt, step: t('papers:event.decided'), note: t(`papers:remedyState.${remedy.state}`) },
    ]),
    { at: complaint.toldAt, step: t('papers:event.told') },
    { at: complaint.askedAt, step: t('papers:event.asked') },
    {
      at: complaint.closedAt,
      step: t('papers:event.closed'),
      who: nameIn(content, complaint.closedById),
      note: outcome && t(`complaints:outcome.${outcome}`),
    },
  ]
}

function levelEvents({ t, content }: Source): Event[] {
  return content.levels.map(({ at, kind, before, after, reason, facts, byId }) => {
    const to = t(`complaints:level.${after}`)
    const level = before ? t('papers:word.levelFrom', { before: t(`complaints:level.${before}`), after: to }) : to
    const why =
      kind === 'computed'
        ? joined(t, [...new Set(facts.map((one) => t(`papers:facts.${one as 'hazard'}`)))])
        : t(`papers:word.${kind}`, { reason: reason ?? '' })
    return {
      at,
      step: t('papers:event.level'),
      who: nameIn(content, byId),
      note: [level, why].filter(Boolean).join(' · '),
    }
  })
}

/** What held it up or brought it back. */
function turnsOf({ t, content }: Source): Event[] {
  return [
    ...content.pauses.map(({ fromAt, untilAt, mostUntil, reason, byId }) => ({
      at: fromAt,
      step: t('papers:event.paused'),
      who: nameIn(content, byId),
      note: t('papers:word.until', { time: dateTimeText(untilAt ?? mostUntil), reason }),
    })),
    ...content.escalations.map(({ at, words, byId }) => ({
      at,
      step: t('papers:event.escalated'),
      who: nameIn(content, byId),
      note: words,
    })),
    ...content.reopenings.map(({ at, reason, byId }) => ({
      at,
      step: t('papers:event.reopened'),
      who: nameIn(content, byId),
      note: reason,
    })),
  ]
}
