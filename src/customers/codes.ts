import type { Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'
import type { Kind } from './names.ts'

export type CodeKind = 'uscc' | 'resident_id' | 'organisation' | 'registration'

/** What stands in a code field: one of the four kinds, with a remark where there is one; nothing; or no code at all. */
export type Code =
  | { kind: CodeKind; value: string; warning: 'oldRegistration' | 'oldOrganisation' | null }
  | { kind: 'none'; value: '' }
  | { kind: 'invalid'; value: string; fault: CodeFault }

/** `rounded`: a spreadsheet took the code for a number (9.12102E+17) and its end is lost. */
export type CodeFault = 'checkDigit' | 'length' | 'characters' | 'rounded' | 'date'

/** CUS-03: GB 32100 and GB 11643 by their check digits; older numbers are recognised, for they still stand in files. */
export function judgeCode(raw: string): Code {
  const typed = cleanText(raw)
  const compact = typed.toUpperCase().replace(/\s/gu, '')
  const value = compact.replace(/[-–—·]/gu, '')
  const invalid = (fault: CodeFault): Code => ({ kind: 'invalid', value: typed, fault })
  if (value === '') return { kind: 'none', value: '' }
  if (/^\d(?:\.\d+)?E\+\d+$/u.test(compact)) return invalid('rounded')
  if (/字第\d+号$/u.test(value)) return { kind: 'registration', value, warning: 'oldRegistration' }
  if (!/^[0-9A-Z]+$/u.test(value)) return invalid('characters')
  if (value.length === 18) return judge18(value, invalid)
  if (value.length === 9 && isOrganisationCode(value))
    return { kind: 'organisation', value, warning: 'oldOrganisation' }
  if (/^\d{13}$/u.test(value) || (/^\d{15}$/u.test(value) && isRegistration15(value)))
    return { kind: 'registration', value, warning: 'oldRegistration' }
  return invalid(value.length === 9 || /^\d{15}$/u.test(value) ? 'checkDigit' : 'length')
}

/** CUS-03: a code that cannot be one is refused, and so is a person's number on an organisation or the reverse. */
export function codeProblems(code: Code, kind: Kind): Refusal[] {
  const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal[] => [
    { rule: 'CUS-03', reason, field: 'code', ...(params && { params }) },
  ]
  if (code.kind === 'none') return []
  if (code.kind === 'invalid')
    return refuse(faults[code.fault], { code: maskCode(code.value), length: code.value.length })
  if (kind === 'organisation' && code.kind === 'resident_id') return refuse('customers:refused.codeOfPerson')
  if (kind === 'person' && code.kind !== 'resident_id') return refuse('customers:refused.codeOfOrganisation')
  return []
}

/** 9133****0000****X1 for an organisation; of a resident ID neither birthday nor sequence is shown. */
export function maskCode(code: string): string {
  if (isPersonal(code)) return `${code.slice(0, 4)}${'*'.repeat(12)}${code.slice(16)}`
  if (code.length === 18) return `${code.slice(0, 4)}****${code.slice(8, 12)}****${code.slice(16)}`
  const ends = Math.min(4, Math.floor(code.length / 4))
  return `${code.slice(0, ends)}${'*'.repeat(code.length - 2 * ends)}${code.slice(code.length - ends)}`
}

export function isUscc(value: string): boolean {
  return (
    /^[1-9A-HJ-NP-RTUW-Y][0-9A-HJ-NP-RTUW-Y]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/u.test(value) &&
    value[17] === usccCheck(value)
  )
}

export function isResidentId(value: string): boolean {
  return /^[1-9]\d{16}[\dX]$/u.test(value) && isBirthday(value) && value[17] === residentCheck(value)
}

/**
 * One resident ID in 31 also passes as a credit code; the reverse takes a code of digits with a birthday in it. Codes
 * of businesses begin with 9, where no one lives.
 */
export const isPersonal = (value: string) => !value.startsWith('9') && isResidentId(value)

const faults: Record<CodeFault, Refusal['reason']> = {
  checkDigit: 'customers:refused.codeCheckDigit',
  length: 'customers:refused.codeLength',
  characters: 'customers:refused.codeCharacters',
  rounded: 'customers:refused.codeRounded',
  date: 'customers:refused.codeDate',
}

function judge18(value: string, invalid: (fault: CodeFault) => Code): Code {
  if (isPersonal(value)) return { kind: 'resident_id', value, warning: null }
  if (isUscc(value)) return { kind: 'uscc', value, warning: null }
  // Excel keeps 15 digits of a number and writes zeros for the rest.
  if (/^\d{15}000$/u.test(value)) return invalid('rounded')
  if (/[IOZSV]/u.test(value)) return invalid('characters')
  if (/^[1-68]\d{16}[\dX]$/u.test(value) && !isBirthday(value) && value[17] === residentCheck(value))
    return invalid('date')
  return invalid('checkDigit')
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

function usccCheck(value: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(value[at]!), 0)
  return alphabet[(31 - (sum % 31)) % 31]!
}

function residentCheck(value: string): string {
  const sum = residentWeights.reduce((total, weight, at) => total + weight * Number(value[at]), 0)
  return '10X98765432'[sum % 11]!
}

/** GB 11714: eight characters and a check character, usually written 12345678-X. */
function isOrganisationCode(value: string): boolean {
  const sum = organisationWeights.reduce((total, weight, at) => total + weight * parseInt(value[at]!, 36), 0)
  const check = 11 - (sum % 11)
  return value[8] === (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}

/** The 15-digit registration number of 2007 to 2015: ISO 7064 MOD 11,10. */
function isRegistration15(value: string): boolean {
  let product = 10
  for (const digit of value.slice(0, 14)) product = (((product + Number(digit)) % 10 || 10) * 2) % 11
  return (11 - product) % 10 === Number(value[14])
}

function isBirthday(value: string): boolean {
  const [year, month, day] = [Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14))]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1880 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
