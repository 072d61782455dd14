import type pg from 'pg'
import { dateText, dayStart, yearOf } from '../../src/lib/dates.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { cells, put, reserve, takeNumbers } from './copy.ts'
import { spread } from './invented.ts'
import { among, type Goer } from './visits-invented.ts'

const day = 86_400_000
const days = 90
const ways = 'call call message email meeting round'.split(' ')
const contents = '问到货情况 约下周看样品 核对送货地址 催上月货款 节日问候'.split(' ')
const results = '都收到了 约好了 地址没变 答应月底付 客户致谢'.split(' ')

/** CUS-19, REL-02: calls, messages and meetings of the last three months, a fifth of them formal. */
export async function createContacts(client: pg.Client, goers: Goer[], count: number, began: number): Promise<void> {
  const able = goers.filter(({ customers }) => customers.length > 0)
  if (able.length === 0) return
  const first = await reserve(client, 'contact_record', count)
  const year = yearOf(new Date(began))
  const serial = await takeNumbers(client, 'contact_record', year, count)
  const rows = Array.from({ length: count }, (_, n) => {
    const id = first + n
    const number = businessNumber('LX', year, serial + n)
    return rowOf(id, number, able[n % able.length]!, began - Math.ceil(((count - n) / count) * days * day))
  })
  await put(client, 'contact_record', columns, rows)
}

const columns = `id, number, customer_id, person, way, incoming, at, content, result, next_step, formal, views, business,
  needs, letting, by_manager, due_at, late, recorded_at, owner_id, department_id, region_id`

function rowOf(id: number, number: string, goer: Goer, at: number): unknown[] {
  const turn = spread(id, 101)
  const customer = among(goer.customers, turn)
  const way = among(ways, turn >>> 4)
  const formal = (way === 'meeting' || way === 'call') && turn % 3 === 0
  const moment = new Date(at)
  const dueAt = new Date(dayStart(dateText(moment), 1).getTime() + 17.5 * 3_600_000)
  return cells(
    [id, number, customer.id, customer.contact, way, turn % 6 === 0, moment, among(contents, turn >>> 6)],
    [among(results, turn >>> 6), turn % 4 === 0 ? '下周再问一次' : null, formal],
    formal
      ? ['对送货满意，嫌通知晚。', '新开一处仓库。', '要一种更厚的包装。', '没有说到。']
      : [null, null, null, null],
    [goer.role !== 'sales', dueAt, false, new Date(Math.min(at + 3_600_000, Date.parse(dueAt.toISOString()))), goer.id],
    [goer.department, customer.region],
  )
}
