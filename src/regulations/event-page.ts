import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { EventsQuery } from './forms.ts'
import { placeOf } from './places.ts'
import { seesOthers, type FoundEvents } from './event-queries.ts'
import type { Counts } from './queries.ts'
import type { RuleId } from './register.ts'
import { titleOf } from './texts.ts'

const effects = ['stopped', 'reminded', 'breached'] as const

export function eventsPage(actor: Actor, rule: RuleId, query: EventsQuery, found: FoundEvents, counts: Counts) {
  const { language } = actor
  const t = translate[language]
  const { rows, more, all, listed, people, named } = found
  const address = (change: object) => {
    const filled = Object.entries({ effect: query.effect, ...change }).filter(([, value]) => value !== '')
    const search = new URLSearchParams(filled as [string, string][]).toString()
    return `/regulations/${rule}/events${search ? `?${search}` : ''}`
  }
  const total = effects.reduce((sum, effect) => sum + counts[effect], 0)
  return {
    rule,
    heading: `${rule} ${titleOf(language, rule)}`,
    tabs: [
      { href: address({ effect: '' }), word: t('regulations:events.all'), count: total, current: query.effect === '' },
      ...effects.map((effect) => ({
        href: address({ effect }),
        word: t(`regulations:happened.${effect}`),
        count: counts[effect],
        current: query.effect === effect,
      })),
    ],
    scope: seesOthers(actor)
      ? t('regulations:events.whole', { n: all })
      : t('regulations:events.own', { n: listed, rest: all - listed }),
    rows: rows.map(({ at, effect, place, subject, actorId, n }) => ({
      at: dateTimeText(at),
      datetime: at.toISOString(),
      what: t(`regulations:happened.${effect}`),
      n: t('regulations:times', { n }),
      who: actorId
        ? (people.get(actorId) ?? '')
        : t(effect === 'stopped' ? 'regulations:events.visitor' : 'regulations:events.system'),
      place: placeOf(actor, t, place),
      subject: subjectOf(actor, subject, named),
    })),
    pager: {
      words: t('regulations:times', { n: listed }),
      ...(more ? { next: address({ before: String(rows.at(-1)!.id) }) } : {}),
    },
    nothing: {
      heading: t(all > listed ? 'regulations:events.noneOwn' : 'regulations:events.none'),
      hint: t(all > listed ? 'regulations:events.noneOwnHint' : 'regulations:events.noneHint'),
      next: { href: `/regulations/${rule}`, word: t('regulations:events.back') },
    },
  }
}

function subjectOf(actor: Actor, subject: string | null, named: FoundEvents['named']): { word: string; href?: string } {
  if (!subject) return { word: '' }
  const found = named.get(subject)
  if (found) return found
  return { word: subject.startsWith('customer:') ? translate[actor.language]('regulations:events.hidden') : '' }
}
