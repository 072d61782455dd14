import type { Actor } from '../access/actor.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { isKind as isApproval, wordOf } from '../approvals/kinds.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { shownStates, type ListQuery, type ShownState } from './forms.ts'
import { kindNames, kindOf, kindWord } from './kinds.ts'
import { countedTo, type DeadlineList } from './queries.ts'
import type { Climb, DeadlineRow, StepOf } from './rows.ts'
import { isForecast } from './reckoned.ts'
import { deadlineTag } from './tag.ts'

export function indexPage(actor: Actor, query: ListQuery, found: DeadlineList, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    views: viewsOf(query, found.counts, t),
    filters: filtersOf(query, t),
    rows: found.rows.map((row) => ({
      href: `/deadlines/${row.id}`,
      what: whatOf(row, t),
      number: row.number ?? '',
      kind: t(kindWord(row.kind)),
      rule: row.rule,
      owner: actingOf(row, actor.language),
      started: dateTimeText(row.startedAt),
      tag: deadlineTag(t, row, now, calendar),
      climb: row.climb ? climbText(row.climb, t, actor.language) : '',
      failed: row.climb?.state === 'failed',
    })),
    forecast: found.rows.some((row) => isForecast(calendar, row)) ? t('deadlines:someForecast') : null,
    pager: pagerOf(query, found, t),
    nothing: nothingOf(query, t),
  }
}

type What = 'task' | 'complaint' | 'name' | 'kind' | 'step' | 'plan' | 'visit' | 'release'

/** Whose deadline: a task by number, a customer by name; what the reader may not know is named by its kind alone. */
export function whatOf(
  { task, complaint, name, kind, step, plan, visit, release }: Pick<DeadlineRow, What>,
  t: Translate,
): string {
  if (step) return [step.number, isApproval(step.kind) ? t(`approvals:kind.${wordOf(step.kind)}`) : ''].join(' ').trim()
  if (complaint) return `${complaint.number} ${complaint.title}`
  return [task ?? plan ?? visit ?? release, name].filter(Boolean).join(' ') || t(kindWord(kind))
}

/** Who can act: a person, or whoever holds the role there. */
export function actingOf(
  { kind, owner, step }: Pick<DeadlineRow, 'kind' | 'owner' | 'step'>,
  language: Actor['language'],
): string {
  const { acting } = kindOf(kind)
  if (step) return signersIn(step, language)
  return acting === 'owner' ? (owner ?? '') : roleWord(acting, language)
}

function signersIn({ role, senior, staff }: StepOf, language: Actor['language']): string {
  const roles = [role, senior].flatMap((one) => (one ? roleWord(one, language) : []))
  return [...(staff ? [staff] : []), ...roles].join(translate[language]('web:comma'))
}

/** 第 2 级：总经理 已通知 */
export function climbText({ rung, to, state, instead }: Climb, t: Translate, language: Actor['language']): string {
  const role = roleWord(to, language)
  if (state === 'sent') return t('deadlines:climb.sent', { rung: rung ?? 1, role })
  if (!instead) return t('deadlines:climb.failed', { rung: rung ?? 1, role })
  return t('deadlines:climb.instead', { rung: rung ?? 1, role, instead: roleWord(instead, language) })
}

const own: ReadonlySet<string> = new Set(['owner', 'step', 'senior'])

export function roleWord(to: string, language: Actor['language']): string {
  return translateIfKnown(language, own.has(to) ? `deadlines:${to}` : `access:role.${to}`) ?? to
}

export const addressOf = (query: Partial<ListQuery>) => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString()
  return search ? `/deadlines?${search}` : '/deadlines'
}

const capped = (n: number) => (n > countedTo ? `${countedTo}+` : String(n))
const without = ({ after: _place, ...query }: ListQuery) => query

function viewsOf(query: ListQuery, counts: Record<ShownState, number>, t: Translate) {
  const kept = without(query)
  const open = shownStates.filter((state) => state !== 'ended').reduce((sum, state) => sum + counts[state], 0)
  return [
    {
      href: addressOf({ ...kept, state: '' }),
      word: t('deadlines:state.open'),
      count: capped(open),
      current: !query.state,
    },
    ...shownStates.map((state) => ({
      href: addressOf({ ...kept, state }),
      word: t(`deadlines:state.${state}`),
      count: capped(counts[state]),
      current: query.state === state,
    })),
  ]
}

function filtersOf(query: ListQuery, t: Translate) {
  const kinds = kindNames.map((kind) => ({ value: kind, word: t(kindWord(kind)) }))
  return {
    action: '/deadlines',
    kept: query.state ? { state: query.state } : {},
    choices: [
      { name: 'kind', label: t('deadlines:allKinds'), value: query.kind, options: kinds },
      {
        name: 'mine',
        label: t('deadlines:everybody'),
        value: query.mine,
        options: [{ value: 'on', word: t('deadlines:mine') }],
      },
    ],
    ...(query.kind || query.mine ? { clear: addressOf({ state: query.state }) } : {}),
  }
}

function pagerOf(query: ListQuery, { rows, more, counts }: DeadlineList, t: Translate) {
  const shown = query.state ? [query.state] : shownStates.filter((state) => state !== 'ended')
  const words = t('deadlines:count', { n: capped(shown.reduce((sum, state) => sum + counts[state], 0)) })
  const last = rows.at(-1)
  return {
    words,
    ...(query.after ? { previous: addressOf(without(query)) } : {}),
    ...(more && last ? { next: addressOf({ ...query, after: `${last.dueAt.getTime()}.${last.id}` }) } : {}),
  }
}

function nothingOf(query: ListQuery, t: Translate) {
  const narrowed = query.state || query.kind || query.mine
  if (!narrowed) return { heading: t('deadlines:none'), hint: t('deadlines:noneHint') }
  return { heading: t('deadlines:noneSuch'), next: { href: '/deadlines', word: t('deadlines:clear') } }
}
