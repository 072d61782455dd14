import type { SameShape } from '../i18n.ts'

export const zh = {
  printed: '{person} {time} 打印',
  page: '第 {page} 页，共 {pages} 页',
}

export const en: SameShape<typeof zh> = {
  printed: 'Printed by {person}, {time}',
  page: 'Page {page} of {pages}',
}
