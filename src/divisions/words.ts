import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '行政区划',
  lede: '国家标准 GB/T 2260；开发区、工业园区不是行政区划，写在地址里。',
  all: '全国',
  field: { province: '省', city: '地市', district: '区县', code: '代码' },
}

export const en: SameShape<typeof zh> = {
  title: 'Administrative divisions',
  lede: 'National standard GB/T 2260. Development zones are no divisions: they are written into the address.',
  all: 'China',
  field: { province: 'Province', city: 'City', district: 'District', code: 'Code' },
}
