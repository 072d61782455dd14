import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate } from '../i18n.ts'
import { kindWord } from './kinds.ts'
import type { OfCustomer } from './queries.ts'
import { isForecast } from './reckoned.ts'
import { deadlineTag } from './tag.ts'

/** The clocks in the margin of what they are about (views/deadlines/section.ejs). */
export function deadlinesSection(actor: Actor, deadlines: OfCustomer[], now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const opens = mayEver(actor, 'deadlines.view')
  return deadlines.map((deadline) => ({
    word: t(kindWord(deadline.kind)),
    href: opens ? `/deadlines/${deadline.id}` : null,
    rule: deadline.rule,
    tag: deadlineTag(t, deadline, now, calendar),
    forecast: isForecast(calendar, deadline) ? t('deadlines:reckoned.forecast') : null,
  }))
}
