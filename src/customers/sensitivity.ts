import { isPersonal, maskCode } from './codes.ts'
import { maskPhone } from './phones.ts'

/** PRV-02: identity and name · contact and means · ID numbers. A company's template may raise a level, never lower it. */
export type Level = 'l1' | 'l2' | 'l3'

const level2 = ['phone', 'morePhones', 'phones', 'email', 'wechat', 'code', 'creditNote', 'tradeNote'] as const
/** The built-in fields that are masked until somebody with the right asks for one, with a reason. */
export type MaskedField = (typeof level2)[number]

export const maskedFields: ReadonlySet<string> = new Set(level2)

/** How sensitive a field is; the number of an ID card is more so than the code of a company. */
export function levelOf(field: string, value = ''): Level {
  if (!maskedFields.has(field)) return 'l1'
  return field === 'code' && isPersonal(value) ? 'l3' : 'l2'
}

const masks: Record<MaskedField, (value: string) => string> = {
  phone: maskPhones,
  morePhones: maskPhones,
  phones: maskPhones,
  email: maskEmail,
  wechat: (value) => `${Array.from(value).slice(0, 2).join('')}***`,
  code: maskCode,
  creditNote: () => '******',
  tradeNote: () => '******',
}

/** What anybody may see of a value: 138****5678. Fields of level 1 stay as they are. */
export function veil(field: string, value: string): string {
  return value === '' || !maskedFields.has(field) ? value : masks[field as MaskedField](value)
}

/** The same record as anybody may see it: texts and lists of texts are masked by the names of their fields. */
export function veilFields<T extends object>(record: T): T {
  const veiled = Object.entries(record).map(([field, value]: [string, unknown]) => {
    if (typeof value === 'string') return [field, veil(field, value)]
    if (Array.isArray(value) && maskedFields.has(field)) return [field, value.map((one) => veil(field, String(one)))]
    return [field, value]
  })
  return Object.fromEntries(veiled) as T
}

/** The same for what the trail holds, however deep it lies. */
export function veilDeep(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return veil(field, value)
  if (Array.isArray(value)) return value.map((one) => veilDeep(one, field))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, veilDeep(one, name)]))
}

/**
 * A form opened with the masked value and sent back untouched means the value that is there; of several telephones in
 * one field each may be left as it is.
 */
export function unveil(field: string, typed: string | null, known: string | null): string | null {
  if (typed === null || known === null || !maskedFields.has(field)) return typed
  if (typed === veil(field, known)) return known
  if (field !== 'phone' && field !== 'phones') return typed
  const left = known.split('、')
  const pieces = typed.split(/[、,，;；]/u).map((piece) => {
    const at = left.findIndex((one) => maskPhone(one) === piece.trim())
    return at < 0 ? piece : left.splice(at, 1)[0]!
  })
  return pieces.join('、')
}

function maskPhones(value: string): string {
  return value.split('、').map(maskPhone).join('、')
}

function maskEmail(value: string): string {
  const at = value.lastIndexOf('@')
  return at < 1 ? '***' : `${Array.from(value)[0]}***${value.slice(at)}`
}
