import type { ChapterWords } from './shape.ts'

export const zh: ChapterWords<'customers'> = {
  'CUS-01': {
    title: '客户编号',
    text: '每位客户有一个编号：K、年份、六位流水号，如 K2026000123。编号由系统给出，用过的不再给别人，撤销导入也不收回。',
    article: '四.1 项',
    source: '《客户维系制度》四.1（客户资料编号）；《客户档案管理制度》第 6 条（索引）',
    acts: { '/customers/new': '保存时给号', '/imports/new': '每行建档时给号' },
  },
  'CUS-02': {
    title: '客户的类型与阶段',
    text: '客户分单位和个人，又分一般客户和特殊客户；特殊客户（律师、财务顾问、广告、公关、银行、保险等）要写明合作类别。阶段依次是潜在、已签约、服务中、流失、失去，另有合同作废；只能按规定的步骤变更。',
    article: '第 3 条',
    source: '《客户档案管理制度》第 3 条（客户分类）；《客户管理规定》第一部分 2',
    acts: {
      '/customers/new': '要选类型和关系',
      '/customers/:number/life': '只列出可以变更到的阶段',
    },
  },
  'CUS-03': {
    title: '名称与证照一致',
    text: '单位的名称与营业执照一致，写成“中文名”或“中文名(英文名)”；确实没有中文名才单用外文名。一格里写几个名称的拒绝，要各建一份。统一社会信用代码和身份证号按校验位检查。',
    article: '三.2 项',
    source: '《客户管理规定》第三部分 2（客户名称）',
    acts: {
      '/customers/new': '保存时检查名称和代码',
      '/customers/:number/identity': '保存时检查',
      '/imports/new': '逐行检查，不合的行写明原因',
    },
  },
  'CUS-04': {
    title: '建档与确认的必填项',
    text: '保存客户至少要有名称、类型、一种联系方式、来源和收集目的。确认档案还要有联系人、网址或地址、信用说明和交易经过。姓名、电话、邮箱、网址在录入时检查写法。',
    article: 'a) 项',
    source: '《客户信息与满意度管理制度》a)（档案内容）；《如何规范客户信息管理流程》2',
    acts: {
      '/customers/new': '缺一项不能保存',
      '/customers/:number/reach': '检查写法，不能全部删掉',
      '/incomplete-files': '列出每份缺什么',
      '/imports/new': '缺项的行写明原因',
    },
  },
  'CUS-05': {
    title: '建档确认时限',
    text:
      '新客户建档后是暂存，要由销售总监或总经理在 {customers_confirm_days} 个工作日内确认；导入的在 {customers_confirm_imported_days} 个工作日内确认。到期没有确认的，依次上报（{customers_confirm_ladder}）。' +
      '录入时同时提交确认申请，资料更正后按新的内容审批。自己录入的由别人确认；缺必填项的不能确认。退回和不同意要写理由，档案仍是暂存，改好后在客户页面重新申请；退回期间时限暂停。',
    article: '第 4 条',
    source: '《客户档案管理制度》第 4 条（及时建档）；《客户信息与满意度管理制度》c)（销售总监确认）',
    acts: {
      '/customers/new': '保存后是暂存，确认时限开始',
      '/customers/:number/confirmation': '检查是否齐全、是否别人录入',
      '/customers/confirmation': '逐份按同样的规则检查',
      '/imports/new': '每户提交一份确认申请',
    },
  },
  'CUS-06': {
    title: '更正与改归属',
    text:
      '更正立即生效，经过里并列原来与现在的值。已确认客户的类型、名称和证照号除外：并列新旧值提交审批，由更正人以外的销售总监（没有时由总经理）批准后才写入，批准时再查一次相同的客户；同一张表里的其他内容马上保存。两个人同时改同一位客户，后保存的会看到先保存的，不会盖掉。' +
      '改归属只能由有指派权的人在自己的范围内做。已确认的客户换归属要经批准，申请人和新归属人不能批；多户一起换只批一份，批准时归属已经变过的不再改。没有归属的、暂存的，以及只改部门或区域的马上生效，改后 {customers_undo_seconds} 秒内本人可以撤销。档案材料降低密级同样要批准（ARC-02）。',
    article: '5(2) 项',
    source: '《客户资料管理制度规范》5(2)（修改留痕）',
    acts: {
      '/customers/:number/identity': '关键字段提交审批；并列新旧，防止互相覆盖',
      '/customers/:number/assignment': '检查范围；换归属提交审批，其余可以撤销',
      '/customers/assignment': '逐户按同样的规则检查',
    },
  },
  'CUS-07': {
    title: '资料核实期限',
    text: '资料的每一部分都记着最近一次由谁、何时、怎样核实；有一部分满 {customers_verify_months} 个月没有核实就是逾期，依次通知（{customers_verify_ladder}）。谁发现资料不对就当场更正，并写明怎么知道的，更正也算核实。导入的资料写明从未核实；已失去或合同作废的客户不再计时。',
    article: '3.1.2 条',
    source: '《客户信息系统录入管理办法》3.1.2（更正信息）',
    acts: {
      '/customers/:number': '显示上次核实的时间和下次核实的期限',
      '/customers/:number/identity': '更正时要写明怎么知道的',
      '/customers/:number/verification': '记下核实了什么、怎样核实的',
    },
  },
  'CUS-10': {
    title: '地址按标准地名',
    text: '省、地市、区县用国家标准 GB/T 2260 的名称，下级必须属于上级；写简称也认得。街道以下照实填写。',
    article: '3.1.1 条',
    source: '《客户信息系统录入管理办法》3.1.1（地址）；GB/T 2260 行政区划代码',
    acts: {
      '/customers/new': '检查省、地市、区县',
      '/customers/:number/addresses/new': '检查省、地市、区县',
      '/imports/new': '认出地址里的省、地市、区县',
    },
  },
  'CUS-12': {
    title: '客户之间的关联',
    text: '上下级单位、介绍人、亲属、司机、秘书、随行客人可以互相关联，一边登记，两边都看到。不能关联自己，不能重复，上下级不能绕成圈。',
    article: '补充',
    source: '产品补充规定：客户之间的关联',
    acts: { '/customers/:number/links/new': '检查重复、反向和绕圈' },
  },
  'CUS-14': {
    title: '找得到客户',
    text: '按名称、别名、编号、电话片段、车牌、联系人、地址的任何一部分，或拼音和首字母，都能找到客户，边输边列；只列出自己范围内的。别名和车牌的个数与写法在保存时检查。',
    article: '补充',
    source: '产品补充规定：查找客户',
    acts: {
      '/search': '输入任何一部分就能找到',
      '/customers': '在列表里搜索和筛选',
      '/customers/new': '检查别名和车牌',
    },
  },
  'CUS-15': {
    title: '导入与导出',
    text: '导入前先预览并指定每列是什么；每行单独检查，不合的行写明原因，其余照常导入；内容完全相同的文件要再确认一次。整次导入可以撤销，之后有人动过的客户留下。导出要有导出权，照样遮盖，有编号，谁在何时导出了多少都有记录。',
    article: '19.1、23.1 条',
    source: '《客户档案管理制度》第 19 条第 1 款、第 23 条第 1 款',
    acts: {
      '/imports/new': '检查文件，逐行检查',
      '/imports/:number/undo': '整次撤回',
      '/customers/export': '检查权限，遮盖，编号，留痕',
    },
  },
  'CUS-16': {
    title: '客户档案与附件',
    text:
      '打印的客户档案每页都有客户编号、密级、份号、打印人和时间；遮盖的内容照样遮盖。经过最多印最近 {customers_printed_history} 条。每打印一份，给一个份号并记录。' +
      '附件是档案的一部分：看得到客户的人才打得开，每次打开都记录；每份不超过 {files_max_megabytes} MB，每位客户最多 {files_per_customer} 份、连同旧版合计不超过 {files_customer_megabytes} MB；内容与扩展名不符、带宏或含病毒的文件不收；移除要写原因，内容保留。',
    article: '第 23 条',
    source: '《客户档案管理制度》第 23 条（重要资料的保密措施）',
    acts: {
      '/customers/:number/print': '编份号，留痕',
      '/customers/:number/attachments/new': '检查文件的类型、大小和数量',
    },
  },
  'CUS-19': {
    title: '联系记录',
    text: '与客户的每次电话、邮件、信息、面谈都记下时间、方式、内容、结果和下一步，在其后 {contacts_record_days} 个工作日内登记，迟的标明；是档案的一部分。',
    article: '2.1 条',
    source: '《客户关系管理规范》2.1–2.3；《销售人员见客户守则》第 17 条',
    acts: {
      '/contact-records/new': '联系过后登记：时间、方式、内容、结果和下一步；超过时限的标为迟登',
      '/contact-records/:number/correction': '只有登记人自己能更正，更正前后都留在客户经过里',
      '/contact-records': '按迟登和按时筛选',
      '/customers/:number/print': '打印的客户档案里有最近的联系记录',
    },
  },
  'CARE-01': {
    title: '生日记录',
    text: '联系人的生日可记公历或农历，年份可以不写，闰月照记。不存在的日子和还没到的日子不能保存；联系人旁边写着下一次生日是哪天。',
    article: '4、9 项',
    source: '《客户维系制度》4（及时问候）、9（生日问候）',
    acts: { '/customers/:number/contacts/new': '检查生日' },
  },
  'CARE-02': {
    title: '流失要写原因',
    text: '客户转为流失、失去或合同作废，要写明原因，记入经过；失去的客户可以赢回，重新成为潜在客户。',
    article: '(5) 项',
    source: '《客户忠诚度管理制度》(5)（挽回流失客户）',
    acts: { '/customers/:number/life': '没有原因不能保存' },
  },
}

