import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'audit'> = {
  'AUD-01': {
    title: '改动与查看留痕',
    text: '每次改动都与一条记录同时写入：谁、何时、从哪里、改了什么、原来与现在、为什么；记不下来就不改。打开客户档案、查看遮盖的内容、打印、导出、下载导入结果，也各记一条，先记后给看。登录、登录失败和被拒绝的操作同样记录。',
    article: '5(2) 等',
    source: '《客户资料管理制度规范》5(2)、7(2)、8(1)；《客户档案管理制度》第 17 条',
    acts: {
      everywhere: '每次改动和查看都同时写一条记录',
      '/audit': '按人员、对象、类别、事项、日期查找和导出记录',
    },
  },
  'AUD-02': {
    title: '留痕只增不改',
    text: '记录只能追加：数据库不允许产品修改或删除已经写下的任何一条。记录分批封存，每批带着上一批的指纹并签名，密钥不在数据库里；有人绕过产品直接在数据库里改动、删去、插入、调换或截去，核对时都会发现。每天自动核对，审计人员随时可查、可核对。',
    article: '补充',
    source: '产品补充规定；《网络安全法》关于网络日志留存的规定（不少于六个月）',
    acts: {
      '/audit': '只能看，没有修改和删除',
      '/audit/seals': '看每次核对的结果和最近封存的批次，导出存证',
      '/audit/check': '从第一批核对到最新一批，可对照存证',
    },
  },
  'AUD-04': {
    title: '留痕有异立即告知',
    text: '核对发现审计记录与封存的不符，立即通知安全管理员、客户信息主管和审计人员，非工作时间也发；审计页一直显示红色的一行，直到核对完好。同一情形只通知一次。账户连续输错密码被锁定，立即通知安全管理员。',
    article: '补充',
    source: '产品补充规定',
    acts: { '/audit/seals': '列出哪一批、哪几条不符' },
  },
  'AUD-03': {
    title: '经过一目了然',
    text: '每位客户的经过用平常话按时间列出：谁在什么时候做了什么，哪一项从什么改成了什么。遮盖的内容在经过里也遮盖。',
    article: '5(2) 项',
    source: '《客户资料管理制度规范》5(2)；产品补充规定',
    acts: { '/customers/:number/history': '全部改动，可按类别筛选' },
  },
}

export const en: ChapterWords<'audit'> = {
  'AUD-01': {
    title: 'Changes and reads leave a trace',
    text: 'Every change is written together with its line: who, when, from where, what, old and new, and why; without the line there is no change. Opening a customer file, seeing masked content, printing, exporting and downloading the rows of an import each leave a line before anything is shown. Sign-ins, failed sign-ins and refused acts are recorded, too.',
    article: '5(2) ff.',
    source: 'Customer data management 5(2), 7(2), 8(1); customer file management, art. 17',
    acts: {
      everywhere: 'Every change and every read is written down with it',
      '/audit': 'Finds and exports lines by person, record, kind, act and day',
    },
  },
  'AUD-02': {
    title: 'The trail only grows',
    text: 'Lines are only ever added: the database lets the product neither change nor delete one that is written. They are sealed in batches, each with the fingerprint of the one before it and signed with a key outside the database; whoever goes past the product and alters, removes, puts in, swaps or cuts off lines in the database is found out by a check. It is checked every day, and auditors can read and check it at any time.',
    article: 'addition',
    source: 'The product’s own rule; Cybersecurity Law on keeping network logs (at least six months)',
    acts: {
      '/audit': 'Can only be read; nothing is changed or deleted',
      '/audit/seals': 'Shows the result of every check and the last batches; exports the head',
      '/audit/check': 'Checks from the first batch to the last, also against a kept head',
    },
  },
  'AUD-04': {
    title: 'Told at once when the trail is wrong',
    text: 'When a check finds the trail not to be as it was sealed, the security administrators, the customer information supervisors and the auditors are told at once, also outside office hours; the audit page keeps a red line until a check finds it intact. The same findings are told once. An account locked after wrong passwords is told to the security administrators at once.',
    article: 'addition',
    source: 'The product’s own rule',
    acts: { '/audit/seals': 'Lists which batch and which lines are wrong' },
  },
  'AUD-03': {
    title: 'A history in plain words',
    text: 'The history of each customer tells in plain words and in order who did what and when, and what each field was before and after. What is masked is masked there, too.',
    article: '5(2)',
    source: 'Customer data management 5(2); the product’s own rule',
    acts: { '/customers/:number/history': 'Lists every change, by kind' },
  },
}
