import type { Actor } from '../access/actor.ts'
import { asOutcomes } from '../customers/list/outcomes.ts'
import type { PickedCustomers } from '../customers/list/picked.ts'
import { mostPicked } from '../customers/list/picks.ts'
import { placeOptions } from '../customers/placing.ts'
import { translate } from '../i18n.ts'
import type { Batch } from './queries.ts'
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
  const left = batch.outcomes.filter(({ reason }) => reason)
  const taken = new Set(batch.undone?.numbers)
  const words = { done: t('assignments:outcome.done'), left: t('assignments:outcome.left') }
  const rows = asOutcomes(actor, batch.outcomes, names, words).map((row) =>
    taken.has(row.number) ? { ...row, tone: 'wait', word: t('assignments:outcome.undone') } : row,
  )
  const done = batch.outcomes.length - left.length
  const open = done > 0 && batch.undone === null && isInTime(batch.at, now, seconds)
  return {
    rows,
    lede: t('assignments:resultLede', { done, left: left.length }),
    undo: open ? `/customers/assignment/${batch.id}/undo` : null,
  }
}