export const en: ChapterWords<'customers'> = {
  'CUS-01': {
    title: 'Customer number',
    text: 'Each customer has a number: K, the year and six digits, such as K2026000123. The system gives it; one that was given is never given again, not even after an import is undone.',
    article: 'art. 4.1',
    source: 'Customer relations rules 4.1 (numbering); customer file management, art. 6 (index)',
    acts: { '/customers/new': 'Numbered on saving', '/imports/new': 'Each row is numbered' },
  },
  'CUS-02': {
    title: 'Kinds and stages',
    text: 'A customer is an organisation or a person, and a business customer or a cooperating party; of the latter (lawyers, advisers, advertising, PR, banks, insurers) the kind of cooperation is stated. The stages are potential, signed, in service, lapsed and lost, besides a void contract; only the steps between them are possible.',
    article: 'art. 3',
    source: 'Customer file management, art. 3 (kinds of customers); customer management rules, part 1 (2)',
    acts: {
      '/customers/new': 'Kind and relation are chosen',
      '/customers/:number/life': 'Only possible steps are offered',
    },
  },
  'CUS-03': {
    title: 'Name as on the licence',
    text: 'An organisation is named as on its licence: 中文名 or 中文名(English name); a foreign name stands alone only where there is no Chinese one. Several names in one field are refused: each is recorded by itself. Credit codes and ID numbers are checked by their check digits.',
    article: 'part 3 (2)',
    source: 'Customer management rules, part 3 (2), names',
    acts: {
      '/customers/new': 'Name and code are checked on saving',
      '/customers/:number/identity': 'Checked on saving',
      '/imports/new': 'Checked row by row, with the reason',
    },
  },
  'CUS-04': {
    title: 'What a file must hold',
    text: 'To be saved, a customer needs a name, a kind, one way to reach it, a source and a purpose. To be confirmed, the file also needs a contact, a website or an address, the credit description and the transaction history. Names, telephones, e-mail and websites are checked for their form as they are entered.',
    article: 'a)',
    source: 'Customer information and satisfaction rules a) (content of a file); customer information process 2',
    acts: {
      '/customers/new': 'Not saved while one is missing',
      '/customers/:number/reach': 'Checked for form, never left empty',
      '/incomplete-files': 'Lists what each one lacks',
      '/imports/new': 'Rows that lack something say so',
    },
  },
  'CUS-05': {
    title: 'Deadline for confirming a file',
    text:
      'A new customer is provisional until the sales director or the general manager confirms it, within {customers_confirm_days} working {customers_confirm_days|day|days}; one that was imported, within {customers_confirm_imported_days} working {customers_confirm_imported_days|day|days}. What is not confirmed in time is reported upwards ({customers_confirm_ladder}). ' +
      'The request to confirm is filed with the record and takes in later corrections. Who recorded a file does not confirm it, and a file that lacks something cannot be confirmed. Returning and refusing take a reason; the file stays provisional, and one asks again on its page. The clock rests while it is returned.',
    article: 'art. 4',
    source:
      'Customer file management, art. 4 (files opened promptly); customer information and satisfaction rules c) (confirmed by the sales director)',
    acts: {
      '/customers/new': 'Provisional once saved; the time to confirm it begins',
      '/customers/:number/confirmation': 'Checks that it is complete, and was recorded by somebody else',
      '/customers/confirmation': 'Each passes the same checks',
      '/imports/new': 'A request is filed for each customer',
    },
  },
  'CUS-06': {
    title: 'Corrections and owners',
    text:
      'A correction takes effect at once, and the history shows old and new side by side. Not so kind, name and licence number of a confirmed customer: they are filed with old and new, and written once a sales director who did not ask for it (the general manager where there is none) approves; the search for the same customer runs again then. Whatever else the form changed is saved at once. When two people change one customer, the later one is shown what the earlier one saved and overwrites nothing. ' +
      'Owners are changed by those who may assign, within their scope. A confirmed customer changes hands by approval, which neither the applicant nor the new owner gives; many at once are one request, and those whose owner has changed by then are left out. One without an owner, a provisional one, and department or region alone are changed at once; whoever did can undo it for {customers_undo_seconds} seconds. Lowering the secrecy level of an archive item takes an approval, too (ARC-02).',
    article: 'art. 5(2)',
    source: 'Customer data management 5(2) (changes leave a trace)',
    acts: {
      '/customers/:number/identity': 'Key fields go to approval; old beside new, nothing is overwritten',
      '/customers/:number/assignment': 'Held to one’s scope; another owner goes to approval, the rest can be undone',
      '/customers/assignment': 'Each passes the same checks',
    },
  },
  'CUS-07': {
    title: 'Deadline for verifying data',
    text: 'Every part of the data says by whom, when and how it was last verified; when one has not been for {customers_verify_months} {customers_verify_months|month|months} it is overdue and people are told in turn ({customers_verify_ladder}). Whoever finds something wrong corrects it there and then and says how the right one is known, which counts as verified. What was imported says that it never was; customers lost or void are not counted.',
    article: 'art. 3.1.2',
    source: 'Rules for entering customer information 3.1.2 (corrections)',
    acts: {
      '/customers/:number': 'Shows when it was last verified, and until when again',
      '/customers/:number/identity': 'A correction says how the right one is known',
      '/customers/:number/verification': 'Keeps what was verified, and how',
    },
  },
  'CUS-10': {
    title: 'Addresses by standard names',
    text: 'Province, city and district are those of GB/T 2260, each inside the one above; short names are understood. From the street on it is written as it is.',
    article: 'art. 3.1.1',
    source: 'Rules for entering customer information 3.1.1 (addresses); GB/T 2260 division codes',
    acts: {
      '/customers/new': 'Province, city and district are checked',
      '/customers/:number/addresses/new': 'Province, city and district are checked',
      '/imports/new': 'Province, city and district are read out of addresses',
    },
  },
  'CUS-12': {
    title: 'Links between customers',
    text: 'Parent and subsidiary, referrer, relative, driver, secretary and attached guest: recorded on one side, shown on both. No customer is linked to itself, no link stands twice, and nobody is above their own parent.',
    article: 'addition',
    source: 'The product’s own rule on links between customers',
    acts: { '/customers/:number/links/new': 'A link twice, reversed or in a circle is refused' },
  },
  'CUS-14': {
    title: 'Every customer can be found',
    text: 'Any part of a name, other name, number, telephone, plate, contact or address, or pinyin and its initials, finds a customer while it is typed, within one’s own scope. Other names and plates are checked for number and form on saving.',
    article: 'addition',
    source: 'The product’s own rule on finding customers',
    acts: {
      '/search': 'Any part that is typed finds it',
      '/customers': 'Searches and filters the list',
      '/customers/new': 'Other names and plates are checked',
    },
  },
  'CUS-15': {
    title: 'Import and export',
    text: 'Before an import there is a preview and each column is named; every row is checked by itself, those that do not fit say why, the others are imported; a file with exactly the same content asks again. A whole import can be undone, except customers somebody has worked on since. An export takes the right to it, is masked and numbered, and who exported how much and when is recorded.',
    article: 'art. 19, 23',
    source: 'Customer file management, art. 19 (1) and 23 (1)',
    acts: {
      '/imports/new': 'Checks the file, then every row',
      '/imports/:number/undo': 'Takes all of it back',
      '/customers/export': 'Takes the right; masked, numbered, recorded',
    },
  },
  'CUS-16': {
    title: 'Customer files and attachments',
    text:
      'A printed file carries customer number, secrecy mark, copy number, person and time on every page; what is masked stays masked. At most the latest {customers_printed_history} lines of the history are printed. Every copy is numbered and recorded. ' +
      'Attachments are a part of it: only who sees the customer opens them, and each opening is recorded; each has at most {files_max_megabytes} MB, a customer at most {files_per_customer} of them, with older versions at most {files_customer_megabytes} MB; a file whose content is not what its ending says, or that holds macros or a virus, is not taken; removing takes a reason, and the content is kept.',
    article: 'art. 23',
    source: 'Customer file management, art. 23 (protection of important papers)',
    acts: {
      '/customers/:number/print': 'The copy is numbered and recorded',
      '/customers/:number/attachments/new': 'Type, size and number of files are checked',
    },
  },
  'CUS-19': {
    title: 'Contact records',
    text: 'Every call, e-mail, message and meeting with a customer is entered with time, way, content, result and next step within {contacts_record_days} working day(s); late ones are marked. It is part of the file.',
    article: 'art. 2.1',
    source: 'Customer relations standard, 2.1–2.3; Rules for meeting customers, art. 17',
    acts: {
      '/contact-records/new':
        'A contact is entered with time, way, content, result and next step; late ones are marked',
      '/contact-records/:number/correction':
        'Only who entered it corrects it; both versions stay in the customer’s history',
      '/contact-records': 'Listed by late and in time',
      '/customers/:number/print': 'The printed file has the recent contacts',
    },
  },
  'CARE-01': {
    title: 'Birthdays',
    text: 'A contact’s birthday is solar or lunar, the year may be left out, and leap months are kept. A day that does not exist or is still to come is not saved; beside the contact stands the next birthday.',
    article: 'art. 4 and 9',
    source: 'Customer relations rules 4 (greetings in time) and 9 (birthdays)',
    acts: { '/customers/:number/contacts/new': 'The birthday is checked' },
  },
  'CARE-02': {
    title: 'Loss has a reason',
    text: 'When a customer lapses, is lost or its contract becomes void, the reason is stated and kept in the history; one that was lost can be won back and is a potential customer again.',
    article: '(5)',
    source: 'Customer loyalty rules (5) (winning back)',
    acts: { '/customers/:number/life': 'Not saved without the reason' },
  },
}
