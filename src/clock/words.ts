import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '拨动时钟',
  lede: '只在开发环境：把系统的时间往前拨，看时限怎样到期、提醒、上报。拨动之后立即检查一遍时限。重新启动就回到真实时间。',
  strip: '时钟已拨动：系统现在是 {at}，真实时间 {real}。',
  stripAct: '拨回',
  now: '系统时间',
  real: '真实时间',
  ahead: '相差',
  same: '没有拨动',
  by: { title: '往前拨', act: '往前拨' },
  to: { title: '拨到', act: '拨到这个时间' },
  back: { title: '回到真实时间', act: '回到真实时间' },
  unit: { minutes: '分钟', hours: '小时', days: '天' },
  aside: {
    title: '哪些不跟着走',
    sessions: '你在这个浏览器里保持登录；别处的登录按制度到期。',
    machine: '数据库、后台作业的排队时间、登录次数的限制仍按机器的时钟。',
  },
  field: { n: '数量', unit: '单位', moment: '时间' },
  hint: { moment: '按公司所在地的时间。' },
  refused: { range: '没有拨动：离真实时间最多 10 年。', n: '没有拨动：数量写 1 到 9999 的整数。' },
  notice: {
    moved: '系统时间是 {at}；将到期 {soon} 件，逾期 {overdue} 件，上报 {escalated} 件。',
    back: '已回到真实时间。',
  },
}

export const en: SameShape<typeof zh> = {
  title: 'Move the clock',
  lede: 'In development only: move the product’s time on and see deadlines come due, remind and escalate. They are checked at once after each move. A restart goes back to the real time.',
  strip: 'The clock has been moved: it is {at} for the product, {real} in fact.',
  stripAct: 'Move it back',
  now: 'Product time',
  real: 'Real time',
  ahead: 'Difference',
  same: 'not moved',
  by: { title: 'Move on', act: 'Move on' },
  to: { title: 'Go to', act: 'Go to this moment' },
  back: { title: 'Back to the real time', act: 'Back to the real time' },
  unit: { minutes: 'minutes', hours: 'hours', days: 'days' },
  aside: {
    title: 'What does not move',
    sessions: 'You stay signed in in this browser; sign-ins elsewhere end as the regulation says.',
    machine: 'The database, the queue of background jobs and the limit of sign-in attempts keep the machine’s clock.',
  },
  field: { n: 'Number', unit: 'Unit', moment: 'Moment' },
  hint: { moment: 'By the company’s wall clock.' },
  refused: {
    range: 'Not moved: at most 10 years from the real time.',
    n: 'Not moved: write a whole number from 1 to 9999.',
  },
  notice: {
    moved: 'It is {at} for the product; {soon} due soon, {overdue} overdue, {escalated} escalated.',
    back: 'Back at the real time.',
  },
}
