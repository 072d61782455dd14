import type { Actor } from '../access/actor.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { eventLines } from './events.ts'
import { kindWord } from './kinds.ts'
import { actingOf, climbText, roleWord, whatOf } from './pages.ts'
import { reckoningOf } from './reckoned.ts'
import type { Delivery, DeadlineRecord } from './record.ts'
import type { DeadlineRow } from './rows.ts'
import { stateOf, stepAt } from './rules.ts'
import { deadlineTag, endText, momentText } from './tag.ts'

export function recordPage(actor: Actor, row: DeadlineRow, record: DeadlineRecord, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const what = whatOf(row, t)
  return {
    heading: t('deadlines:heading', { kind: t(kindWord(row.kind)), what }),
    tag: deadlineTag(t, { ...row, pauses: record.pauses }, now, calendar),
    rule: { id: row.rule },
    facts: [
      { label: t('deadlines:fact.what'), value: what, ...(hrefOf(row) ? { href: hrefOf(row) } : {}) },
      { label: t('deadlines:fact.owner'), value: actingOf(row, actor.language) },
      { label: t('deadlines:fact.started'), value: dateTimeText(row.startedAt) },
      { label: t('deadlines:fact.due'), value: endText(row.dueAt) },
      { label: t('deadlines:fact.state'), value: t(`deadlines:is.${stateOf(row, now)}`) },
      { label: t('deadlines:fact.ended'), value: endedText(row) },
      {
        label: t('deadlines:fact.breached'),
        value: row.breachedAt ? t('deadlines:breached', { due: endText(row.breachedAt) }) : t('deadlines:notBreached'),
      },
      {
        label: t('deadlines:fact.version'),
        value: row.version === null ? t('deadlines:firstVersion') : t('deadlines:version', { n: row.version }),
      },
    ],
    reckoning: reckoningOf(t, row, record.pauses, now, calendar),
    pauses: record.pauses.map(({ fromAt, untilAt, reason, by }) => ({
      from: dateTimeText(fromAt),
      until: untilAt ? dateTimeText(untilAt) : t('deadlines:stillPaused'),
      reason,
      by,
    })),
    steps: stepsOf(actor, row, record, now, calendar),
    events: [...eventLines(actor, record.events, now), startedLine(t, row, now)],
  }
}

/** Whoever sees the customer need not see what a colleague has to do about it. */
function hrefOf({ subject, task, complaint, number, step, plan, visit, release }: DeadlineRow): string | null {
  if (complaint) return `/complaints/${complaint.number}`
  if (step) return `/approvals/${step.number}`
  if (subject.startsWith('visit_plan_of:')) return plan ? `/visits/plans/${plan}` : planToCome(subject)
  if (visit) return `/visits/${visit}`
  if (release) return `/releases/${release}`
  return task ? `/tasks/${task}` : number ? `/customers/${number}` : null
}

/** VIS-01: it runs before there is a plan. */
const planToCome = (subject: string) => `/visits/plans?month=${subject.slice(-7)}`

const endedText = ({ metAt, cancelledAt }: DeadlineRow) => {
  const ended = metAt ?? cancelledAt
  return ended ? dateTimeText(ended) : ''
}

/** The ladder as it was climbed, whom each rung reached and by which way; then the rungs that are still to come. */
function stepsOf(actor: Actor, row: DeadlineRow, record: DeadlineRecord, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const climbed = record.events
    .filter(({ kind }) => kind === 'escalated')
    .map(({ at, detail }) => ({
      at: dateTimeText(at),
      to: climbText(detail as never, t, actor.language),
      failed: detail['state'] === 'failed',
      reason: detail['state'] === 'failed' ? t('deadlines:nobody') : '',
      people: peopleOf(t, record.deliveries, at, (detail['staff'] as string[] | undefined) ?? []),
    }))
    .reverse()
  const open = row.metAt === null && row.cancelledAt === null
  // A due moment that was moved is climbed from the first rung again.
  const done = row.breachedAt && now > row.dueAt ? climbedTo(record) : 0
  const coming = record.ladder.slice(open ? done : record.ladder.length).map(({ to }, at) => ({
    at: endText(stepAt(calendar, row.dueAt, record.ladder[done + at]!)),
    to: t('deadlines:climb.coming', { rung: done + at + 1, role: roleWord(to, actor.language) }),
    coming: true,
    people: [],
  }))
  return [...climbed, ...coming]
}

function climbedTo({ events }: DeadlineRecord): number {
  const last = events.find(({ kind }) => kind === 'escalated')
  return Number(last?.detail['rung'] ?? 0)
}

function peopleOf(t: Translate, deliveries: Delivery[], at: Date, staff: string[]) {
  return deliveries
    .filter((one) => one.at.getTime() === at.getTime() && staff.includes(one.staff))
    .map(({ name, read, mail, waits }) => {
      const seen = t(read ? 'deadlines:delivery.read' : 'deadlines:delivery.told')
      const mailed = mail
        ? t(`deadlines:delivery.${mail}`)
        : waits
          ? t('deadlines:delivery.waiting')
          : t('deadlines:delivery.noMail')
      return { name, how: `${seen}${t('web:comma')}${mailed}`, failed: mail === 'failed' }
    })
}

function startedLine(t: Translate, { startedAt }: DeadlineRow, now: Date) {
  return { at: momentText(startedAt, now), datetime: startedAt.toISOString(), sentence: t('deadlines:event.started') }
}
