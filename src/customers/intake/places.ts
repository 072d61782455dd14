import { findDivision, type Division } from '../../lib/divisions.ts'
import type { Reading } from './cells.ts'
import { withoutRegion } from '../places.ts'

export type IntakePlace = Omit<Division, 'code'> & { divisionCode: string | null; address: string | null }

const longestAddress = 200

/** CUS-10, CUS-15: where the customer of a row is, as far as the row says. */
export function placeIn(row: Reading): IntakePlace {
  return { ...divisionOf(row), address: addressOf(row) }
}

/** A place that GB/T 2260 does not know is kept as it is written; what cannot be a place is not. */
function divisionOf(row: Reading): Omit<Division, 'code'> & { divisionCode: string | null } {
  const typed = { province: partOf(row, 'province'), city: partOf(row, 'city'), district: partOf(row, 'district') }
  const asked = { ...typed }
  for (;;) {
    const found = findDivision(asked)
    if ('unknown' in found) {
      const { unknown, text } = found
      asked[unknown] = null
      const column = row.take(unknown).column
      if (unknown === 'province') {
        typed.province = null
        row.warn(column, 'customers:finding.provinceUnknown', { text: short(text) })
      } else row.warn(column, 'customers:finding.placeUnlisted', { text: short(text) })
      continue
    }
    const { province, city, district, code } = found
    return {
      province: province ?? typed.province,
      city: city ?? typed.city,
      district: district ?? typed.district,
      divisionCode: code,
    }
  }
}

function partOf(row: Reading, field: 'province' | 'city' | 'district'): string | null {
  const cell = row.take(field)
  if (cell.broken && (field !== 'province' || cell.text === '')) row.warn(cell.column, 'customers:finding.textBroken')
  if (cell.text === '') return null
  if (field === 'province' || /^\p{Script=Han}{2,20}$/u.test(cell.text)) return cell.text
  if (!cell.broken) row.warn(cell.column, 'customers:finding.cityUnknown', { text: short(cell.text) })
  return null
}

function addressOf(row: Reading): string | null {
  const cell = row.take('address')
  const text = cell.text.replace(/[\s*.。，,;；]+$/u, '')
  if (cell.column === null) return null
  if (cell.broken)
    row.warn(cell.column, text === '' ? 'customers:finding.addressBroken' : 'customers:finding.addressDamaged')
  else if (text === '') row.warn(cell.column, 'customers:finding.addressMissing')
  else if (isVague(text)) row.warn(cell.column, 'customers:finding.addressVague', { text })
  if (text.length > longestAddress)
    row.refuse(cell.column, 'customers:refused.addressTooLong', { most: longestAddress })
  return text === '' ? null : text
}

/** 陕西省 or 场坝: nobody finds the customer there. A village is small enough. */
const isVague = (address: string) =>
  address.length <= 3 || (!/(?:[镇乡村园]|街道|园区|开发区)$/u.test(address) && withoutRegion(address).rest === '')

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
