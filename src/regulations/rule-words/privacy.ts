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
      '/archive/items/:number/contents/new': '提示不得上传国家秘密',
    },
  },
  'PRV-14': {
    title: '保密协议',
    text: '能接触内部以上材料的人员、能得到客户资料的外部伙伴，都要签保密协议，写明范围、义务、责任和期限，登记在册。没有当天生效的协议，内部以上的材料不开放，也不对外提供；终止立即生效。到期前 30 天提醒本人和客户信息主管；更正留下原来的内容。',
    article: '第六条（二）',
    source: '《客户资料管理制度规范》六（二）；《客户信息保密管理制度》四.2；《保密守则》12；《信息管理》三.3',
    acts: {
      everywhere: '没有生效的协议，内部以上的材料打不开',
      '/agreements': '登记册：签约方、范围、义务、责任、期限和扫描件',
      '/agreements/missing': '能接触内部以上材料却没有协议的人员',
      '/disclosures/new': '只能提供给有生效协议的伙伴',
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
      '/archive/items/:number/contents/new': 'Says that state secrets must not be uploaded',
    },
  },
  'PRV-14': {
    title: 'Confidentiality agreements',
    text: 'Whoever has access to more than internal items, and every outside partner who is given customer data, signs a confidentiality agreement with scope, duties, liability and dates, which is recorded. Without one in force that day nothing above internal opens and nothing is given out; ending one works at once. The person and the information supervisor are told 30 days before it runs out; a correction keeps what stood there.',
    article: 'part 6(2)',
    source:
      'Customer data rules, 6(2); Customer confidentiality rules, 4.2; Code of confidentiality, 12; Information rules, 3.3',
    acts: {
      everywhere: 'Without an agreement in force, nothing above internal opens',
      '/agreements': 'The register: party, scope, duties, liability, period and scan',
      '/agreements/missing': 'Who has access above internal and no agreement',
      '/disclosures/new': 'Only to partners with an agreement in force',
    },
  },
}
