import type { Actor } from '../access/actor.ts'
import { asOutcomes } from '../customers/list/outcomes.ts'
import type { PickedCustomers } from '../customers/list/picked.ts'
import { mostPicked } from '../customers/list/picks.ts'
import { placeOptions } from '../customers/placing.ts'
import { translate, type Key, type Translate } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'
import type { AskedMany } from './asked.ts'
import type { Batch, Outcome } from './queries.ts'
import { isInTime } from './rules.ts'

type Owners = { number: string; name: string }[]
type Places = Parameters<typeof placeOptions>[2]

const ownerOptions = (owners: Owners) =>
  owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` }))

export function onePage<C>(actor: Actor, customer: C, owners: Owners, places: Places) {
  return { customer, owners: ownerOptions(owners), ...placeOptions(actor, 'customers.assign', places) }
}

export function manyPage(actor: Actor, { rows, tooMany }: PickedCustomers, owners: Owners, places: Places) {
  const t = translate[actor.language]
  const { departments, regions } = placeOptions(actor, 'customers.assign', places)
  const none = { value: 'none', word: t('assignments:none') }
  const nowhere = { value: 'none', word: t('assignments:place') }
  return {
    rows,
    owners: [none, ...ownerOptions(owners)],
    departments: [nowhere, ...departments],
    regions: [nowhere, ...regions],
    nothing: {
      heading: t(tooMany ? 'assignments:tooMany' : 'assignments:chosenNone', { most: mostPicked }),
      hint: t(tooMany ? 'assignments:tooManyHint' : 'assignments:chosenNoneHint', { most: mostPicked }),
      next: { href: '/customers', word: t('assignments:toList') },
    },
  }
}

export function batchPage(actor: Actor, batch: Batch, names: Map<string, string>, now: Date, seconds: number) {
  const t = translate[actor.language]
  const outcomes = batch.outcomes.map((one) => latestOf(one, batch))
  const taken = new Set(batch.undone?.numbers)
  const waits = new Set(outcomes.filter(({ asked }) => asked).map(({ number }) => number))
  const words = { done: t('assignments:outcome.done'), left: t('assignments:outcome.left') }
  const rows = asOutcomes(actor, outcomes, names, words).map((row) => {
    if (taken.has(row.number)) return { ...row, tone: 'wait', word: t('assignments:outcome.undone') }
    return waits.has(row.number) ? { ...row, ...askedRow(t, batch.asked) } : row
  })
  const left = outcomes.filter(({ reason }) => reason).length
  const done = outcomes.length - left - waits.size
  const immediate = batch.outcomes.some(({ reason, asked }) => !reason && !asked)
  const open = immediate && batch.undone === null && isInTime(batch.at, now, seconds)
  return {
    rows,
    lede:
      waits.size > 0
        ? t('assignments:resultAsked', { done, left, asked: waits.size })
        : t('assignments:resultLede', { done, left }),
    undo: open ? `/customers/assignment/${batch.id}/undo` : null,
    request: batch.asked ? { href: `/approvals/${batch.asked.number}`, word: batch.asked.number } : null,
  }
}

/** What was asked is told as it is by now. */
function latestOf(one: Outcome, { asked }: Batch): Outcome {
  return (one.asked && asked?.outcomes?.find(({ number }) => number === one.number)) || one
}

function askedRow(t: Translate, asked: Batch['asked']) {
  const waiting = !asked || asked.state === 'waiting'
  const word = t(`approvals:state.${asked?.state ?? 'waiting'}`)
  return { tone: waiting ? 'wait' : 'bad', word, sentence: asked?.number ?? '' }
}

/** CUS-06: the list behind one request about many. */
export function askedPage(actor: Actor, { number, state, rows, unseen }: AskedMany) {
  const t = translate[actor.language]
  const none = t('assignments:none')
  return {
    number,
    request: `/approvals/${number}`,
    lede: t(unseen > 0 ? 'assignments:askedLedeUnseen' : 'assignments:askedLede', { n: rows.length, unseen }),
    rows: rows.map(({ outcome, before, after, ...row }) => ({
      ...row,
      before: before ?? none,
      after: after ?? none,
      sentence: outcome.reason ? t(outcome.reason, outcome.params) : '',
      rule: outcome.rule ? { id: outcome.rule } : null,
      ...standing(outcome),
    })),
  }

  function standing({ reason, asked }: Outcome) {
    if (reason) return { tone: 'bad', word: t('assignments:outcome.left') }
    if (asked) return { tone: state === 'waiting' ? 'wait' : 'bad', word: t(`approvals:state.${state}`) }
    return { tone: 'ok', word: t('assignments:outcome.done') }
  }
}

/** After an assignment of one or of many: what was changed at once, and what waits for approval. */
export function assignedNotice(n: number, asked: string[]): { key: Key; params: Params } {
  const params = { n, asked: asked.length, number: asked[0] ?? '' }
  if (asked.length === 0)
    return { key: n === 0 ? 'assignments:notice.none' : 'assignments:notice.assignedMany', params }
  return { key: n === 0 ? 'assignments:notice.askedMany' : 'assignments:notice.assignedAndAsked', params }
}
