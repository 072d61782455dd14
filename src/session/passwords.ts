import type { Key } from '../i18n.ts'
import type { Refusal } from '../lib/refused.ts'

/** bcrypt silently ignores what comes after. */
const mostBytes = 72

const common = [
  '1234567890',
  '0123456789',
  '0987654321',
  '9876543210',
  '1111111111',
  '0000000000',
  '1122334455',
  '1234512345',
  '12345678910',
  '1q2w3e4r5t',
  'qwertyuiop',
  'qwerty1234',
  'qwerty12345',
  'qwe123456789',
  'asdfghjkl',
  'zxcvbnm123',
  '1qaz2wsx3edc',
  'qazwsxedc',
  'password',
  'passw0rd',
  'p@ssw0rd',
  'letmein',
  'administrator',
  'admin12345',
  'iloveyou',
  'welcome',
  'changeme',
  'abc1234567',
  'abcd123456',
  'a123456789',
  'aa123456789',
  'woaini',
  'wodemima',
  'nishishui',
  'woaiwojia',
  '5201314',
  '1314520',
  '888888',
  '666666',
  '123123123',
  '147258369',
  '789456123',
  '741852963',
  '我的密码',
  '密码密码',
  '一二三四五六七八九十',
]

export type Owner = { number: string; name: string; pinyin: string; phone: string | null; company: string | null }

/** ACC-01: what is wrong with a new password; of its kinds of characters only what the company's profile asks. */
export function passwordProblems(password: string, owner: Owner, shortest: number, classes = 1): Refusal[] {
  const refuse = (reason: Key, params?: Refusal['params']): Refusal[] => [
    { rule: 'ACC-01', reason, field: 'newPassword', ...(params ? { params } : {}) },
  ]
  if ([...password].length < shortest) return refuse('session:refused.short', { min: shortest })
  if (Buffer.byteLength(password) > mostBytes) return refuse('session:refused.long')
  if (kindsIn(password) < classes) return refuse('session:refused.kinds', { n: classes })
  const plain = password.toLowerCase().replace(/\s+/g, '')
  if (isCommon(plain)) return refuse('session:refused.common')
  if (wordsOf(owner).some((word) => plain.includes(word))) return refuse('session:refused.personal')
  return []
}

// A Chinese character is neither letter nor figure: it counts with the signs, as those who assess count it.
const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u, /[^\p{Lu}\p{Ll}\p{N}\s]/u]
const kindsIn = (password: string) => kinds.filter((kind) => kind.test(password)).length

function isCommon(plain: string): boolean {
  // One common word with a short tail, one repeated piece, or a run of neighbouring characters.
  if (common.some((word) => plain.includes(word) && plain.length - word.length < 6)) return true
  if (/^(.{1,4})\1+$/u.test(plain)) return true
  const codes = [...plain].map((character) => character.codePointAt(0)!)
  return codes.every((code, i) => i === 0 || Math.abs(code - codes[i - 1]!) === 1)
}

function wordsOf({ number, name, pinyin, phone, company }: Owner): string[] {
  return [number, name, pinyin.replace(/\s+/g, ''), phone ?? '', company ?? '', '客户管理', 'kehu']
    .map((word) => word.toLowerCase())
    .filter((word) => [...word].length >= 2)
}
