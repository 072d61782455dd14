import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'tasks'> = {
  'VIS-07': {
    title: '承诺事项办到底',
    text: '答应的事写成任务，有负责人和到期日，一直跟到办完或撤回：办完要写结果，撤回要写原因，转给别人要说明。到期前和逾期后提醒负责人；已经了结的不再改。',
    article: '3.4(2) 条',
    source: '《客户拜访管理规范》3.4(2)（承诺事项的跟进）',
    acts: {
      '/tasks': '列出自己的、交办的和逾期的',
      '/tasks/:number/result': '没有结果不能保存',
      '/tasks/:number/withdrawal': '没有原因不能保存',
    },
  },
}

export const en: ChapterWords<'tasks'> = {
  'VIS-07': {
    title: 'Promises are kept',
    text: 'What is promised becomes a task with an owner and a day, and is followed until it is done or withdrawn: the result, or the reason, is written down, and so is why it went to somebody else. The owner is reminded before the day and after it; what has ended is not changed any more.',
    article: '3.4(2)',
    source: 'Customer visit rules 3.4(2) (following promises)',
    acts: {
      '/tasks': 'Lists one’s own, those given to others, those overdue',
      '/tasks/:number/result': 'Not saved without the result',
      '/tasks/:number/withdrawal': 'Not saved without the reason',
    },
  },
}
