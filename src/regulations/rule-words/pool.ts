import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'pool'> = {
  'POOL-01': {
    title: '建档前查重',
    text: '新建或导入客户以前，先按证照号码、名称的字号与行业、电话查找已有的客户，范围以外的也查。证照号码相同就是同一位，不能再建。名称相同、字号和行业相同或电话相同时先停下来：是同一家就找归属业务员；不是，写明区别才能保存。查到范围以外的客户，只告诉归属谁、在哪个阶段。',
    article: '二.1 项',
    source: '《客户管理规定》第二部分 1（客户冲突）',
    acts: {
      '/customers/new': '边填边查，保存时再查',
      '/customers/:number/identity': '保存时查',
      '/imports/new': '逐行查，重复的行不导入，疑似的标明',
    },
  },
}

export const en: ChapterWords<'pool'> = {
  'POOL-01': {
    title: 'Look before recording',
    text: 'Before a customer is recorded or imported, existing ones are searched by code, by trade name and line of business, and by telephone, also outside one’s scope. The same code is the same customer and cannot be recorded again. The same name, the same trade name and line of business, or the same telephone stops it first: if it is the same, ask the owner; if not, say how it differs and save. Of a customer outside one’s scope only the owner and the stage are told.',
    article: 'part 2 (1)',
    source: 'Customer management rules, part 2 (1), conflicts',
    acts: {
      '/customers/new': 'Searched while typing, and again on saving',
      '/customers/:number/identity': 'Searched on saving',
      '/imports/new': 'Searched row by row; a row in conflict is left out or marked',
    },
  },
}
