import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { historyItems } from '../customers/history/lines.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { PromiseRow } from '../promises/queries.ts'
import { promiseChoices, type TaskQuery } from './forms.ts'
import { countedTo, type TaskList } from './list.ts'
import { taskPolicy } from './policy.ts'
import type { Task } from './queries.ts'
import { customerOf, giverOf, rowOf, stateOf, tagOf } from './rows.ts'

type Owner = { number: string; name: string }

export function listPage(actor: Actor, query: TaskQuery, list: TaskList, owners: Owner[], now: Date, days: Calendar) {
  const t = translate[actor.language]
  const narrowed = Boolean(query.owner || query.customer || query.overdue || query.promises)
  return {
    tab: query.tab,
    tabs: list.tabs.map(({ name, count }) => ({
      href: addressOf({ ...query, tab: name }),
      word: t(`tasks:tab.${name}`),
      count: capped(count),
      current: name === query.tab,
    })),
    rows: list.rows.map((row) => rowOf(actor, row, now, days)),
    filters: filtersOf(t, query, owners, narrowed),
    pager: pagerOf(t, query, list),
    mayGive: mayEver(actor, 'tasks.create'),
    nothing: narrowed
      ? { heading: t('tasks:noneFiltered'), next: { href: addressOf({ tab: query.tab }), word: t('tasks:clear') } }
      : { heading: t('tasks:none'), hint: t(`tasks:noneHint.${query.tab}`) },
  }
}

function addressOf(
  { tab, owner = '', customer = '', overdue = '', promises = '' }: Partial<TaskQuery>,
  more = {},
): string {
  const kept = { ...(tab === 'mine' ? {} : { tab }), owner, customer, overdue, promises, ...more }
  const search = new URLSearchParams(Object.entries(kept).filter(([, value]) => value) as [string, string][])
  return search.size > 0 ? `/tasks?${search}` : '/tasks'
}

function filtersOf(
  t: Translate,
  { tab, owner, customer, overdue, promises }: TaskQuery,
  owners: Owner[],
  narrowed: boolean,
) {
  const people = owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` }))
  const byOwner = { name: 'owner', label: t('tasks:choose.owner'), value: owner, options: people }
  const late = [{ value: 'on', word: t('tasks:overdue') }]
  return {
    action: '/tasks',
    find: { name: 'customer', value: customer, label: t('tasks:choose.customer') },
    choices: [
      ...(tab === 'mine' ? [] : [byOwner]),
      { name: 'overdue', label: t('tasks:choose.overdue'), value: overdue, options: late },
      {
        name: 'promises',
        label: t('tasks:choose.promises'),
        value: promises,
        options: promiseChoices.map((value) => ({ value, word: t(`tasks:promises.${value}`) })),
      },
    ],
    kept: tab === 'mine' ? {} : { tab },
    ...(narrowed ? { clear: addressOf({ tab }) } : {}),
  }
}

function pagerOf(t: Translate, query: TaskQuery, { rows, count, earlier, later }: TaskList) {
  return {
    words: count > countedTo ? t('tasks:many', { n: countedTo }) : t('tasks:count', { n: count }),
    ...(earlier && rows[0] ? { previous: addressOf(query, { before: rows[0].number }) } : {}),
    ...(later && rows.length > 0 ? { next: addressOf(query, { after: rows.at(-1)!.number }) } : {}),
  }
}

const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

type Around = { history: HistoryLine[]; promise: PromiseRow | null }

export function taskPage(actor: Actor, task: Task, { history, promise }: Around, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    task: { number: task.number, title: task.title },
    state: stateOf(t, task),
    tag: tagOf(t, task, now, calendar),
    acts: actsOf(actor, task, t),
    facts: factsOf(task, t, promise ? promisedFacts(promise, t) : []),
    history: historyItems(actor, history, now),
  }
}

function factsOf(task: Task, t: Translate, promised: Fact[]) {
  const { owner, note, result, state, dueOn, createdAt, endedAt } = task
  const customer = customerOf(t, task)
  const given = t('tasks:givenBy', { at: dateTimeText(createdAt), person: giverOf(t, task) })
  const fact = (name: 'owner' | 'dueOn' | 'given' | 'ended' | 'note' | 'result' | 'reason', value: string) => ({
    label: t(`tasks:field.${name}`),
    value,
  })
  return [
    fact('owner', owner.name),
    fact('dueOn', dueOn),
    fact('given', given),
    ...(customer ? [{ label: t('tasks:field.customer'), value: customer.name, ...link(customer.href) }] : []),
    ...promised,
    ...(note ? [{ ...fact('note', note), wide: true, lines: true }] : []),
    ...(endedAt ? [fact('ended', dateTimeText(endedAt))] : []),
    ...(result ? [{ ...fact(state === 'withdrawn' ? 'reason' : 'result', result), wide: true, lines: true }] : []),
  ]
}

type Fact = { label: string; value: string; href?: string; wide?: boolean; lines?: boolean }

/** VIS-07: to whom it was promised, where, and what the customer was told. */
function promisedFacts(promise: PromiseRow, t: Translate): Fact[] {
  const { promisedTo, promisedOn, visit, record, toldAt, toldWay, toldWhom, toldWords, toldBy } = promise
  const to = promisedTo ? t('tasks:promise.to', { person: promisedTo, date: promisedOn }) : promisedOn
  const where = visit
    ? { value: visit, href: `/visits/${visit}` }
    : record && { value: record, href: `/contact-records/${record}` }
  const told = toldAt && {
    at: dateTimeText(toldAt),
    way: toldWay ? t(`tasks:toldWay.${toldWay}`) : '',
    whom: toldWhom ?? '',
    by: toldBy ?? '',
  }
  return [
    { label: t('tasks:field.promised'), value: to },
    ...(where ? [{ label: t('tasks:field.promisedAt'), ...where }] : []),
    ...(told ? [{ label: t('tasks:field.told'), value: t('tasks:promise.told', told), wide: true }] : []),
    ...(toldWords ? [{ label: t('tasks:field.toldWords'), value: toldWords, wide: true, lines: true }] : []),
  ]
}

const link = (href: string | null) => (href ? { href } : {})

/** Only what is allowed now; the first is the primary one. */
function actsOf(actor: Actor, task: Task, t: Translate) {
  if (task.state !== 'open') return []
  const at = `/tasks/${task.number}`
  const all = [
    { allowed: taskPolicy.finish(actor, task), word: t('tasks:act.finish'), icon: 'check', href: `${at}/result` },
    { allowed: taskPolicy.handOn(actor, task), word: t('tasks:act.handOn'), icon: 'swap', href: `${at}/owner` },
    { allowed: taskPolicy.correct(actor, task), word: t('tasks:act.correct'), icon: 'edit', href: `${at}/correction` },
    {
      allowed: taskPolicy.withdraw(actor, task),
      word: t('tasks:act.withdraw'),
      icon: 'undo',
      href: `${at}/withdrawal`,
    },
  ]
  return all.filter(({ allowed }) => allowed)
}
