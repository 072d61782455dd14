import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '搜索',
  customers: '客户',
  contacts: '联系人',
  items: '档案',
  complaints: '投诉',
  keptBy: '保管人 {keeper}',
  pool: '公海 · 可领取',
  all: {
    customers: '看全部 {n} 户',
    contacts: '看全部 {n} 位联系人',
    items: '看全部 {n} 件材料',
    complaints: '看全部 {n} 件投诉',
  },
  why: {
    alias: '别名',
    plate: '车牌',
    contact: '联系人',
    place: '地址',
    phone: '电话',
    code: '证照代码',
    initials: '拼音首字母',
    syllables: '拼音',
  },
  empty: '请在上面的搜索框里输入名称、别名、联系人、车牌、地址、电话、证照代码、编号或档案题名，也可以用拼音和首字母。',
  drop: '没有客户同时符合每一个词。试试去掉“{word}”。',
  none: '名称、拼音、电话、车牌、地址、代码、编号和档案题名里都没有。请少写几个字，或换一种写法。',
  first: '只列出前 {n} 个。再多写几个字可以缩小范围。',
}

export const en: SameShape<typeof zh> = {
  title: 'Search',
  customers: 'Customers',
  contacts: 'Contacts',
  items: 'Archive',
  complaints: 'Complaints',
  keptBy: 'Keeper {keeper}',
  pool: 'Pool · free to take',
  all: {
    customers: 'See all {n} customers',
    contacts: 'See all {n} contacts',
    items: 'See all {n} items',
    complaints: 'See all {n} complaints',
  },
  why: {
    alias: 'Alias',
    plate: 'Plate',
    contact: 'Contact',
    place: 'Address',
    phone: 'Phone',
    code: 'Code',
    initials: 'Initials',
    syllables: 'Pinyin',
  },
  empty:
    'Type a name, alias, contact, plate, address, phone, code, number or archive title in the box above; pinyin and initials work too.',
  drop: 'No customer matches every word. Try without “{word}”.',
  none: 'Not in a name, pinyin, phone, plate, address, code, number or archive title. Type less of it, or write it another way.',
  first: 'Only the first {n} are listed. Type more to narrow it down.',
}
