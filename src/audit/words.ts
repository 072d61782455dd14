import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '审计',
  hint: '谁在何时从哪里做了什么。只能追加，不能改删。',
  filter: { person: '工号', action: '全部事项', kind: '全部类别', subject: '对象编号' },
  kind: { change: '改动', read: '查看', access: '登录与拒绝' },
  column: { at: '时间', who: '人员', action: '事项', subject: '对象', detail: '内容', ip: '地址', request: '请求' },
  label: '审计记录',
  none: '没有这样的记录',
  noneHint: '去掉一个条件再看。',
  clear: '去掉全部条件',
  pageWords: '本页 {n} 条',
  system: '系统',
  field: { person: '工号', subject: '对象编号' },
}

export const en: SameShape<typeof zh> = {
  title: 'Audit',
  hint: 'Who did what, when and from where. Lines are only ever added.',
  filter: {
    person: 'Staff number',
    action: 'All acts',
    kind: 'All kinds',
    subject: 'Number of the record',
  },
  kind: { change: 'Changes', read: 'Reads', access: 'Sign-ins and refusals' },
  column: {
    at: 'Time',
    who: 'Person',
    action: 'Act',
    subject: 'Record',
    detail: 'Content',
    ip: 'Address',
    request: 'Request',
  },
  label: 'Audit lines',
  none: 'No such lines',
  noneHint: 'Drop a condition and look again.',
  clear: 'Drop all conditions',
  pageWords: '{n} {n|line|lines} on this page',
  system: 'System',
  field: { person: 'Staff number', subject: 'Number of the record' },
}
