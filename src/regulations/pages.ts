import type { Trade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Language } from '../i18n.ts'
import { yearOf } from '../lib/dates.ts'
import type { IndexQuery } from './forms.ts'
import type { Regulation } from './in-force.ts'
import { parametersOf } from './parameters.ts'
import { sum, type Counts } from './queries.ts'
import { chapters, register, ruleIds, type RuleId } from './register.ts'
import { parameterTitle, plainText, textParts, titleOf } from './texts.ts'
import { presetOf, same, valueText } from './values.ts'

export const views = ['changed', 'stopped', 'differs', 'pending'] as const
export type View = (typeof views)[number]

export type Overview = {
  regulation: Regulation
  trade: Trade
  counts: (rule: string) => Counts
  versions: { rule: string; n: number | null; inForceAt: Date | null }[]
  /** Rules with a change that waits for its verdict. */
  waiting: ReadonlySet<string>
  now: Date
}

/** Which rules belong to a view; "stopped most" also puts them in order. */
function inView(
  view: View,
  { regulation, trade, counts, versions, waiting, now }: Overview,
): (rule: RuleId) => boolean {
  const of = (rule: RuleId) => versions.filter((version) => version.rule === rule)
  if (view === 'stopped') return (rule) => counts(rule).stopped > 0
  if (view === 'pending') return (rule) => waiting.has(rule) || of(rule).some(({ inForceAt }) => inForceAt! > now)
  if (view === 'differs')
    return (rule) => parametersOf(rule).some((name) => !same(regulation.value(name), presetOf(name, trade)))
  return (rule) => of(rule).some(({ inForceAt }) => inForceAt! <= now && yearOf(inForceAt!) === yearOf(now))
}

export function indexPage(actor: Actor, query: IndexQuery, found: Overview) {
  const { language } = actor
  const t = translate[language]
  const rows = ruleIds.map((id) => rowOf(language, id, found))
  const listed = rows
    .filter(({ id }) => query.view === '' || inView(query.view, found)(id))
    .filter(({ chapter }) => query.chapter === '' || chapter === query.chapter)
    .filter(({ haystack }) => haystack.includes(query.q.trim().toLowerCase()))
  if (query.view === 'stopped') listed.sort((a, b) => b.counts.stopped - a.counts.stopped)
  return {
    groups: groupsOf(language, query.view === 'stopped', listed),
    total: listed.length,
    views: [
      viewLink(actor, query, '', ruleIds.length),
      ...views.map((view) => viewLink(actor, query, view, ruleIds.filter(inView(view, found)).length)),
    ],
    filters: filtersOf(language, query),
    mayDraft: mayEver(actor, 'regulations.draft'),
    nothing: {
      heading: t('regulations:none'),
      hint: t('regulations:noneHint'),
      next: { href: '/regulations', word: t('regulations:toAll') },
    },
  }
}

type Row = ReturnType<typeof rowOf>

function rowOf(language: Language, id: RuleId, { regulation, counts }: Overview) {
  const t = translate[language]
  const rule = register[id]
  const text = plainText(textParts(t, language, id, (name) => regulation.value(name)))
  const title = titleOf(language, id)
  const values = parametersOf(id).map((name) => ({
    title: parameterTitle(language, name),
    value: valueText(t, name, regulation.value(name)),
  }))
  const held = counts(id)
  return {
    id,
    title,
    chapter: rule.chapter,
    source: t(`rules:${id}.article`),
    effect: t(`regulations:effect.${rule.effect}`),
    values,
    counts: held,
    happened: sum(held),
    haystack: [id, title, text, ...values.map((one) => one.title)].join(' ').toLowerCase(),
  }
}

/** By chapter; where they stand in an order of their own, all together. */
function groupsOf(language: Language, together: boolean, rows: Row[]) {
  const t = translate[language]
  if (together) return rows.length > 0 ? [{ name: 'all', title: t('regulations:view.stopped'), rows }] : []
  return chapters
    .map((name) => ({ name, title: t(`rules:chapter.${name}`), rows: rows.filter(({ chapter }) => chapter === name) }))
    .filter((group) => group.rows.length > 0)
}

function addressOf(query: Partial<IndexQuery>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== '') as [string, string][]
  return filled.length > 0 ? `/regulations?${new URLSearchParams(filled)}` : '/regulations'
}

function viewLink({ language }: Actor, query: IndexQuery, view: View | '', count: number) {
  const { q, chapter } = query
  return {
    href: addressOf({ q, chapter, view }),
    word: translate[language](`regulations:view.${view === '' ? 'all' : view}`),
    count,
    current: query.view === view,
  }
}

function filtersOf(language: Language, query: IndexQuery) {
  const t = translate[language]
  const { q, chapter, view } = query
  return {
    action: '/regulations',
    find: { name: 'q', value: q, label: t('regulations:find') },
    choices: [
      {
        name: 'chapter',
        label: t('regulations:chapters'),
        value: chapter,
        options: chapters.map((value) => ({ value, word: t(`rules:chapter.${value}`) })),
      },
    ],
    kept: view === '' ? {} : { view },
    ...(q || chapter ? { clear: addressOf({ view }) } : {}),
  }
}
