import type { SameShape } from '../../i18n.ts'

export const zh = {
  act: {
    pause: '暂停计时',
    resume: '恢复计时',
  },
  section: {
    clocks: '时限',
    clocksNote: '“小时”按钟点，“工作日”按工作日历；{version}',
    firstVersion: '按出厂设定',
    version: '受理时制度为第 {n} 版',
    pauses: '暂停计时',
  },
  clock: {
    stepOf: '审批：{kind}',
    missed: '曾错过 {due}，永久保留',
    none: '没有正在走的时限。',
  },
  field: {
    reason: '在等客户做什么',
    version: '版本',
  },
  hint: {
    reason: '例如：等客户提供购货凭证、约定到场时间、对方案作出答复。等我方自己的人或审批，不能暂停。',
  },
  pause: {
    lede: '等客户自己办的事时，时限可以停下来；恢复后，到期按停了的时间顺延。',
    left: '已用 {times} 次，停了 {used}；还可以停 {timesLeft} 次，合计最多 {left}。',
    until: '现在暂停，最晚 {until} 自动恢复。',
    running: '这些时限一起停下',
    resumeLede: '客户的事办了，或者不再等了，就恢复计时。',
    since: '{from} 起暂停，{reason}',
    endsAt: '最晚 {until} 自动恢复',
    ended: '{until} 恢复',
    endedBy: '{until} 恢复，{by}',
    byItself: '{until} 期满自动恢复',
    by: '{by} 暂停',
    now: '正在暂停',
    resumes: '恢复后，时限从现在接着走。',
  },
  why: {
    act: '暂不能暂停计时',
    paused: '这件投诉已经暂停着。',
    state: '现在这一步等的是我们自己，不是客户。办完这一步，等客户时再暂停。',
    noContact: '还没有和客户联系上，谈不上等客户。先联系客户，并记下来。',
    times: '已经暂停过 {times} 次，制度最多 {most} 次。请接着办，确有困难的请部门负责人协调。',
    days: '已经停了 {used}，制度合计最多 {mostDays} 个工作日，没有剩下的了。请接着办。',
  },
  refused: {
    paused: '没有暂停：这件投诉已经暂停着。先恢复，再暂停。',
    notPaused: '没有恢复：这件投诉没有在暂停。请刷新看现在的情况。',
    state: '没有暂停：现在这一步等的是我们自己，不是客户。办完这一步，等客户时再暂停。',
    noContact: '没有暂停：还没有和客户联系上，谈不上等客户。先联系客户，并记下来。',
    times: '没有暂停：已经暂停过 {times} 次，制度最多 {most} 次。请接着办，确有困难的请部门负责人协调。',
    days: '没有暂停：已经停了 {used}，制度合计最多 {mostDays} 个工作日，没有剩下的了。请接着办。',
  },
  notice: {
    paused: '已暂停计时，最晚 {until} 自动恢复。',
    resumed: '已恢复计时，到期按停了的时间顺延。',
  },
  history: {
    'complaint.paused': '暂停计时',
    'complaint.resumed': '恢复计时',
    'complaint.pause_ended': '暂停期满，自动恢复计时',
  },
}

export const en: SameShape<typeof zh> = {
  act: {
    pause: 'Pause the clocks',
    resume: 'Resume the clocks',
  },
  section: {
    clocks: 'Deadlines',
    clocksNote: 'Hours go by the clock, working days by the calendar; {version}',
    firstVersion: 'by the values the product came with',
    version: 'version {n} of the regulation was in force at receipt',
    pauses: 'Pauses',
  },
  clock: {
    stepOf: 'Approval: {kind}',
    missed: 'missed {due}; this stays on record',
    none: 'No clock is running.',
  },
  field: {
    reason: 'What the customer has to do',
    version: 'Version',
  },
  hint: {
    reason:
      'For example: send the receipt, name a time for the visit, answer the remedy. Waiting for our own people or an approval is no reason to pause.',
  },
  pause: {
    lede: 'While the customer has something to do the clocks can stand still; once they go on, the due time moves by as much.',
    left: 'Used: {times} {times|time|times}, {used}. Left: {timesLeft} {timesLeft|time|times}, {left} at most.',
    until: 'Paused now, the clocks go on by themselves at {until} at the latest.',
    running: 'These clocks stop together',
    resumeLede: 'When the customer has done it, or nobody waits for it any more, let the clocks go on.',
    since: 'Paused since {from}: {reason}',
    endsAt: 'goes on by itself at {until} at the latest',
    ended: 'went on at {until}',
    endedBy: 'went on at {until}, {by}',
    byItself: 'went on by itself at {until}, the days being used up',
    by: 'paused by {by}',
    now: 'Paused now',
    resumes: 'The clocks go on from now.',
  },
  why: {
    act: 'The clocks cannot be paused now',
    paused: 'this complaint is paused already.',
    state:
      'this step waits for ourselves, not for the customer. Do it, and pause when the customer has something to do.',
    noContact: 'the customer has not been reached yet, so nobody can wait for them. Make contact first and record it.',
    times:
      'it was paused {times} {times|time|times}, the rule allows {most}. Go on, or ask the head of the department for help.',
    days: 'it stood still for {used}; the rule allows {mostDays} working {mostDays|day|days} in all, and none is left. Go on with it.',
  },
  refused: {
    paused: 'Not paused: this complaint is paused already. Let the clocks go on first.',
    notPaused: 'Not resumed: this complaint is not paused. Reload and see how it stands.',
    state:
      'Not paused: this step waits for ourselves, not for the customer. Do it, and pause when the customer has something to do.',
    noContact:
      'Not paused: the customer has not been reached yet, so nobody can wait for them. Make contact first and record it.',
    times:
      'Not paused: it was paused {times} {times|time|times}, the rule allows {most}. Go on, or ask the head of the department for help.',
    days: 'Not paused: it stood still for {used}; the rule allows {mostDays} working {mostDays|day|days} in all, and none is left. Go on with it.',
  },
  notice: {
    paused: 'Paused; the clocks go on by themselves at {until} at the latest.',
    resumed: 'The clocks go on; the due time moved by as long as they stood still.',
  },
  history: {
    'complaint.paused': 'paused the clocks',
    'complaint.resumed': 'let the clocks go on',
    'complaint.pause_ended': 'the pause was used up, the clocks went on',
  },
}
