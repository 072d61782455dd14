import { isUscc } from '../../src/customers/codes.ts'
import { factColumns, type Facts } from '../../src/customers/facts.ts'
import { searchColumns } from '../../src/customers/indexing.ts'
import { phoneDigits, searchable } from '../../src/customers/search.ts'

const places = [
  ['浙江省', '杭州市', '西湖区'],
  ['浙江省', '宁波市', '鄞州区'],
  ['江苏省', '苏州市', '吴中区'],
  ['江苏省', '南京市', '鼓楼区'],
  ['山东省', '青岛市', '崂山区'],
  ['福建省', '厦门市', '思明区'],
  ['四川省', '成都市', '锦江区'],
  ['湖北省', '武汉市', '洪山区'],
  ['陕西省', '西安市', '雁塔区'],
  ['广东省', '佛山市', '南海区'],
] as const
// Trade names nobody would register: 广寒桂, 蓬莱渡 …
const heads =
  '广寒 蓬莱 瑶池 桃源 云外 鹤归 听雪 枕流 九皋 沧浪 青萍 白露 醉翁 南柯 武陵 灵犀 望舒 羲和 若木 扶桑 昆仑 玄圃 归墟 方壶 员峤'.split(
    ' ',
  )
const middles = [...'东西南北中上下新长永嘉瑞和清明远大安平']
const tails = [...'桂渡桥石舟灯月弦笔砚竹松梅兰菊鹿鹤鲸雁蝉萤苔泉溪汀洲']
const trades =
  '商贸 机电设备 冷链物流 建筑装饰 食品 信息技术 纺织品 家具 汽车配件 包装制品 园林工程 茶业 五金工具 印务 医疗器械 塑料制品 酒店管理 水产 照明 仪器仪表'.split(
    ' ',
  )
const suffixes = '有限公司 有限公司 有限公司 有限责任公司 股份有限公司 厂 经营部 （集团）有限公司'.split(' ')
const surnames = [...'顾温祝林钱舟江陶明严齐何陆沈云柳白花']
const givens = '不言 知秋 望舒 采薇 听松 问梅 若水 怀瑾 惊蛰 谷雨 清和 长庚'.split(' ')
const posts = '总经理 采购经理 仓储经理 财务主管 办公室主任 店长'.split(' ')
const lives = ['potential', 'potential', 'signed', 'in_service', 'in_service', 'in_service', 'lapsed', 'lost'] as const
const sources = ['existing', 'walk_in', 'call_in', 'referral', 'visit', 'event', 'online'] as const
const purposes = ['business', 'contract', 'service', 'care'] as const

/** One invented customer with its contact and, now and then, another address; the same for the same serial. */
export function invented(serial: number) {
  const person = serial % 12 === 0
  const place = pick(places, serial, 3)
  const name = person ? personName(serial, 31) : companyName(serial, place[1])
  const columns = factColumns(factsOf(serial, person, name, place))
  const contact = person ? null : contactOf(serial)
  const other =
    serial % 5 === 0 ? { use: 'delivery', address: `${pick(heads, serial, 41)}物流园${1 + (serial % 90)}号库` } : null
  const belongings = { contacts: contact ? [contact] : [], addresses: other ? [other] : [] }
  return {
    columns: { ...columns, ...searchColumns(columns, belongings) },
    life: pick(lives, serial, 43),
    contact: contact && { ...contact, ...searchOf(contact) },
    other,
    turn: spread(serial, 29),
  }
}
export type Invented = ReturnType<typeof invented>

function factsOf(
  serial: number,
  person: boolean,
  name: string,
  [province, city, district]: (typeof places)[number],
): Facts {
  const cooperating = serial % 40 === 0
  return {
    kind: person ? 'person' : 'organisation',
    name,
    noChineseName: false,
    aliases: !person && serial % 6 === 0 ? name.replace(/（集团）|股份|有限|责任|公司/gu, '').slice(2) : null,
    code: person || serial % 3 === 0 ? null : creditCode(serial),
    relation: cooperating ? 'cooperating' : 'business',
    cooperation: cooperating ? 'bank' : null,
    phone: serial % 9 === 0 ? null : mobile(serial, 17),
    email: serial % 4 === 0 ? `k${serial}@example.cn` : null,
    wechat: null,
    website: null,
    province,
    city,
    district,
    address: `${pick(heads, serial, 5)}路${1 + (serial % 899)}号`,
    plates: serial % 15 === 0 ? `浙A${String(spread(serial, 47) % 100_000).padStart(5, '0')}` : null,
    source: pick(sources, serial, 53),
    sourceNote: null,
    purpose: pick(purposes, serial, 59),
    creditNote: serial % 3 === 0 ? '合作两年，按月结清。' : null,
    tradeNote: serial % 3 === 0 ? '每季订货一次。' : null,
    remark: null,
  }
}

function contactOf(serial: number) {
  return { name: personName(serial, 61), post: pick(posts, serial, 67), phones: [mobile(serial, 71)] }
}

function searchOf({ name, phones }: { name: string; phones: string[] }) {
  const { grams, text } = searchable([{ text: name, as: 'person' }])
  return { grams, searchText: text, phoneDigits: phoneDigits(phones.map((digits) => ({ digits }))) }
}

function companyName(serial: number, city: string): string {
  const word = pick(heads, serial, 7) + pick(middles, serial, 73) + pick(tails, serial, 11)
  return `${city.slice(0, -1)}${word}${pick(trades, serial, 13)}${pick(suffixes, serial, 19)}`
}

function personName(serial: number, salt: number): string {
  return pick(surnames, serial, salt) + pick(givens, serial, salt + 6)
}

function mobile(serial: number, salt: number): string {
  return `199${String(spread(serial, salt) % 1e8).padStart(8, '0')}`
}

/** Of a region that does not exist (990000), with a right check digit. */
function creditCode(serial: number): string {
  const stem = `91990000${String(serial).padStart(9, '0')}`
  const check = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((character) => isUscc(stem + character))
  return stem + check!
}

function pick<T>(from: readonly T[], serial: number, salt: number): T {
  return from[spread(serial, salt) % from.length]!
}

/** The same for the same serial, and without a visible pattern. */
export function spread(serial: number, salt: number): number {
  let mixed = Math.imul(serial ^ (salt << 16), 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
