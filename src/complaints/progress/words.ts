import type { SameShape } from '../../i18n.ts'

export const zh = {
  act: '登记进展',
  section: '进展',
  field: {
    text: '进展',
    version: '版本',
  },
  hint: {
    text: '写清做到哪一步、下一步是什么、什么时候做。登记后，下一次登记的期限重新开始计。',
  },
  page: {
    lede: '每 {days}登记一次进展，办到哪里，大家看得到。',
    due: '本次登记期限',
    last: '上一次登记',
  },
  refused: {
    ended: '没有登记：这件投诉已经办完。要再办，先重新打开。',
  },
  notice: {
    entered: '已登记进展。',
  },
  history: {
    'complaint.progress_entered': '登记进展',
  },
}

export const en: SameShape<typeof zh> = {
  act: 'Enter progress',
  section: 'Progress',
  field: {
    text: 'Progress',
    version: 'Version',
  },
  hint: {
    text: 'How far it is, what comes next, and when. The time until the next entry begins anew.',
  },
  page: {
    lede: 'Progress is entered every {days}, so that everybody sees how far it is.',
    due: 'This entry is due',
    last: 'Last entry',
  },
  refused: {
    ended: 'Not entered: this complaint is done. Reopen it first.',
  },
  notice: {
    entered: 'Progress entered.',
  },
  history: {
    'complaint.progress_entered': 'entered progress',
  },
}
