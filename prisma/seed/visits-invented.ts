import { dateText, dayStart, dateTimeText } from '../../src/lib/dates.ts'
import { visitSearch } from '../../src/visits/making.ts'
import { spread } from './invented.ts'

const minute = 60_000
const day = 86_400_000
const agendas = '对一对下季的用量 看仓库的存货 谈新货的价格 核对上月账目 听听他们对送货的意见 请他们试用新样品'.split(
  ' ',
)
const brings = ['样品两件、报价单', '上月对账单', '新品目录', null]
const strangers = '桃花渡轴承厂 听雪楼茶器行 鹤归园林队 沧浪渡口修船厂'.split(' ')
const purposes = 'relations volume collection new_product market_survey competitors coverage'.split(' ')
const ways = ['phone', 'message']

export type Goer = { id: string; name: string; department: string; role: string; customers: Visited[] }
export type Visited = {
  id: string
  name: string
  region: string | null
  district: string | null
  address: string | null
  contact: string | null
}
export type VisitRow = ReturnType<typeof inventedVisit>

/** One invented visit as it would stand now; the same for the same serial. */
export function inventedVisit(id: number, number: string, goer: Goer, plan: number | null, at: Date, now: number) {
  const turn = spread(id, 83)
  const customer = turn % 12 === 0 || goer.customers.length === 0 ? null : among(goer.customers, turn)
  const party = customer?.name ?? among(strangers, turn >>> 4)
  const minutes = among([30, 40, 60, 90], turn >>> 6)
  const agenda = among(agendas, turn >>> 8)
  const place = customer?.address ?? '渡口路 2 号'
  const until = at.getTime() + minutes * minute
  const state = stateOf(turn, until, now)
  const made = state === 'done' || state === 'reported'
  const late = state === 'reported' && turn % 13 === 0
  const due = dayStart(dateText(new Date(until)), 3)
  return {
    id,
    number,
    turn,
    goer,
    customer,
    party,
    minutes,
    agenda,
    place,
    plan,
    at,
    state,
    made,
    late,
    due,
    unplanned: plan === null,
    bring: among(brings, turn >>> 10),
    purposes: customer ? [...new Set([among(purposes, turn >>> 5), among(purposes, turn >>> 9)])] : ['new_customer'],
    target: customer ? 'existing' : turn % 3 === 0 ? 'target' : 'potential',
    until: new Date(until),
    recordedAt: new Date(
      Math.min(plan === null ? at.getTime() - 2 * 3_600_000 : at.getTime() - (5 + (turn % 25)) * day, now - minute),
    ),
    confirmed: made || turn % 5 > 1 ? among(ways, turn >>> 3) : null,
    reportedAt: state === 'reported' ? new Date(Math.min(reportFor(turn, late, until, due), now - minute)) : null,
    reached: among(['reached', 'reached', 'partly', 'not_reached'], turn >>> 7),
    manager: goer.role !== 'sales',
    search: visitSearch({ party, agenda, place }, number),
  }
}

/** In the evening or the next morning; late: on the morning after it was due. */
function reportFor(turn: number, late: boolean, until: number, due: Date): number {
  const hours = late ? 9.5 : turn % 3 === 0 ? 17.75 : 33 + (turn % 5) / 4
  return (late ? due : dayStart(dateText(new Date(until)))).getTime() + hours * 3_600_000
}

/** What is to come is arranged; of the last two days some are not reported yet; long ago nearly all are. */
function stateOf(turn: number, until: number, now: number): string {
  if (until > now) return turn % 29 === 0 ? 'cancelled' : 'approved'
  if (turn % 19 === 0) return 'cancelled'
  const ago = (now - until) / day
  if (ago < 2) return turn % 2 === 0 ? 'reported' : turn % 3 === 0 ? 'approved' : 'done'
  return ago < 6 && turn % 9 === 0 ? 'done' : 'reported'
}

/** A working day of a month (2026-12) and an hour for the nth of so many; of this month one in four is today. */
export function momentFor(month: string, n: number, of: number, now: number): Date {
  const days = workingDays(month)
  const today = dateText(new Date(now))
  const on = n % 4 === 3 && days.includes(today) ? today : days[Math.floor((n * days.length) / of)]!
  return new Date(dayStart(on).getTime() + among(hours, n >>> 1) * minute)
}

const hours = [9 * 60, 10 * 60 + 20, 14 * 60, 15 * 60 + 30, 16 * 60 + 40]
const known = new Map<string, string[]>()
function workingDays(month: string): string[] {
  const found = known.get(month) ?? monthDays(month)
  known.set(month, found)
  return found
}

function monthDays(month: string): string[] {
  const first = dayStart(`${month}-01`)
  const all = Array.from({ length: 31 }, (_, n) => dateText(new Date(first.getTime() + n * day + 12 * 3_600_000)))
  return all.filter((one) => one.startsWith(month) && ![0, 6].includes(new Date(`${one}T00:00:00Z`).getUTCDay()))
}

export const startText = ({ at }: Pick<VisitRow, 'at'>) => dateTimeText(at)

export const among = <T>(from: readonly T[], turn: number): T => from[(turn >>> 1) % from.length]!
