import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'calendar'> = {
  'CAL-01': {
    title: '工作日与办公时间',
    text:
      '{calendar_weekdays}上班，办公时间 {calendar_office_hours}。国家规定的放假日不算工作日，补班日算；公司可以在工作日历里另加自己的放假和上班日。' +
      '“n 个工作日”到事情发生日之后第 n 个工作日下班时为止；没写“工作日”的“n 天”是日历天，到第 n 天 24:00；“n 小时”按钟表算。' +
      '国务院的放假安排还没有录入的年份，页面会写明日期只按星期推算。',
    article: '放假办法',
    source:
      '《全国年节及纪念日放假办法》与国务院每年的放假安排；《公司服务制度》第 4 条（每天 8:30–17:30，周末与法定节假日休息）',
    acts: {
      everywhere: '每个时限都按工作日历算出到期的日期与时刻',
      '/calendar': '列出国家的放假与补班、公司自己的日子',
    },
  },
  'CAL-02': {
    title: '时限三态',
    text: '每个时限先是按时，剩下最后 {deadlines_soon_share}% 的时间或到了当天就转为将到期，过了到期时刻就是逾期。每次转变记一次，也只提醒一次；逾期的记录不会消失。列表里用颜色、形状和文字一起标出来。',
    article: '补充',
    source: '产品补充规定：时限的状态与提醒',
    acts: {
      everywhere: '将到期和逾期时提醒能办的人，逾期按阶梯上报',
      '/deadlines': '列出时限和它们的状态',
      '/tasks/new': '到期日不能早于今天',
    },
  },
  'CAL-03': {
    title: '界限的算法',
    text: '“以上、以下、以内”包括本数，“超过、不满、以外”不包括本数。每个数值参数都标明 ≤、<、≥ 或 >，正好等于这个数时怎么算，看符号就知道。',
    article: '第 1259 条',
    source: '《中华人民共和国民法典》第 1259 条',
    acts: { everywhere: '每个数值参数旁边标出符号' },
  },
}

export const en: ChapterWords<'calendar'> = {
  'CAL-01': {
    title: 'Working days and hours',
    text:
      'Work is on {calendar_weekdays}, {calendar_office_hours}. Public holidays do not count, make-up days do, and a company may add its own days off and days at work. ' +
      '“n working days” end when the office closes on the n-th working day after the day of the event; “n days” without “working” are calendar days and end at 24:00 of the n-th; “n hours” go by the clock. ' +
      'For a year whose official holidays have not been entered, pages say that dates go by weekday alone.',
    article: 'holidays',
    source:
      'Regulation on public holidays and the State Council’s yearly arrangement; company service rules, art. 4 (8:30 to 17:30, closed at weekends and on public holidays)',
    acts: {
      everywhere: 'The day and time of every deadline come from the working calendar',
      '/calendar': 'Lists public holidays, make-up days and the company’s own days',
    },
  },
  'CAL-02': {
    title: 'Three states of a deadline',
    text: 'A deadline is on time, due soon in the last {deadlines_soon_share}% of its time or on its last day, and overdue after the moment it is due. Each change is recorded once and reminds once; that it was overdue is never erased. Lists show it by colour, shape and words.',
    article: 'addition',
    source: 'The product’s own rule on the states of deadlines',
    acts: {
      everywhere: 'Whoever can act is reminded; what is overdue goes up the ladder',
      '/deadlines': 'Lists deadlines and how they stand',
      '/tasks/new': 'It is not due on a day that is over',
    },
  },
  'CAL-03': {
    title: 'Which side a limit falls on',
    text: '“At least, at most, within” take the number in; “more than, less than, beyond” leave it out. Every figure shows ≤, <, ≥ or >, so that it is plain what counts at the number itself.',
    article: 'art. 1259',
    source: 'Civil Code of the People’s Republic of China, article 1259',
    acts: { everywhere: 'The sign stands beside every figure' },
  },
}
