import { dateText, dateTimeText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import type { Plan } from '../queries.ts'
import type { LineQuery } from './forms.ts'
import { companionRows, partyRows, spendingRows } from './line-forms.ts'
import { namesText } from './people.ts'
import type { PlanLine } from './queries.ts'
export function given(
  plan: Plan,
  line: PlanLine | null,
  query: Partial<LineQuery>,
  customer: string,
  today: string,
  companions: string[],
) {
  const rows = (prefix: string, values: readonly string[], numbers: readonly number[]) =>
    Object.fromEntries(numbers.map((n) => [`${prefix}${n}`, values[n - 1] ?? '']))
  const start = daysOfMonth(plan.monthText).find((day) => day > today) ?? ''
  return {
    customer,
    party: line && line.customerId === null ? line.party : '',
    target: line?.target ?? '',
    day: line ? dateText(line.startsAt) : query.day || start,
    time: line?.timed ? dateTimeText(line.startsAt).slice(11) : '',
    minutes: line?.minutes ?? 60,
    place: line?.place ?? '',
    district: line?.district ?? '',
    agenda: line?.agenda ?? '',
    bring: line?.bring ?? '',
    people: line ? namesText(line.people.filter(({ contactId }) => contactId === null)) : '',
    ...rows('companion', companions, companionRows),
    ...rows('other', line?.parties.map((one) => one.customer.number) ?? [], partyRows),
  } as Record<string, string | number>
}

export const costRows = (line: PlanLine | null) =>
  spendingRows.map((n) => {
    const cost = line?.spendings[n - 1]
    return {
      n,
      kind: cost?.kind ?? 'travel',
      what: cost?.what ?? '',
      quantity: cost?.quantity ?? 1,
      price: cost ? cost.price.toFixed(2) : '',
    }
  })
