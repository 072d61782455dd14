import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { actionSentence } from '../audit/actions.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { ListQuery } from './forms.ts'
import type { Agreement, historyOf } from './queries.ts'
import { partyName } from './queries.ts'
import { parties, standingOf, standings, type Standing } from './rules.ts'

const tones = { in_force: 'ok', soon: 'warn', planned: 'wait', over: 'bad', ended: 'bad' } as const

const stateOf = (agreement: Agreement, now: Date, t: Translate) => {
  const standing = standingOf(agreement, dateText(now))
  return { tone: tones[standing], word: t(`agreements:standing.${standing}`) }
}

export function listPage(
  actor: Actor,
  query: ListQuery,
  found: { rows: Agreement[]; more: boolean },
  { counts, lacking }: { counts: Record<Standing, number>; lacking: number },
  now: Date,
) {
  const t = translate[actor.language]
  const { before, ...kept } = query
  const set = Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const address = (change: Record<string, string>) =>
    `/agreements?${new URLSearchParams({ ...Object.fromEntries(set), ...change })}`
  const way = (to: Record<string, string>) => `/agreements?${new URLSearchParams(to)}`
  return {
    tabs: archiveTabs(actor, '/agreements'),
    may: mayEver(actor, 'agreements.manage'),
    lacking: lacking > 0 ? t('agreements:lackingSome', { n: lacking }) : null,
    views: [
      { href: '/agreements', word: t('agreements:all'), current: !query.standing },
      ...standings.map((value) => ({
        href: way({ standing: value }),
        word: t(`agreements:standing.${value}`),
        count: counts[value],
        current: query.standing === value,
      })),
    ],
    filters: {
      action: '/agreements',
      find: { name: 'q', value: query.q, label: t('agreements:find') },
      choices: [
        {
          name: 'party',
          label: t('agreements:anyParty'),
          value: query.party ?? '',
          options: parties.map((value) => ({ value, word: t(`agreements:party.${value}`) })),
        },
      ],
      kept: query.standing ? { standing: query.standing } : {},
      ...(set.length > 0 ? { clear: '/agreements' } : {}),
    },
    rows: found.rows.map((one) => rowOf(one, now, t)),
    pager: {
      words: t('agreements:pageWords', { n: found.rows.length }),
      ...(before ? { previous: address({}) } : {}),
      ...(found.more ? { next: address({ before: String(found.rows.at(-1)!.id) }) } : {}),
    },
    nothing:
      set.length > 0
        ? { heading: t('agreements:noneLike'), next: { href: '/agreements', word: t('agreements:clear') } }
        : { heading: t('agreements:none'), hint: t('agreements:noneHint') },
  }
}

function rowOf(agreement: Agreement, now: Date, t: Translate) {
  const { number, party, staff, fromOn, untilOn, fileName } = agreement
  return {
    number,
    href: `/agreements/${number}`,
    party: t(`agreements:party.${party}`),
    name: partyName(agreement),
    of: staff?.number ?? '',
    period: periodOf({ fromOn, untilOn }, t),
    scan: fileName ? t('agreements:scanThere') : t('agreements:scanNone'),
    state: stateOf(agreement, now, t),
  }
}

const periodOf = ({ fromOn, untilOn }: Pick<Agreement, 'fromOn' | 'untilOn'>, t: Translate) =>
  untilOn
    ? t('agreements:period', { from: dayText(fromOn), until: dayText(untilOn) })
    : t('agreements:openPeriod', { from: dayText(fromOn) })

type Line = Awaited<ReturnType<typeof historyOf>>[number]

export function agreementPage(actor: Actor, agreement: Agreement, lines: Line[], now: Date) {
  const t = translate[actor.language]
  const { number, party, staff, scope, duties, liability, signedOn, fileName, endedAt, endReason } = agreement
  const may = mayEver(actor, 'agreements.manage') && !endedAt
  const text = (name: 'scope' | 'duties' | 'liability', value: string) => ({
    label: t(`agreements:field.${name}`),
    value,
    wide: true,
    lines: true,
  })
  return {
    tabs: archiveTabs(actor, '/agreements'),
    number,
    name: partyName(agreement),
    state: stateOf(agreement, now, t),
    facts: [
      { label: t('agreements:field.party'), value: t(`agreements:party.${party}`) },
      { label: t('agreements:field.name'), value: [partyName(agreement), staff?.number].filter(Boolean).join(' ') },
      { label: t('agreements:field.signedOn'), value: dayText(signedOn) },
      { label: t('agreements:field.period'), value: periodOf(agreement, t) },
      { label: t('agreements:field.recordedBy'), value: agreement.recordedBy.name },
      { label: t('agreements:field.recordedAt'), value: dateTimeText(agreement.recordedAt) },
      ...(endedAt
        ? [
            { label: t('agreements:field.endedAt'), value: dateTimeText(endedAt) },
            { label: t('agreements:field.endReason'), value: endReason ?? '', wide: true, lines: true },
          ]
        : []),
      text('scope', scope),
      text('duties', duties),
      text('liability', liability),
    ],
    scan: fileName ? { name: fileName, href: `/agreements/${number}/scan` } : null,
    correct: may ? `/agreements/${number}/correction` : null,
    end: may ? `/agreements/${number}/end` : null,
    items: lines.map((line) => historyItem(line, actor, t)),
  }
}

const fields = ['scope', 'duties', 'liability', 'signedOn', 'fromOn', 'untilOn', 'scan'] as const

function historyItem({ at, actorName, action, why, before, after }: Line, { language }: Actor, t: Translate) {
  const [old, next] = [before, after].map((held) => (held ?? {}) as Record<string, unknown>)
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : '—')
  const changes = fields
    .filter((name) => action === 'agreement.corrected' && name in old! && old![name] !== next![name])
    .map((name) => `${t(`agreements:field.${name}`)} ${text(old![name])} → ${text(next![name])}`)
  const more = [...(why ? [t('agreements:why', { why })] : []), ...changes].join(t('agreements:semicolon'))
  return {
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorName,
    sentence: actionSentence(language, action),
    ...(more ? { more } : {}),
  }
}
