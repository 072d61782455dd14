import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { ownPath } from '../lib/own-path.ts'
import type { ListQuery } from './forms.ts'
import type { Holder } from './queries.ts'
import { points, standingOf, type Standing } from './rules.ts'

const tones = { none: 'bad', lapsed: 'bad', soon: 'warn', valid: 'ok' } as const

/** Good to the last millisecond before `untilAt`, which is midnight: people name the day before. */
const lastDay = (untilAt: Date) => dateText(new Date(untilAt.getTime() - 1))

/** The three prohibitions, each with its own tick. */
export function acknowledgementPage(actor: Actor, next: string | undefined, untilAt: Date | null, now: Date) {
  const t = translate[actor.language]
  const standing = standingOf(untilAt, now)
  const onward = next === undefined ? null : ownPath(next)
  return {
    points: points.map((name) => ({
      name,
      heading: t(`acknowledgements:heading.${name}`),
      text: t(`acknowledgements:point.${name}`),
      tick: t('acknowledgements:tick'),
    })),
    next: onward ?? '',
    state: stateOf(standing, untilAt, t),
    blocked: standing === 'none' || standing === 'lapsed',
    onward: standing === 'valid' || standing === 'soon' ? onward : null,
    asked: standing !== 'valid',
  }
}

/** My own, on my profile. */
export function ownAcknowledgement(actor: Actor, untilAt: Date | null, now: Date) {
  return stateOf(standingOf(untilAt, now), untilAt, translate[actor.language])
}

function stateOf(standing: Standing, untilAt: Date | null, t: Translate) {
  return {
    tone: tones[standing],
    word: t(`acknowledgements:standing.${standing}`),
    until: untilAt ? t('acknowledgements:until', { day: lastDay(untilAt) }) : null,
  }
}

type Found = { rows: Holder[]; more: boolean }

/** Who has and who has not. */
export function listPage(actor: Actor, query: ListQuery, found: Found, counts: Record<Standing, number>, now: Date) {
  const t = translate[actor.language]
  const { standing, after } = query
  const address = (change: Record<string, string>) =>
    `/acknowledgements?${new URLSearchParams({ ...(standing ? { standing } : {}), ...change })}`
  const open = counts.none + counts.lapsed
  return {
    tabs: archiveTabs(actor, '/agreements'),
    views: [
      { href: '/acknowledgements', word: t('acknowledgements:all'), current: !standing, count: sum(counts) },
      ...(['none', 'lapsed', 'soon', 'valid'] as const).map((value) => ({
        href: `/acknowledgements?standing=${value}`,
        word: t(`acknowledgements:standing.${value}`),
        count: counts[value],
        current: standing === value,
      })),
    ],
    rows: found.rows.map((one) => rowOf(one, now, t)),
    remind: mayEver(actor, 'agreements.manage') && open > 0 ? t('acknowledgements:remind', { n: open }) : null,
    pager: {
      words: t('acknowledgements:pageWords', { n: found.rows.length }),
      ...(after ? { previous: address({}) } : {}),
      ...(found.more ? { next: address({ after: found.rows.at(-1)!.number }) } : {}),
    },
  }
}

const sum = (counts: Record<Standing, number>) => Object.values(counts).reduce((all, n) => all + n, 0)

function rowOf({ name, number, department, roles, at, untilAt }: Holder, now: Date, t: Translate) {
  const standing = standingOf(untilAt, now)
  return {
    name,
    number,
    department: department ?? '',
    roles: roles.map((role) => t(`access:role.${role}`)).join(t('web:comma')),
    at: at ? dateTimeText(at) : '',
    until: untilAt ? lastDay(untilAt) : '',
    state: { tone: tones[standing], word: t(`acknowledgements:standing.${standing}`) },
  }
}
