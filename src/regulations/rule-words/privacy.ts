import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'privacy'> = {
  'PRV-02': {
    title: '敏感信息遮盖',
    text:
      '电话、邮箱、微信、证照号码、信用说明和交易经过平时遮盖。要看全文，须有这项权利并写明理由（至少 {privacy_reason_length} 个字，或选一个常用理由）；一次看一项，显示 {privacy_shown_seconds} 秒，每人每小时最多 {privacy_unmaskings_an_hour} 项，每次都记入经过。' +
      '身份证号须有更高一级的权利。列表、打印、导出同样遮盖。',
    article: '第三条',
    source: '《客户信息保密管理制度》三；《个人信息保护法》第 28 条（敏感个人信息）',
    acts: {
      '/customers/:number/unmaskings/:field': '要有理由，限时、限次、留痕',
      '/customers': '电话和代码遮盖后显示',
      '/customers/export': '遮盖后写入文件',
    },
  },
  'PRV-06': {
    title: '备份每天做，能恢复',
    text: '数据库和上传的文件每晚备份一次，写完逐字节读回核对，再恢复到临时数据库里演练；可以加密后放到别的机器上。超过 26 小时没有好的备份，系统管理员会收到通知。恢复只往空的数据库里进行，逐表比对，有一处不对就全部撤回。',
    article: '企业信息 二',
    source: '《企业信息管理制度》二；《如何规范客户信息管理》5',
    acts: { '/backups': '每晚备份、核对、演练；过期提醒' },
  },
  'PRV-09': {
    title: '不得存放国家秘密',
    text: '“机密”“绝密”也是国家秘密的法定密级，国家秘密不得存放在本系统里。登录页和上传附件的页面都这样提示；本系统的密级一律是公司的商业秘密。',
    article: '保密法',
    source: '《中华人民共和国保守国家秘密法》',
    acts: {
      '/sign-in': '提示不得存放国家秘密',
      '/customers/:number/attachments/new': '提示不得上传国家秘密',
    },
  },
}

export const en: ChapterWords<'privacy'> = {
  'PRV-02': {
    title: 'Sensitive data are masked',
    text:
      'Telephones, e-mail, WeChat, codes, the credit description and the transaction history are masked. Seeing the whole takes the right and a reason (at least {privacy_reason_length} characters, or one of the usual ones); one field at a time, for {privacy_shown_seconds} seconds, at most {privacy_unmaskings_an_hour} {privacy_unmaskings_an_hour|field|fields} an hour for each person, and each time it goes into the history. ' +
      'ID numbers take a higher right. Lists, prints and exports are masked in the same way.',
    article: 'part 3',
    source: 'Customer confidentiality rules, part 3; Personal Information Protection Law, art. 28 (sensitive data)',
    acts: {
      '/customers/:number/unmaskings/:field': 'Shown with a reason, for a short time, counted and recorded',
      '/customers': 'Telephones and codes are shown masked',
      '/customers/export': 'Written to the file masked',
    },
  },
  'PRV-06': {
    title: 'Daily backups that can be restored',
    text: 'Database and uploaded files are backed up every night, read back byte by byte, and restored into a scratch database for proof; they can be encrypted for keeping on another machine. When there has been no good backup for 26 hours, system administrators are told. A restore only goes into an empty database, compares every table, and is rolled back as a whole if anything differs.',
    article: 'part 2',
    source: 'Company information rules, part 2; How to regulate customer information, 5',
    acts: { '/backups': 'Backs up by night, compares, tries restoring; tells when a backup is old' },
  },
  'PRV-09': {
    title: 'No state secrets here',
    text: '“Confidential” and “top secret” (机密, 绝密) are also levels of state secrets, and state secrets must not be kept on this system. The sign-in page says so, and so does every page for uploading an attachment; the levels here are the company’s own trade secrets.',
    article: 'secrets law',
    source: 'Law of the People’s Republic of China on guarding state secrets',
    acts: {
      '/sign-in': 'Says that state secrets must not be kept here',
      '/customers/:number/attachments/new': 'Says that state secrets must not be uploaded',
    },
  },
}
