import type { SameShape } from '../../i18n.ts'

export const zh = {
  act: '登记升级投诉',
  section: '升级投诉',
  field: {
    way: '从哪个渠道来的',
    words: '客户怎么说',
    unrecorded: '责任人没有按时登记这件投诉',
    version: '版本',
  },
  hint: {
    words: '客户这次的原话，和上次不同的要求写在前面。',
    unrecorded: '因为责任人没有按时登记才被发现的，也算升级投诉，计在责任人和所在部门名下。',
  },
  way: { audit: '监审', call_centre: '呼叫中心', web: '网站', other: '其他渠道' },
  page: {
    lede: '登记过的投诉又从别的渠道来，就是升级投诉：级别随之重新计算，部门负责人和客户服务部经理马上知道。',
    before: '以前升级过 {n} 次',
  },
  column: { at: '时间', way: '渠道', words: '内容', by: '登记人' },
  unrecorded: '责任人未按时登记',
  refused: {
    void: '没有登记：这件投诉已作废。请另行受理一件新的投诉。',
  },
  notice: {
    recorded: '已登记升级投诉，部门负责人和客户服务部经理已知道。',
  },
  history: {
    'complaint.escalated': '登记升级投诉',
  },
}

export const en: SameShape<typeof zh> = {
  act: 'It came again',
  section: 'Escalations',
  field: {
    way: 'By which way it came',
    words: 'What the customer said',
    unrecorded: 'The person responsible had not recorded it in time',
    version: 'Version',
  },
  hint: {
    words: 'The customer’s own words; what is asked beyond the last time comes first.',
    unrecorded: 'A case found unrecorded counts as escalated too, for the person responsible and the department.',
  },
  way: { audit: 'Audit', call_centre: 'Call centre', web: 'Web', other: 'Another way' },
  page: {
    lede: 'A recorded complaint that comes again by another way is escalated: its level is computed anew, and the head of the department and the customer service manager are told at once.',
    before: 'Escalated {n} {n|time|times} before',
  },
  column: { at: 'Time', way: 'Way', words: 'Words', by: 'Entered by' },
  unrecorded: 'Not recorded in time by the person responsible',
  refused: {
    void: 'Not entered: this complaint is void. Take a new one.',
  },
  notice: {
    recorded: 'Escalation recorded; the head of the department and the customer service manager have been told.',
  },
  history: {
    'complaint.escalated': 'recorded an escalation',
  },
}
