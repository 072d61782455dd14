import type { Bounds } from '../accounts.ts'
import { conditionNames, type AgeingQuery } from './forms.ts'
import { dueDays, type Bucket } from './rules.ts'

export const path = '/credit/ageing'

export function address(query: Partial<AgeingQuery>, to = path): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return search ? `${to}?${search}` : to
}

export const conditionsIn = (query: AgeingQuery) => conditionNames.filter((name) => query[name] !== '')

/** The documents that a figure is the sum of; '' stands for all customers. */
export function documentsOf(customer: string, what: Bucket | 'overdue' | 'owed', { today }: Bounds): string {
  const mark = what === 'overdue' ? 'overdue' : 'unpaid'
  const days = what === 'overdue' || what === 'owed' ? {} : dueDays(what, today)
  return `/shipments?${new URLSearchParams(Object.entries({ customer, mark, ...days }).filter(([, value]) => value !== ''))}`
}
