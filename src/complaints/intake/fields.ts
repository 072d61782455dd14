import { maskPhone } from '../../customers/phones.ts'
import type { Db } from '../../db.ts'
import type { Complaint } from '../queries.ts'

/** What the form shows of a complaint, as texts; its phone as everybody may see it. */
export type Fields = Record<(typeof shownFields)[number], string>
export const shownFields = [
  'channel',
  'reportingUnit',
  'phone',
  'complainant',
  'product',
  'anonymous',
  'customer',
  'kind',
  'title',
  'what',
  'wants',
  'containment',
  'claim',
  'households',
  'hazard',
  'toldManufacturer',
  'blockade',
  'exchange',
  'legal',
  'media',
  'accused',
] as const

export function fieldsOf(complaint: Complaint, accused: readonly string[]): Fields {
  const shown = shownFields.map((name) => {
    if (name === 'customer') return [name, complaint.customer?.number ?? '']
    if (name === 'accused') return [name, accused.join('、')]
    if (name === 'phone') return [name, masked(complaint.phone)]
    return [name, asText(complaint[name])]
  })
  return Object.fromEntries(shown) as Fields
}

/** For a reader it is masked already. */
const masked = (phone: string | null) => (phone && !phone.includes('*') ? maskPhone(phone) : (phone ?? ''))

function asText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : ''
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? Number(value).toFixed(2) : String(value as string | number)
}

/** The numbers of these people, by which the form names them. */
export async function numbersOf(from: Pick<Db, 'staff'>, ids: readonly bigint[]): Promise<string[]> {
  const where = { id: { in: [...ids] } }
  const found = await from.staff.findMany({ where, orderBy: { id: 'asc' }, select: { number: true } })
  return found.map(({ number }) => number)
}
