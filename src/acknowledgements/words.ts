import type { SameShape } from '../i18n.ts'

export const zh = {
  title: '三不准确认',
  lede: '接触客户档案的人，每年读一遍“三不准”，逐条勾选后确认。没有确认，打不开任何档案。',
  blocked: '确认以后才能打开档案。读完三条，逐条勾选，再按“我已读，照做”。',
  validAlready: '你已经确认过，现在不用再做什么。到期前 {days} 天会提醒你。',
  heading: { contacts: '不准在私人交往中泄露', places: '不准在公共场所谈论', channels: '不准用普通渠道传递' },
  point: {
    contacts: '和亲友、同学、前同事或其他客户来往时，不说、不写、不展示客户的任何资料，也不用来做人情。',
    places: '在电梯、食堂、车站、餐厅、展会等公共场所，以及有外人在场时，不谈论客户资料，也不让人看见屏幕或文件。',
    channels:
      '客户资料不用私人微信、私人邮箱、网盘、普通快递或未加密的 U 盘传递；须用公司批准的方式，并由指定人员收发、携带。',
  },
  tick: '我已读这一条，照做',
  confirm: '我已读，照做',
  onward: '继续刚才的操作',
  until: '有效到 {day}（含当天）',
  standing: { none: '未确认', lapsed: '已过期', soon: '快到期', valid: '有效' },
  field: { contacts: '第一条', places: '第二条', channels: '第三条', next: '去向' },
  own: { title: '三不准确认', hint: '接触客户档案的人每年确认一次；没有有效的确认，档案打不开。', open: '阅读并确认' },
  list: '三不准确认名单',
  listLede: '有档案权限的在职人员，谁已确认、到哪天为止。',
  all: '全部',
  remind: '提醒未确认的 {n} 人',
  column: { person: '人员', department: '部门', roles: '角色', at: '确认时间', until: '有效到', state: '状态' },
  pageWords: '本页 {n} 人',
  nobody: '没有这样的人',
  refused: {
    notTicked: '没有确认：这一条还没有勾选。请读完并勾选三条。',
    nobodyLacks: '没有提醒：有档案权限的人都已确认。',
  },
  notice: { given: '已确认三不准，有效到 {day}。', reminded: '已提醒 {n} 人。' },
  history: {
    'acknowledgement.given': '确认了三不准',
    'acknowledgement.reminded': '提醒确认三不准',
  },
}

export const en: SameShape<typeof zh> = {
  title: 'The three prohibitions',
  lede: 'Whoever has access to customer files reads the three prohibitions every year, ticks each and confirms. Without that no file opens.',
  blocked: 'Files open once you have confirmed. Read all three, tick each, then choose “Read; I will comply”.',
  validAlready: 'You have confirmed; there is nothing to do now. You will be reminded {days} days before it ends.',
  heading: {
    contacts: 'No leak in private contacts',
    places: 'No talk in public places',
    channels: 'No ordinary channels',
  },
  point: {
    contacts:
      'With family, friends, former colleagues or other customers, say, write and show nothing of any customer’s data, and do no favours with it.',
    places:
      'In lifts, canteens, stations, restaurants and at fairs, and wherever outsiders are present, do not talk about customer data and let nobody see your screen or papers.',
    channels:
      'Customer data never go by private messenger, private mail, net drives, ordinary couriers or unencrypted sticks, only by the ways the company has approved, sent, received and carried by designated persons.',
  },
  tick: 'I have read this one and will comply',
  confirm: 'Read; I will comply',
  onward: 'Go on with what you were doing',
  until: 'good until {day}, that day included',
  standing: { none: 'Not confirmed', lapsed: 'Run out', soon: 'Ends soon', valid: 'In force' },
  field: { contacts: 'First', places: 'Second', channels: 'Third', next: 'Onward' },
  own: {
    title: 'The three prohibitions',
    hint: 'Whoever has access to customer files confirms once a year; files do not open without it.',
    open: 'Read and confirm',
  },
  list: 'Who has confirmed the three prohibitions',
  listLede: 'People at work with access to files: who has confirmed, and until when.',
  all: 'All',
  remind: 'Remind {n} who have not',
  column: {
    person: 'Person',
    department: 'Department',
    roles: 'Roles',
    at: 'Confirmed',
    until: 'Good until',
    state: 'State',
  },
  pageWords: '{n} {n|person|people} on this page',
  nobody: 'Nobody like that',
  refused: {
    notTicked: 'Not confirmed: this one is not ticked. Read all three and tick each.',
    nobodyLacks: 'Nobody reminded: everybody with access to files has confirmed.',
  },
  notice: {
    given: 'The three prohibitions are confirmed, good until {day}.',
    reminded: 'Reminded {n} {n|person|people}.',
  },
  history: {
    'acknowledgement.given': 'confirmed the three prohibitions',
    'acknowledgement.reminded': 'reminded of the three prohibitions',
  },
}
