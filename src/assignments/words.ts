import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '改归属',
  act: '保存归属',
  none: '无（公海）',
  place: '不限',
  field: { owner: '归属业务员', departmentId: '部门', regionId: '区域' },
  refused: {
    meanwhile: '没有改归属：这位客户刚被别人改过。请重新打开再改。',
    ownerUnknown: '没有这位在职的业务员。请从列表里选。',
  },
  notice: { assigned: '归属已更改。' },
  history: { 'customer.assigned': '改归属' },
}

export const en: SameShape<typeof zh> = {
  title: 'Change owner',
  act: 'Save owner',
  none: 'None (pool)',
  place: 'Any',
  field: { owner: 'Owner', departmentId: 'Department', regionId: 'Region' },
  refused: {
    meanwhile: 'Owner not changed: somebody has just changed this customer. Open it again.',
    ownerUnknown: 'There is no active salesperson of that number. Choose one from the list.',
  },
  notice: { assigned: 'Owner changed.' },
  history: { 'customer.assigned': 'owner changed' },
}
