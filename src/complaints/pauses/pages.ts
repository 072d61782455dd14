import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { isKind as isApproval, wordOf } from '../../approvals/kinds.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { kindWord } from '../../deadlines/kinds.ts'
import { isForecast } from '../../deadlines/reckoned.ts'
import { stateOf } from '../../deadlines/rules.ts'
import { deadlineTag, endText } from '../../deadlines/tag.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { pausedClocks } from '../clocks.ts'
import type { Complaint } from '../queries.ts'
import type { ClockRow, PauseRow, Standing } from './queries.ts'
import { mostUntil, pauseProblem } from './rules.ts'
import { minutesText, usedParams } from './spans.ts'

/** The clocks of a complaint, each with how it stands or how it ended; what was missed stays. */
export function clockLines(actor: Actor, clocks: ClockRow[], now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const opens = mayEver(actor, 'deadlines.view')
  return clocks.map((clock) => ({
    word: clockWord(t, clock),
    href: clock.step ? `/approvals/${clock.step.number}` : opens ? `/deadlines/${clock.id}` : null,
    rule: clock.rule,
    tag: deadlineTag(t, clock, now, calendar),
    note: noteOf(t, clock, now) ?? (isForecast(calendar, clock) ? t('deadlines:reckoned.forecast') : null),
  }))
}

function clockWord(t: Translate, { kind, step }: ClockRow): string {
  if (step && isApproval(step.kind)) return t('pauses:clock.stepOf', { kind: t(`approvals:kind.${wordOf(step.kind)}`) })
  return t(kindWord(kind))
}

/** Of one whose tag does not say it: moved to a later moment, or ended for another reason. */
function noteOf(t: Translate, clock: ClockRow, now: Date): string | null {
  const state = stateOf(clock, now)
  if (!clock.breachedAt || state === 'overdue' || state === 'late') return null
  return t('pauses:clock.missed', { due: endText(clock.breachedAt) })
}

export function pauseLines(t: Translate, pauses: PauseRow[]) {
  return pauses.map(({ fromAt, untilAt, mostUntil: last, reason, by, endedBy }) => ({
    since: t('pauses:pause.since', { from: dateTimeText(fromAt), reason }),
    by: t('pauses:pause.by', { by }),
    running: untilAt === null,
    until: endingText(t, { untilAt, last, endedBy }),
  }))
}

function endingText(
  t: Translate,
  { untilAt, last, endedBy }: { untilAt: Date | null; last: Date; endedBy: string | null },
): string {
  if (untilAt === null) return t('pauses:pause.endsAt', { until: endText(last) })
  const until = endText(untilAt)
  if (endedBy) return t('pauses:pause.endedBy', { until, by: endedBy })
  return t(untilAt.getTime() === last.getTime() ? 'pauses:pause.byItself' : 'pauses:pause.ended', { until })
}

export function pausePage(actor: Actor, complaint: Complaint, standing: Standing, clocks: ClockRow[], now: Date) {
  const t = translate[actor.language]
  const { allowance, calendar } = standing
  const { number, title, version } = complaint
  const problem = pauseProblem({ ...complaint, reached: standing.reached }, allowance)
  const { times, timesLeft, used, left } = allowance
  const text = (minutes: number) => minutesText(t, calendar, minutes, now)
  return {
    complaint: { number, title, version },
    problem: problem
      ? { text: t(`pauses:why.${problem}`, usedParams(actor, standing, now)), rule: { id: 'CMP-21' } }
      : null,
    allowance: t('pauses:pause.left', { times, timesLeft, used: text(used), left: text(left) }),
    until: t('pauses:pause.until', { until: endText(mostUntil(calendar, allowance, now)) }),
    running: clocks
      .filter(
        ({ kind, metAt, cancelledAt }) => (pausedClocks as readonly string[]).includes(kind) && !metAt && !cancelledAt,
      )
      .map((clock) => ({ word: clockWord(t, clock), rule: clock.rule, tag: deadlineTag(t, clock, now, calendar) })),
  }
}

export function resumptionPage(actor: Actor, { number, title, version, paused }: Complaint, pauses: PauseRow[]) {
  const t = translate[actor.language]
  const problem: Key = 'pauses:refused.notPaused'
  return {
    complaint: { number, title, version },
    problem: paused ? null : { text: t(problem), rule: { id: 'CMP-21' } },
    pauses: pauseLines(t, pauses.slice(-1)),
  }
}
