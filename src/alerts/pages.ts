import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { AlertKind } from '../../prisma/client/enums.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { AlertsQuery } from './forms.ts'
import type { Alert } from './queries.ts'
import { alertSentence, tones } from './sentences.ts'

export function listPage(actor: Actor, query: AlertsQuery, { rows, more }: { rows: Alert[]; more: boolean }) {
  const t = translate[actor.language]
  const { before, ...kept } = query
  const conditions = Object.entries(kept).filter((entry): entry is [string, NonNullable<(typeof entry)[1]>] =>
    Boolean(entry[1]),
  )
  const address = (change: Record<string, string> = {}) =>
    `/alerts?${new URLSearchParams({ ...Object.fromEntries(conditions), ...change })}`
  const choice = (name: 'kind' | 'state', values: readonly string[]) => ({
    name,
    label: t(`alerts:all.${name}`),
    value: query[name] ?? '',
    options: values.map((value) => ({ value, word: t(`alerts:${name}.${value}` as 'alerts:state.open') })),
  })
  return {
    filters: {
      action: '/alerts',
      choices: [choice('state', ['open', 'settled']), choice('kind', Object.values(AlertKind))],
      ...(conditions.length > 0 ? { clear: '/alerts' } : {}),
    },
    rows: rows.map((alert) => ({ ...lineOf(alert, t), href: `/alerts/${alert.id}` })),
    pager: {
      words: t('alerts:pageWords', { n: rows.length }),
      ...(before ? { previous: address() } : {}),
      ...(more ? { next: address({ before: String(rows.at(-1)!.id) }) } : {}),
    },
    nothing: conditions.length > 0 ? noneLike(t) : { heading: t('alerts:none'), hint: t('alerts:noneHint') },
  }
}

const noneLike = (t: Translate) => ({
  heading: t('alerts:noneLike'),
  hint: t('alerts:noneLikeHint'),
  next: { href: '/alerts', word: t('alerts:clear') },
})

function lineOf(alert: Alert, t: Translate) {
  const { kind, at, seenAt, staff } = alert
  return {
    at: dateTimeText(at),
    datetime: at.toISOString(),
    kind: t(`alerts:kind.${kind}`),
    sentence: alertSentence(t, alert),
    person: staff ? { name: staff.name, number: staff.number } : null,
    state: { tone: seenAt ? 'ok' : tones[kind], word: t(`alerts:state.${seenAt ? 'settled' : 'open'}`) },
  }
}

export function alertPage(actor: Actor, alert: Alert, alike: number) {
  const t = translate[actor.language]
  const own = alert.staffId === actor.id
  const { person, ...line } = lineOf(alert, t)
  const maySettle = mayEver(actor, 'alerts.settle') && !alert.seenAt
  return {
    alert: { ...line, advice: t(`alerts:advice.${alert.kind}`) },
    settle: maySettle && !own ? `/alerts/${alert.id}/settle` : null,
    alike: alike > 0 ? t('alerts:alike', { n: alike }) : null,
    own: maySettle && own ? t('alerts:own') : null,
    facts: [
      {
        label: t('alerts:fact.person'),
        value: person ? `${person.name} ${person.number}` : '',
        ...hrefOf(actor, person),
      },
      { label: t('alerts:fact.at'), value: line.at },
      ...(alert.seenAt
        ? [
            { label: t('alerts:fact.seenBy'), value: alert.seenBy?.name ?? '' },
            { label: t('alerts:fact.seenAt'), value: dateTimeText(alert.seenAt) },
            { label: t('alerts:field.note'), value: alert.note ?? '', wide: true, lines: true },
          ]
        : []),
    ],
    ways: waysOf(actor, alert, t),
  }
}

const hrefOf = (actor: Actor, person: Alert['staff']) =>
  person && mayEver(actor, 'staff.view') ? { href: `/staff/${person.number}` } : {}

/** Where to look further, as far as it is open to this person. */
function waysOf(actor: Actor, { kind, staff, at }: Alert, t: Translate) {
  const way = (href: string, word: string, open: boolean) => (open ? [{ href, word }] : [])
  if (kind === 'trail_broken') return way('/audit/seals', t('alerts:way.seals'), mayEver(actor, 'audit.seals'))
  if (kind === 'backup_failed') return way('/backups', t('alerts:way.backups'), mayEver(actor, 'backups.view'))
  const [day, time] = [dateText(at), dateTimeText(at).slice(11)]
  const trail = `/audit?${new URLSearchParams({ ...(staff ? { person: staff.number } : { kind: 'access' }), until: day, hour: time })}`
  return way(trail, t('alerts:way.trail'), mayEver(actor, 'audit.view'))
}
