import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'

export type PhoneType = 'mobile' | 'landline' | 'hotline' | 'service' | 'foreign'

export type Phone = {
  /** 13800001234, 0571-85550123-8001, 400-155-0123, 95588, +852 2155 0123 */
  shown: string
  /** what a search for a fragment looks at */
  digits: string
  type: PhoneType
}

export type PhoneFault = 'length' | 'areaCode' | 'unknown' | 'letters' | 'rounded'
export type JudgedPhone = { phone: Phone; fault: null } | { phone: null; fault: PhoneFault }

/** CUS-04: a phone number as it was typed, checked for its form. */
export function judgePhone(raw: string): JudgedPhone {
  const typed = cleanText(raw)
    .replace(/[（()）]/gu, ' ')
    .replace(/[‐-―−]/gu, '-')
    .replace(label, '')
    .trim()
  if (/^\d(?:\.\d+)?E\+\d+$/iu.test(typed)) return fault('rounded')
  const [, main = '', extension = ''] = withExtension.exec(typed) ?? []
  if (main === '') return fault(/\d/u.test(typed) ? 'letters' : 'unknown')
  const whole = judgeNumber(main, extension)
  const [, number, dashed] = /^(.*\d)-(\d{1,6})$/u.exec(main) ?? []
  if (!whole.fault || extension !== '' || !number || !dashed) return whole
  const shorter = judgeNumber(number, dashed)
  return shorter.fault ? whole : shorter
}

/** Several numbers in one cell: 0571-85550123/85550124；138 0000 1234. The second has the area code of the first. */
export function judgePhones(raw: string): { phones: Phone[]; unread: { text: string; fault: PhoneFault }[] } {
  const phones: Phone[] = []
  const unread: { text: string; fault: PhoneFault }[] = []
  for (const text of cleanText(raw).split(between)) {
    if (text === undefined || text.trim() === '') continue
    const area = phones.findLast((phone) => phone.type === 'landline')?.shown.split('-')[0] ?? ''
    const plain = judgePhone(text)
    const judged = plain.fault === 'areaCode' && area !== '' ? judgePhone(`${area}-${text.trim()}`) : plain
    if (judged.phone) phones.push(judged.phone)
    else unread.push({ text: text.trim(), fault: judged.fault })
  }
  return { phones, unread }
}

/** CUS-04, for the field of a form. */
export function phoneProblems(raw: string): Refusal[] {
  const { fault: found } = judgePhone(raw)
  return found ? [{ rule: 'CUS-04', reason: phoneFaults[found], field: 'phone' }] : []
}

/** 138****1234, 0571-****0123: who may not see a number sees enough to tell two numbers apart. */
export function maskPhone(shown: string): string {
  const hotline = /^([48]00)-\d{3}-(\d{4})(?:-\d+)?$/u.exec(shown)
  if (hotline) return `${hotline[1]}-***-${hotline[2]}`
  const mobile = /^(1\d{2})\d{4}(\d{4})(?:-\d+)?$/u.exec(shown)
  if (mobile) return `${mobile[1]}****${mobile[2]}`
  const [, area = '', number = ''] = /^(0\d{2,3}-|\+\d{1,3} )?(.*?)(?:-\d{1,6})?$/u.exec(shown) ?? []
  const digits = number.replace(/\D/gu, '')
  return digits.length < 7 ? `${area}${'*'.repeat(Math.max(number.length, 3))}` : `${area}****${digits.slice(-4)}`
}

export const phoneFaults: Record<PhoneFault, Refusal['reason']> = {
  length: 'customers:refused.phoneLength',
  areaCode: 'customers:refused.phoneAreaCode',
  unknown: 'customers:refused.phoneUnknown',
  letters: 'customers:refused.phoneLetters',
  rounded: 'customers:refused.phoneRounded',
}

const between = /[/／、,，;；|\\]|或|(?<=\d{7})\s+(?=\+|1[3-9]\d|0\d{2,3})/u
const label = /^(?:电话|手机|联系电话|固话|座机|办公|tel|phone|mobile)[:：.\s]*/iu
const withExtension = /^([+\d][\d\s.-]*?)(?:\s*(?:转|分机|ext\.?|x|#)[:：.\s]*(\d{1,6}))?$/iu

const fault = (found: PhoneFault): JudgedPhone => ({ phone: null, fault: found })

function judgeNumber(text: string, extension: string): JudgedPhone {
  const digits = text.replace(/\D/gu, '')
  const found = (shown: string, national: string, type: PhoneType): JudgedPhone => ({
    phone: { shown: extension === '' ? shown : `${shown}-${extension}`, digits: national + extension, type },
    fault: null,
  })
  if (/^(?:1\d{2,4}|9[56]\d{3,4})$/u.test(digits)) return found(digits, digits, 'service')
  if (digits.length < 7 || digits.length > 15) return fault('length')
  const number = parsePhoneNumberFromString(text, 'CN')
  if (!number?.isValid()) return fault(whyNot(digits))
  if (number.country !== 'CN') return found(number.formatInternational(), digits, 'foreign')
  const national = number.nationalNumber
  if (number.getType() === 'MOBILE') return found(national, national, 'mobile')
  if (/^[48]00/u.test(national))
    return found(`${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`, national, 'hotline')
  const [area = '', ...local] = number.formatNational().split(' ')
  return found(`${area}-${local.join('')}`, area + local.join(''), 'landline')
}

function whyNot(digits: string): PhoneFault {
  if (/^[2-8]\d{6,7}$/u.test(digits)) return 'areaCode'
  return digits.length < 10 || /^1[3-9]/u.test(digits) ? 'length' : 'unknown'
}
