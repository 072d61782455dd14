import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '搜索',
  customers: '客户',
  why: {
    number: '编号 {value}',
    phone: '电话 {value}',
    code: '证照号码 {value}',
    pinyin: '拼音 {value}',
  },
  empty: '请在上面的搜索框里输入名称、拼音、首字母、电话、证照号码或编号。',
  drop: '没有客户同时符合“{q}”的每一个词。试试去掉“{word}”。',
  none: '没有客户的名称、拼音、电话、证照号码或编号里有“{q}”。请少写几个字，或换一种写法。',
  first: '只列出前 {n} 个。再多写几个字可以缩小范围。',
}

export const en: SameShape<typeof zh> = {
  title: 'Search',
  customers: 'Customers',
  why: {
    number: 'Number {value}',
    phone: 'Phone {value}',
    code: 'Code {value}',
    pinyin: 'Pinyin {value}',
  },
  empty: 'Type a name, pinyin, initials, a phone number, a code or a customer number in the search box above.',
  drop: 'No customer matches every word of “{q}”. Try without “{word}”.',
  none: 'No customer has “{q}” in its name, pinyin, phone, code or number. Type less of it, or write it another way.',
  first: 'Only the first {n} are listed. Type more to narrow it down.',
}
