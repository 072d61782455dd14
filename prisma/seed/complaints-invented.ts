import { complaintSearch, productKey } from '../../src/complaints/taking.ts'
import type {
  ComplaintCause,
  ComplaintChannel,
  ComplaintKind,
  ComplaintLevel,
  ComplaintOutcome,
  ComplaintState,
} from '../client/enums.ts'
import { spread } from './invented.ts'

const things =
  '云锦屏风 墨玉棋盘 听雪琴弦 青瓷水注 鹤羽纱帐 竹节台灯 莲纹铜炉 梧桐木箱 冷链渡船 茶山索道 星图罗盘 藏酒冷库'.split(
    ' ',
  )
const faults: [string, ComplaintKind][] = [
  ['开裂', 'product_quality'],
  ['到货少一件', 'sales_contract'],
  ['修后仍漏水', 'repair_quality'],
  ['约好的时间没有人来', 'service_quality'],
  ['说明书看不懂', 'suggestion'],
  ['颜色与样品不符', 'product_quality'],
  ['发票抬头错了', 'sales_contract'],
  ['换的零件又坏了', 'repair_quality'],
  ['电话里态度生硬', 'service_quality'],
  ['夜里有异响', 'product_quality'],
]
const surnames = [...'顾温祝林钱舟江陶明严齐何陆沈云柳白花']
const givens = '不言 知秋 望舒 采薇 听松 问梅 若水 怀瑾 惊蛰 谷雨 清和 长庚'.split(' ')
const channels: ComplaintChannel[] =
  'phone phone phone phone visit visit web web letter email manufacturer group_centre call_back'.split(
    ' ',
  ) as ComplaintChannel[]
const causes: ComplaintCause[] =
  'product product product workmanship workmanship attitude delay delay promise price delivery communication facility other'.split(
    ' ',
  ) as ComplaintCause[]
const openStates: ComplaintState[] =
  'received received investigating investigating proposing approving telling asking improving answering'.split(
    ' ',
  ) as ComplaintState[]
const pick = <T>(from: readonly T[], serial: number, salt: number): T => from[spread(serial, salt) % from.length]!
const chance = (serial: number, salt: number, inThousand: number) => spread(serial, salt) % 1000 < inThousand

export const founding: ComplaintState[] = [
  'investigating',
  'proposing',
  'approving',
  'telling',
  'asking',
  'improving',
  'closed',
]

/** What one invented complaint is about and how far it came; the same for the same serial. */
export function inventedComplaint(serial: number, open: boolean) {
  const [fault, kind] = pick(faults, serial, 211)
  const thing = pick(things, serial, 223)
  const level: ComplaintLevel = chance(serial, 227, 20) ? 'major' : chance(serial, 229, 80) ? 'important' : 'general'
  const product = serial % 3 === 0 ? `JSL-${String(spread(serial, 233) % 100_000).padStart(5, '0')}` : null
  const facts = {
    title: `${thing}${fault}`,
    complainant: pick(surnames, serial, 239) + pick(givens, serial, 241),
    product,
  }
  const state = open ? pick(openStates, serial, 251) : chance(serial, 257, 10) ? 'void' : 'closed'
  const dismissed = state === 'answering' || (state === 'closed' && chance(serial, 263, 120))
  return {
    ...facts,
    ...complaintSearch(facts),
    productKey: productKey(product),
    kind,
    level,
    state,
    what: `客户来电说${thing}${fault}，用了不到一个月，影响日常使用。`,
    wants: pick(['尽快修好', '换一件新的', '当面道歉', '按合同赔偿', '说明原因'], serial, 269),
    channel: pick(channels, serial, 271),
    phone: `199${String(spread(serial, 277) % 1e8).padStart(8, '0')}`,
    claim: level === 'general' ? null : level === 'major' ? 52_000 : 6800,
    cause: founding.includes(state) && !dismissed && state !== 'investigating' ? pick(causes, serial, 281) : null,
    founded: state === 'received' || state === 'void' ? null : !dismissed,
    outcome: state === 'closed' ? outcomeOf(serial, dismissed) : null,
    compensation: state === 'closed' && !dismissed && chance(serial, 283, 150) ? 200 + (spread(serial, 293) % 9000) : 0,
    satisfaction:
      state === 'closed' && chance(serial, 307, 700) ? pick([5, 5, 5, 4, 4, 4, 3, 3, 2, 1], serial, 311) : null,
    reopened: chance(serial, 313, 25) && state !== 'received' ? 1 : 0,
    escalated: chance(serial, 317, 15) ? 1 : 0,
    hours: 4 + (spread(serial, 331) % 120),
    dueIn: (spread(serial, 337) % 240) - 24,
    late: chance(serial, 347, 80),
    turn: spread(serial, 349),
  }
}
export type InventedComplaint = ReturnType<typeof inventedComplaint>

function outcomeOf(serial: number, dismissed: boolean): ComplaintOutcome {
  if (dismissed) return 'answered'
  return chance(serial, 353, 30) ? 'unresolved' : chance(serial, 359, 20) ? 'unreachable' : 'settled'
}

export type Handler = { id: string; department: string; desk: boolean }
export type ComplaintRow = InventedComplaint & {
  id: number
  number: string
  at: Date
  closedAt: Date | null
  customer: string | null
  handler: Handler | null
  taker: Handler
}

/** Never before it was received. */
export const dueOf = ({ dueIn, at }: Pick<ComplaintRow, 'dueIn' | 'at'>, began: number) =>
  new Date(Math.max(began + dueIn * 3_600_000, at.getTime() + 3_600_000))
