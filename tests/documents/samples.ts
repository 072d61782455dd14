import type { CustomerFile, CustomerFileWords } from '../../src/customers/documents.ts'

const zh: CustomerFileWords = {
  file: '客户档案',
  copy: '副本',
  printed: '{person} {time} 打印',
  permit: '许可',
  notice:
    '本副本含商业秘密。按《客户档案保密与借阅》第 23.1 条，复印、转交须另行批准；遗失须在发现后立即报告。「商密」为企业商业秘密标志，不属国家秘密。',
  page: '第 {page} 页，共 {pages} 页',
  cover: '封面',
  index: '目录',
  none: '没有记录',
  coverFacts: { number: '客户编号', copyNumber: '副本号', printedBy: '打印人', printedAt: '打印时间', permit: '许可' },
  sections: {
    contacts: '联系人',
    addresses: '地址',
    links: '关联客户',
    visits: '拜访',
    records: '联系记录',
    history: '经过（摘录）',
  },
  columns: {
    contacts: { name: '姓名', role: '职务', phone: '手机', email: '邮箱', birthday: '生日', note: '关心的事' },
    addresses: { kind: '用途', address: '地址', note: '备注' },
    links: { relation: '关系', number: '编号', name: '名称', note: '备注' },
    visits: { time: '时间', purpose: '目的', person: '拜访人', outcome: '情况' },
    records: { time: '时间', way: '方式', person: '联系人', what: '内容' },
    history: { time: '时间', what: '事项', person: '经办' },
  },
}

const en: CustomerFileWords = {
  file: 'Customer file',
  copy: 'copy',
  printed: 'Printed by {person}, {time}',
  permit: 'permit',
  notice:
    'This copy contains business secrets. Under art. 23.1 of the rules on keeping and lending customer files it may not be copied or passed on without approval; report a loss as soon as it is noticed. “Company secret” is a mark of this company and not of state secrecy.',
  page: 'Page {page} of {pages}',
  cover: 'Cover',
  index: 'Contents',
  none: 'Nothing recorded',
  coverFacts: {
    number: 'Customer number',
    copyNumber: 'Copy number',
    printedBy: 'Printed by',
    printedAt: 'Printed at',
    permit: 'Copy permit',
  },
  sections: {
    contacts: 'Contacts',
    addresses: 'Addresses',
    links: 'Linked customers',
    visits: 'Visits',
    records: 'Contact records',
    history: 'History (extract)',
  },
  columns: {
    contacts: {
      name: 'Name',
      role: 'Position',
      phone: 'Mobile',
      email: 'E-mail',
      birthday: 'Birthday',
      note: 'Cares about',
    },
    addresses: { kind: 'Use', address: 'Address', note: 'Note' },
    links: { relation: 'Relation', number: 'Number', name: 'Name', note: 'Note' },
    visits: { time: 'Time', purpose: 'Purpose', person: 'By', outcome: 'State' },
    records: { time: 'Time', way: 'Way', person: 'Person', what: 'What' },
    history: { time: 'Time', what: 'What', person: 'By' },
  },
}

const happenings = [
  ['受理投诉：冷库门漏风，温度记录缺失', '何以宁'],
  ['回款 48,350.00', '祝南星'],
  ['拜访，报告次日提交', '何以宁'],
  ['投诉：冷库门封条老化，已结', '许望舒'],
  ['核实地址、电话，来源：营业执照副本', '何以宁'],
  ['首次超额 21,000.00，按时还清', '褚云墨'],
  ['电话由 138****0317 改为 139****0655', '沈既白'],
] as const

