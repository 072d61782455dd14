import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '确认建档',
  lede: '下面勾选的客户一起确认；每一户都按单户的规则检查，资料不全的不确认，并写明缺什么。',
  skipped: '另外 {n} 户已经确认过，没有列出。',
  act: '确认勾选的客户',
  chosen: '选中的客户',
  chosenNone: '没有待确认的客户',
  chosenNoneHint: '请在“待确认”里勾选，再点“确认建档”。',
  tooMany: '没有列出：超过 {most} 户',
  tooManyHint: '一次最多确认 {most} 户。请加条件缩小范围。',
  toList: '去待确认的客户',
  result: '确认的结果',
  resultLede: '确认了 {done} 户，没有确认 {left} 户。',
  outcome: { done: '已确认', left: '没有确认' },
  field: { picked: '选中的客户' },
  refused: {
    unknown: '没有确认：没有这位客户，或者它不在你的范围内。',
    notYours: '没有确认：这位客户不在你可以确认的范围内。',
  },
  notice: { confirmed: '已确认 {n} 户。', none: '没有一户确认，原因列在下面。' },
  history: { 'confirmation.made': '给多户确认建档' },
}

export const en: SameShape<typeof zh> = {
  title: 'Confirm files',
  lede: 'Those ticked below are confirmed together; each is checked by the rules for one, and an incomplete file is left with what it lacks.',
  skipped: '{n} more are confirmed already and not listed.',
  act: 'Confirm those ticked',
  chosen: 'Customers chosen',
  chosenNone: 'No customers to confirm',
  chosenNoneHint: 'Tick some under “To confirm”, then choose “Confirm”.',
  tooMany: 'Not listed: more than {most} customers',
  tooManyHint: 'At most {most} are confirmed at once. Add a condition to narrow the list.',
  toList: 'Back to the list',
  result: 'Result of confirming',
  resultLede: '{done} confirmed, {left} not confirmed.',
  outcome: { done: 'Confirmed', left: 'Not confirmed' },
  field: { picked: 'Customers chosen' },
  refused: {
    unknown: 'Not confirmed: there is no such customer, or it lies outside your scope.',
    notYours: 'Not confirmed: this customer is outside the scope you may confirm in.',
  },
  notice: { confirmed: '{n} confirmed.', none: 'None was confirmed; the reasons are listed below.' },
  history: { 'confirmation.made': 'several customers confirmed' },
}
