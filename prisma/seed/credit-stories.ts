import type { Release } from '../../src/credit/queries.ts'
import { lastMonth, type Back, type Teller } from './credit-teller.ts'

export type Act = Back & { act: () => Promise<unknown> }
type Story = (customer: string, teller: Teller, moment: Date) => Act[]

export const stories: Story[] = [
  // Released within the credit and shipped; another waits for the warehouse.
  (customer, tell) => {
    let first: Release
    return [
      { ago: 6, act: async () => (first = await tell.ask(customer, '18640.00', '冷库门 2 樘')) },
      { ago: 6, hour: 15, act: () => tell.ship(first) },
      { ago: 0, hour: 9, act: () => tell.ask(customer, '9800.00', '库门封条 40 米') },
    ]
  },
  // Held, and the first override asked for.
  (customer, tell) => {
    let held: Release
    return [
      { ago: 1, act: async () => (held = await tell.over(customer, '冷库门 5 樘')) },
      { ago: 0, hour: 9, act: () => tell.override(held, 'first', '客户新库下周开业，已约定月底前付清') },
    ]
  },
  // The first override signed, shipped, and paid since.
  (customer, tell) => {
    let over: Release
    return [
      { ago: 12, act: async () => (over = await tell.over(customer, '制冰机 3 台')) },
      { ago: 12, hour: 11, act: () => tell.override(over, 'first', '旺季备货，客户承诺十天内付款') },
      { ago: 12, hour: 14, act: () => tell.sign('area_manager', over) },
      { ago: 11, act: () => tell.ship(over) },
      { ago: 2, act: () => tell.pay(customer, over.amount.toFixed(2)) },
    ]
  },
  // Last month's final override, not paid by the month's end.
  (customer, tell, moment) => {
    const ago = lastMonth(moment, 24)
    const made: Release[] = []
    return [
      { ago, act: async () => made.push(await tell.over(customer, '保鲜柜 10 台')) },
      { ago, hour: 11, act: () => tell.override(made[0]!, 'first', '客户两家门店同时改造，急用') },
      { ago, hour: 13, act: () => tell.sign('area_manager', made[0]!) },
      { ago, hour: 14, act: () => tell.ship(made[0]!) },
      { ago: ago - 2, act: async () => made.push(await tell.over(customer, '保鲜柜隔板 60 块')) },
      { ago: ago - 2, hour: 11, act: () => tell.override(made[1]!, 'final', '缺隔板开不了业，客户答应月底前付') },
      { ago: ago - 2, hour: 14, act: () => tell.sign('sales_director', made[1]!) },
      { ago: ago - 3, act: () => tell.ship(made[1]!) },
      ...Array.from({ length: 12 }, (_, n) => lastMonth(moment, 24) - 7 - n)
        .filter((day) => day >= 0)
        .map((day) => ({ ago: day, hour: 21, act: () => tell.settle() })),
    ]
  },
  // Something overdue: stopped, the overdue approval asked for; promised, and the promise broken.
  (customer, tell) => {
    let held: Release
    return [
      { ago: 20, act: () => tell.promise(customer, null, [[-9, '36000.00'], [5, '36000.00']]) }, // prettier-ignore
      { ago: 3, act: async () => (held = await tell.ask(customer, '15000.00', '周转箱 300 个')) },
      { ago: 0, hour: 9, act: () => tell.override(held, 'overdue', '客户仓库漏电停业检修，已书面承诺复业即付') },
    ]
  },
  // Overdue as well, and the seller answers for it.
  (customer, tell) => {
    let held: Release
    return [
      { ago: 5, act: () => tell.guarantee(customer, '12000.00', -25) },
      { ago: 4, act: () => tell.sign('sales_director', null, customer) },
      { ago: 4, hour: 14, act: async () => (held = await tell.ask(customer, '9600.00', '不锈钢台面 8 米')) },
      { ago: 3, act: () => tell.ship(held) },
    ]
  },
  // Without a contract in force: money first, with a plan for what is owed.
  (customer, tell) => {
    let held: Release
    return [
      { ago: 12, act: () => tell.pay(customer, '10000.00') },
      { ago: 9, act: async () => (held = await tell.ask(customer, '22000.00', '保鲜柜 2 台')) },
      { ago: 8, act: () => tell.pay(customer, '22000.00', held) },
      { ago: 8, hour: 14, act: () => tell.promise(customer, held, [[6, '18000.00'], [20, '18000.00']]) }, // prettier-ignore
    ]
  },
  // Refused, and given up; fixed terms asked for instead.
  (customer, tell) => {
    let held: Release
    return [
      { ago: 8, act: async () => (held = await tell.over(customer, '整体冷库 1 套')) },
      { ago: 8, hour: 11, act: () => tell.override(held, 'first', '客户看中样机，想一次拿全') },
      { ago: 7, act: () => tell.sign('area_manager', held, null, '先把上月的货款收回来再谈') },
      { ago: 6, act: () => tell.giveUp(held, '客户改为分两批') },
      { ago: 1, act: () => tell.terms(customer, '150000.00') },
    ]
  },
]