/** A usual customer: all invented, one page of facts and some history. */
export function sample(changes: Partial<CustomerFile> = {}, entries = 24): CustomerFile {
  return {
    language: 'zh',
    words: zh,
    company: '桃源里机电集团　客户服务部',
    mark: '商密·机密',
    number: 'K2026000318',
    name: '九色鹿冷链物流有限公司',
    latinName: 'Nine-Colour Deer Cold Chain Logistics Co., Ltd.',
    copyNumber: '02-1187',
    printedBy: '何以宁',
    printedAt: new Date('2026-11-24T06:05:00Z'),
    printedTime: '2026-11-24 14:05',
    permit: 'FZ2026000041',
    facts: [
      {
        title: '基本情况',
        facts: [
          { label: '客户编号', value: 'K2026000318' },
          { label: '名称', value: '九色鹿冷链物流有限公司' },
          { label: '类别', value: '单位·一般客户' },
          { label: '阶段', value: '在服务' },
          { label: '统一社会信用代码', value: '9133****0000****X1' },
          { label: '电话', value: '0571-****2208' },
          { label: '地址', value: '浙江省杭州市滨江区云外路 18 号' },
          { label: '区域', value: '华东·浙江' },
          { label: '部门', value: '客户服务部' },
          { label: '归属业务员', value: '何以宁' },
          { label: '建档', value: '2026-03-02 09:12' },
        ],
      },
    ],
    contacts: [
      { name: '鹿鸣野', role: '仓储经理', phone: '138****0317', email: '', birthday: '', note: '夜间到货有人值守' },
      {
        name: '白露晞',
        role: '财务主管',
        phone: '139****0655',
        email: 'b***@example.com',
        birthday: '八月十五',
        note: '每月 5 日前要对账单',
      },
      { name: '霍青阳', role: '总经理', phone: '137****0802', email: '', birthday: '', note: '只接总监以上来访' },
    ],
    addresses: [{ kind: '服务地址', address: '浙江省杭州市滨江区云外路 18 号 3 幢', note: '2026-09-14 核实' }],
    links: [{ relation: '介绍人', number: 'K2026000102', name: '南柯郡建材', note: '' }],
    history: history(entries),
    ...changes,
  }
}

export function history(entries: number): CustomerFile['history'] {
  return Array.from({ length: entries }, (_, at) => {
    const [what, person] = happenings[at % happenings.length] ?? ['', '']
    const day = new Date(Date.UTC(2026, 10, 24) - at * 86_400_000).toISOString().slice(0, 10)
    return { time: `${day} 10:40`, what: `${what}（第 ${entries - at} 件）`, person }
  })
}

export function englishSample(changes: Partial<CustomerFile> = {}): CustomerFile {
  return sample({
    language: 'en',
    words: en,
    company: 'Peach Blossom Village Electric Group, Customer Service',
    mark: 'Company secret · Confidential',
    printedBy: 'HE Yining',
    facts: [
      {
        title: 'Particulars',
        facts: [
          { label: 'Number', value: 'K2026000318' },
          { label: 'Name', value: '九色鹿冷链物流有限公司' },
          { label: 'Kind', value: 'Organisation, business customer' },
          { label: 'Stage', value: 'In service' },
          { label: 'Unified social credit code', value: '9133****0000****X1' },
          { label: 'Phone', value: '0571-****2208' },
          { label: 'Address', value: '浙江省杭州市滨江区云外路 18 号' },
          { label: 'Region', value: 'East China, Zhejiang' },
          { label: 'Department', value: 'Customer Service' },
          { label: 'Owner', value: 'HE Yining' },
          { label: 'File opened', value: '2026-03-02 09:12' },
        ],
      },
    ],
    history: [
      {
        time: '2026-11-24 10:40',
        what: 'HE Yining took a complaint: AVATAR To Ty. cold room door leaks, 温度记录缺失',
        person: 'HE Yining',
      },
      { time: '2026-11-19 15:20', what: 'Received 48,350.00', person: 'ZHU Nanxing' },
      {
        time: '2026-11-12 09:30',
        what: 'The phone was changed from 138****0317 to 139****0655 because the office moved to another floor of the same building and the switchboard was replaced',
        person: 'SHEN Jibai',
      },
    ],
    ...changes,
  })
}
