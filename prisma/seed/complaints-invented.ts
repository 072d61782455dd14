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
  'received received investigating investigating proposing telling telling asking improving answering'.split(
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
  const outcome = state === 'closed' ? outcomeOf(serial, dismissed) : state === 'improving' ? 'settled' : null
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
    outcome,
    compensation: state === 'closed' && !dismissed && chance(serial, 283, 150) ? 200 + (spread(serial, 293) % 9000) : 0,
    // CMP-11: who is asked gives a number, and who is not satisfied is offered another remedy.
    satisfaction: isAsked(state, outcome) ? pick([5, 5, 5, 4, 4, 4, 4, 3, 3, 3], serial, 311) : null,
    reopened: remedied.includes(state) && !dismissed && chance(serial, 313, 25) ? 1 : 0,
    escalated: chance(serial, 317, 15) ? 1 : 0,
    // CBK-02: who is not reached is tried on three days.
    hours: (outcome === 'unreachable' ? 80 : 5) + (spread(serial, 331) % 120),
    dueIn: (spread(serial, 337) % 240) - 24,
    late: chance(serial, 347, 80),
    turn: spread(serial, 349),
  }
}
/** Only what a remedy was approved for can be taken up again. */
const remedied: ComplaintState[] = ['telling', 'asking', 'improving', 'closed']
const isAsked = (state: ComplaintState, outcome: ComplaintOutcome | null) =>
  state === 'improving' || outcome === 'settled'

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
  /** CMP-07: never the handler. */
  caller: Handler
}

/** CMP-11: the customer knows of the remedy, or why there is none. */
export const isTold = ({ state, outcome }: Pick<ComplaintRow, 'state' | 'outcome'>) =>
  ['asking', 'improving', 'closed'].includes(state) && outcome !== 'unreachable'

/** So many hours after receipt, and not after the end nor tomorrow. */
export const momentIn = ({ at, closedAt }: Pick<ComplaintRow, 'at' | 'closedAt'>, hours: number, began: number) =>
  new Date(Math.min(at.getTime() + hours * 3_600_000, closedAt?.getTime() ?? began))

/** CMP-12: of the last three hours; whoever called earlier was called back. */
export const isNew = ({ state, at }: Pick<ComplaintRow, 'state' | 'at'>, began: number) =>
  state === 'received' && began - at.getTime() < 3 * 3_600_000

/** Never before it was received. */
export const dueOf = ({ dueIn, state, at }: Pick<ComplaintRow, 'dueIn' | 'state' | 'at'>, began: number) =>
  isNew({ state, at }, began)
    ? new Date(at.getTime() + 3 * 3_600_000)
    : closeAfter(Math.max(began + dueIn * 3_600_000, at.getTime() + 3_600_000))

/** Working days end when the office closes, 17:30; holidays are not looked at here. */
export function closeAfter(ms: number): Date {
  const close = new Date(ms)
  close.setUTCHours(9, 30, 0, 0)
  if (close.getTime() < ms) close.setUTCDate(close.getUTCDate() + 1)
  while ([0, 6].includes(close.getUTCDay())) close.setUTCDate(close.getUTCDate() + 1)
  return close
}
