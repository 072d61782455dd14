import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'tasks'> = {
  'VIS-07': {
    title: '承诺事项办到底',
    text: '答应的事写成任务，有负责人和到期日，一直跟到办完或撤回：办完要写结果，撤回要写原因，转给别人要说明。对客户的承诺，先告诉客户才能撤回，写清什么时候、用什么方式、告诉了谁、怎么说的；逾期的列在客户页面上。到期前和逾期后提醒负责人；已经了结的不再改。',
    article: '3.4(2) 条',
    source: '《客户拜访管理规范》3.4(2)（承诺事项的跟进）',
    acts: {
      '/tasks': '列出自己的、交办的和逾期的',
      '/promises': '列出没有兑现的、逾期的、兑现的和撤回的承诺',
      '/visits/:number/promises': '拜访中答应的事写成任务，有负责人和到期日',
      '/customers/:number': '列出没有兑现的承诺，逾期的在前',
      '/tasks/:number/result': '没有结果不能保存；告诉了客户的一并写下',
      '/tasks/:number/withdrawal': '没有原因不能保存；对客户的承诺没有告诉客户不能撤回',
    },
  },
}

export const en: ChapterWords<'tasks'> = {
  'VIS-07': {
    title: 'Promises are kept',
    text: 'What is promised becomes a task with an owner and a day, and is followed until it is done or withdrawn: the result, or the reason, is written down, and so is why it went to somebody else. A promise to a customer is withdrawn only when the customer was told: when, by which way, who and with which words; overdue ones show on the customer’s page. The owner is reminded before the day and after it; what has ended is not changed any more.',
    article: 'art. 3.4(2)',
    source: 'Customer visit rules 3.4(2) (following promises)',
    acts: {
      '/tasks': 'Lists one’s own, those given to others, those overdue',
      '/promises': 'Lists what is to be kept, what is overdue, kept, withdrawn',
      '/visits/:number/promises': 'What is promised on a visit becomes a task with an owner and a day',
      '/customers/:number': 'Lists what is to be kept, the overdue first',
      '/tasks/:number/result': 'Not saved without the result; that the customer was told is kept with it',
      '/tasks/:number/withdrawal':
        'Not saved without the reason; a promise is not withdrawn unless the customer was told',
    },
  },
}
