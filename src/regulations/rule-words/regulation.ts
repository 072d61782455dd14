import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'regulation'> = {
  'RULE-01': {
    title: '制度看得见',
    text: '“制度”列出产品执行的每一条：条文、参数现在的值、各个版本、出处、在哪里起作用，以及最近 30 天阻止、提醒、逾期各多少次。被拒绝时看到的条款号，点开就是那一条。',
    article: '补充',
    source: '产品补充规定：应用内的制度',
    acts: {
      '/regulations': '列出每一条、参数和次数',
      '/regulations/:rule': '列出条文、版本、起作用的地方',
      everywhere: '拒绝和提醒时写明条款，并计入次数',
    },
  },
  'RULE-02': {
    title: '修改参数要批准',
    text: '参数由系统管理员起草，写明理由和生效日期；由总经理批准后，从那一天起生效，起草人自己不能批准。数值不得超出允许的范围。每个版本都留下起草人、批准人、日期和它替代的值；已经开始的时限，仍按开始时的值走完。',
    article: '第 28–29 条',
    source: '《客户档案管理制度》第 28–29 条（修订与审批）；《销售客户管理制度》1.3',
    acts: {
      '/regulations/:rule/draft': '检查数值的范围和生效日期',
      '/approvals/:number': '起草人不能批准自己起草的',
      '/regulations/presets': '换用行业的值，同样要批准',
    },
  },
}

export const en: ChapterWords<'regulation'> = {
  'RULE-01': {
    title: 'Rules are in plain sight',
    text: 'The regulations list every rule the product applies: its text, the values in force, all versions, where it comes from, where it acts, and how often it stopped, reminded or was breached in the last 30 days. A rule named in a refusal leads to its page.',
    article: 'addition',
    source: 'The product’s own rule on regulations in the product',
    acts: {
      '/regulations': 'Lists every rule, its figures and how often it acted',
      '/regulations/:rule': 'Shows the text, the versions and where it acts',
      everywhere: 'Refusals and reminders name their rule and are counted',
    },
  },
  'RULE-02': {
    title: 'Changed by approval',
    text: 'Parameters are drafted by the system administrator with a reason and a date, and are in force from that date once the general manager has approved them; nobody approves their own draft. A value cannot leave its bounds. Each version keeps who drafted and who approved it, the date and the values it replaces; a deadline that has begun goes on with the values it began with.',
    article: 'art. 28–29',
    source: 'Customer file management, art. 28–29 (revision and approval); sales customer management 1.3',
    acts: {
      '/regulations/:rule/draft': 'Holds every figure to its bounds, and the date',
      '/approvals/:number': 'Nobody approves their own draft',
      '/regulations/presets': 'Takes over the values of a trade, by approval, too',
    },
  },
}
