import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'audit'> = {
  'AUD-01': {
    title: '改动与查看留痕',
    text: '每次改动都与一条记录同时写入：谁、何时、从哪里、改了什么、原来与现在、为什么；记不下来就不改。打开客户档案、查看遮盖的内容、打印、导出、下载导入结果，查找到超过{audit_search_results}客户的列表，也各记一条，先记后给看。登录、登录失败和被拒绝的操作同样记录。',
    article: '5(2) 项等',
    source: '《客户资料管理制度规范》5(2)、7(2)、8(1)；《客户档案管理制度》第 17 条',
    acts: {
      everywhere: '每次改动和查看都同时写一条记录',
      '/customers': '查找的结果多，记下条件和数目',
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
    title: '异常立即告警',
    text:
      '出现下列情形，立即通知安全管理员和客户信息主管，非工作时间也发：一小时内查看的客户超过 {alerts_openings_an_hour} 位（打开、打印、查看全文和导出的都算，同一位只算一次）；一小时内查找超过 {alerts_searches_an_hour} 次；连续 {alerts_refusals_in_a_row} 次被拒绝；在没有用过的设备上登录，同时告诉本人；审计记录核对不符，同时告诉审计人员；备份没有做成。' +
      '同一人同一小时的同一情形只告警一次。告警留在“安全告警”页，直到有人查明、写明情况；与自己有关的，由别人处理。账户连续输错密码被锁定，立即通知安全管理员。告警里不写客户的名称和联系方式。',
    article: '补充',
    source: '产品补充规定',
    acts: {
      everywhere: '边用边数，超过就告警，不妨碍当时的操作',
      '/alerts': '列出全部告警，可以只看待处理的',
      '/alerts/:id/settle': '写明查到的情况；不能处理与自己有关的',
      '/audit/seals': '列出哪一批、哪几条不符',
    },
  },
  'AUD-03': {
    title: '经过一目了然',
    text: '每份记录都用平常话按时间列出自己的经过：谁在什么时候做了什么，哪一项从什么改成了什么。客户、任务、导入、人员、制度修改、工作日历和时限都有。遮盖的内容在经过里也遮盖。',
    article: '5(2) 项',
    source: '《客户资料管理制度规范》5(2)；产品补充规定',
    acts: {
      '/customers/:number/history': '全部改动，可按类别筛选',
      '/tasks/:number': '交办、更正、转交和结果',
      '/imports/:number': '上传、开始、停下、完成和撤销',
      '/staff/:number': '资料、角色和账户的改动',
    },
  },
}

export const en: ChapterWords<'audit'> = {
  'AUD-01': {
    title: 'Changes and reads leave a trace',
    text: 'Every change is written together with its line: who, when, from where, what, old and new, and why; without the line there is no change. Opening a customer file, seeing masked content, printing, exporting, downloading the rows of an import and searching out more than {audit_search_results} each leave a line before anything is shown. Sign-ins, failed sign-ins and refused acts are recorded, too.',
    article: 'art. 5(2)ff.',
    source: 'Customer data management 5(2), 7(2), 8(1); customer file management, art. 17',
    acts: {
      everywhere: 'Every change and every read is written down with it',
      '/customers': 'Keeps the conditions of a search that finds many',
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
    title: 'Alerts at once',
    text:
      'The security administrators and the customer information supervisors are told at once, also outside office hours, when somebody sees more than {alerts_openings_an_hour} customers in an hour (opened, printed, shown in full or exported; each counts once), searches more than {alerts_searches_an_hour} times in an hour, is refused {alerts_refusals_in_a_row} times in a row, or signs in on a device not used before (the person is told, too); when a check finds the trail not to be as it was sealed (auditors are told, too); and when a backup could not be made. ' +
      'The same thing of the same person in the same hour is told once. Alerts stay on their page until somebody has looked into them and written what it was; what concerns oneself is settled by another. An account locked after wrong passwords is told to the security administrators at once. Alerts name no customers and no contact details.',
    article: 'addition',
    source: 'The product’s own rule',
    acts: {
      everywhere: 'Counts while people work; an alert stands in nobody’s way',
      '/alerts': 'Lists all alerts, by kind and by whether they are settled',
      '/alerts/:id/settle': 'Writes down what it was; not one’s own',
      '/audit/seals': 'Lists which batch and which lines are wrong',
    },
  },
  'AUD-03': {
    title: 'A history in plain words',
    text: 'Every record tells its own history in plain words and in order: who did what and when, and what each field was before and after. So do customers, tasks, imports, people, changes of the regulations, the working calendar and deadlines. What is masked is masked there, too.',
    article: 'art. 5(2)',
    source: 'Customer data management 5(2); the product’s own rule',
    acts: {
      '/customers/:number/history': 'Lists every change, by kind',
      '/tasks/:number': 'Assigned, corrected, handed on, ended',
      '/imports/:number': 'Uploaded, started, stopped, finished, undone',
      '/staff/:number': 'Changes of details, roles and account',
    },
  },
}
