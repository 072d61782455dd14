import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '查看{field}',
  act: '记下并查看',
  lede: '查看要有理由。谁、何时、看了哪一项、为什么，都会记入经过。',
  field: { purpose: '理由', reason: '说明' },
  hint: { reason: '选“其他”时必填，如“约周五上门量尺寸”。' },
  purpose: {
    call: '回电联系',
    visit: '上门或送货',
    accounts: '对账开票',
    identity: '核对身份',
    other: '其他',
  },
  left: '再显示 {n} 秒，然后重新遮盖。',
  over: '时间已到，已重新遮盖。',
  again: '再次查看',
  back: '关闭',
  refused: {
    reasonMissing: '没有显示：还没有理由。请选一项，或写明为什么要看。',
    reasonShort: '没有显示：说明太短。请至少写 {least} 个字，让别人看得懂。',
    tooMany: '没有显示：一小时内已查看 {most} 项，达到上限。请一小时后再看；需要整批资料，请找信息主管办导出。',
  },
  history: { 'customer.unmasked': '查看遮盖的内容' },
}

export const en: SameShape<typeof zh> = {
  title: 'See {field}',
  act: 'Record and show',
  lede: 'Seeing it takes a reason. Who saw what, when and why goes into the history.',
  field: { purpose: 'Reason', reason: 'In your words' },
  hint: { reason: 'Needed with “Other”, such as “arrange to measure on Friday”.' },
  purpose: {
    call: 'Call back',
    visit: 'Visit or delivery',
    accounts: 'Accounts or invoice',
    identity: 'Check identity',
    other: 'Other',
  },
  left: 'Shown for {n} more seconds, then masked again.',
  over: 'The time is over; it is masked again.',
  again: 'See it again',
  back: 'Close',
  refused: {
    reasonMissing: 'Not shown: there is no reason yet. Choose one, or say why you need it.',
    reasonShort: 'Not shown: the reason is too short. Write at least {least} characters that others will understand.',
    tooMany:
      'Not shown: {most} fields were seen within an hour, which is the limit. Try again in an hour; for many records ask the information supervisor for an export.',
  },
  history: { 'customer.unmasked': 'masked content seen' },
}
