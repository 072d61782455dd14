import type { AddressUse } from '../../prisma/client/enums.ts'
import { findDivision, type TypedDivision } from '../lib/divisions.ts'
import type { Refusal } from '../lib/refused.ts'

/** What people know and type about an address; the division may be known in part. */
export type AddressFacts = TypedDivision & { use: AddressUse; address: string; note: string | null }

/** CUS-10: province, city and district are divisions of GB/T 2260, each inside the one before it. */
export function addressProblems({ province, city, district }: TypedDivision): Refusal[] {
  const found = findDivision({ province, city, district })
  if (!('unknown' in found)) return []
  const { unknown, text } = found
  return [{ rule: 'CUS-10', reason: `addresses:refused.${unknown}`, field: unknown, params: { text } }]
}

/** What is stored: the divisions by their full names, with the code of the smallest. */
export function addressColumns({ use, province, city, district, address, note }: AddressFacts) {
  const found = findDivision({ province, city, district })
  if ('unknown' in found) throw new Error('an address is stored after its division was found')
  const { code: divisionCode, ...division } = found
  return { use, ...division, divisionCode, address, note }
}

type Columns = Omit<ReturnType<typeof addressColumns>, 'divisionCode'>

/** The facts as texts, as a form sends them: for the trail and for comparing. */
export function addressTexts({ use, province, city, district, address, note }: Columns) {
  return {
    use: use as string,
    province: province ?? '',
    city: city ?? '',
    district: district ?? '',
    address,
    note: note ?? '',
  }
}
export type AddressTexts = ReturnType<typeof addressTexts>
