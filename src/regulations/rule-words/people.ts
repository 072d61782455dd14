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
    text: '系统管理员、安全管理员、审计三者不能由同一人担任，也不能兼任业务角色。谁都不能给自己授予或收回角色，至少要留一位在用的系统管理员和一位安全管理员。自己录入的档案由别人确认，自己提交的申请、关系到自己的申请，都由别人审批，授权代办也不例外。同一份申请，同一人只签一步；请人加签的，不代他签。一个人的角色全部收回，他给出和受托的代办随之结束。总经理、销售总监和三种管理员的角色要两个人授予：一个人提出，另一个人同意。首次设置完成后，第一位管理员要把账户管理交给另一个人。',
    article: '2.2 项',
    source: '《4S 店客户投诉处理制度》2.2（被投诉人不参与处理）；产品补充规定',
    acts: {
      '/staff/:number/roles': '互斥的角色不能授给同一人；重要的角色要另一个人同意',
      '/approvals/:number': '申请人和与申请有关的人不能审批',
      '/first-steps/finish': '要有另一位系统管理员',
    },
  },
  'PPL-03': {
    title: '外人没有账户',
    text: '账户只由系统管理员为本公司的人开立，没有自行注册；用公司账户登录，也只认已经有账户的人。外单位的人查阅资料，凭登记的介绍信或证件，由经办的同事办理，不给账户。',
    article: '第 18.4 条',
    source: '《客户档案管理制度》第 18.4 条（外单位查阅）',
    acts: { '/staff/new': '只有系统管理员能开立账户', '/sign-in': '没有注册；公司账户登录不开立账户' },
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
    text: 'System administrator, security administrator and auditor are three people, and none of them holds a business role. Nobody grants or takes away their own roles; one active system administrator and one security administrator must always remain. Who records a file does not confirm it; what somebody asked for, or what concerns them, is decided by others, also where one signs for another. Nobody signs two steps of one request, nor for whom they asked to sign; with the last of a person’s roles what they lent and were lent ends. General manager, sales director and the three administrators are granted by two people: one asks, another agrees. When the first steps are over, the first administrator hands the accounts to somebody else.',
    article: 'art. 2.2',
    source: 'Car dealer’s complaint rules 2.2 (who is complained about takes no part); the product’s own rule',
    acts: {
      '/staff/:number/roles': 'Roles that exclude one another are refused; a powerful one needs another’s agreement',
      '/approvals/:number': 'Who asked, or is concerned, does not decide',
      '/first-steps/finish': 'There must be another system administrator',
    },
  },
  'PPL-03': {
    title: 'No accounts for outsiders',
    text: 'Accounts are opened by the system administrator, for the company’s own people; nobody registers, and sign-in with the company’s own account finds only who has one here. People from outside see papers with a registered letter of introduction or their ID, through the colleague in charge, never by an account.',
    article: 'art. 18.4',
    source: 'Customer file management, art. 18.4 (viewing by outsiders)',
    acts: {
      '/staff/new': 'Only the system administrator opens accounts',
      '/sign-in': 'No registration; the company’s own sign-in opens no account',
    },
  },
}
