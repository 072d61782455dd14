import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'people'> = {
  'PPL-01': {
    title: '权限一张表',
    text: '谁能做什么，只看一张表：角色、操作、范围。表里没有的操作不存在，没有写给某个角色的，就是不能做。角色授予到全公司、某个部门或某个区域，部门和区域包含下级；范围以外的客户看不到，也改不了。',
    article: '第 17 条',
    source: '《客户档案管理制度》第 17 条（查阅权限）；产品补充规定',
    acts: {
      everywhere: '每个页面和操作，不在权限内的一律拒绝',
      '/access': '逐格列出每个角色能做什么',
      '/staff/:number/roles': '范围要写清，同一范围不重复授予',
    },
  },
  'PPL-02': {
    title: '职责分离',
    text: '系统管理员、安全管理员、审计三者不能由同一人担任，也不能兼任业务角色。谁都不能给自己授予或收回角色，至少要留一位在用的系统管理员和一位安全管理员。自己录入的档案由别人确认。首次设置完成后，第一位管理员要把账户管理交给另一个人。',
    article: '2.2 项',
    source: '《4S 店客户投诉处理制度》2.2（被投诉人不参与处理）；产品补充规定',
    acts: {
      '/staff/:number/roles': '互斥的角色不能授给同一人',
      '/first-steps/finish': '要有另一位系统管理员',
    },
  },
}

export const en: ChapterWords<'people'> = {
  'PPL-01': {
    title: 'One table of rights',
    text: 'Who may do what stands in one table: role, act, scope. An act that is not in it does not exist, and what is not given to a role is refused. A role is granted for the company, a department or a region, each with all below it; customers outside the scope can be neither seen nor changed.',
    article: 'art. 17',
    source: 'Customer file management, art. 17 (rights of access); the product’s own rule',
    acts: {
      everywhere: 'Every page and act is refused without the right to it',
      '/access': 'Shows what each role may do, cell by cell',
      '/staff/:number/roles': 'A role is granted with its scope, once for each',
    },
  },
  'PPL-02': {
    title: 'Separation of duties',
    text: 'System administrator, security administrator and auditor are three people, and none of them holds a business role. Nobody grants or takes away their own roles; one active system administrator and one security administrator must always remain. Who records a file does not confirm it. When the first steps are over, the first administrator hands the accounts to somebody else.',
    article: '2.2',
    source: 'Car dealer’s complaint rules 2.2 (who is complained about takes no part); the product’s own rule',
    acts: {
      '/staff/:number/roles': 'Roles that exclude one another are refused',
      '/first-steps/finish': 'There must be another system administrator',
    },
  },
}
