import { cells } from './copy.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { searchable } from '../../src/customers/search.ts'
import { among, startText, type VisitRow } from './visits-invented.ts'

type Lines = { table: string; columns: string; rows: unknown[][] }

const day = 86_400_000
const notes = [
  ['competitor', '蓬莱轴承', '蓬莱轴承在城东又压了半成价，账期放到六十天。'],
  ['price', '冷库门', '同样的冷库门，渡口那边报价低一成，不含安装。'],
  ['market', null, '今年节前备货比去年晚两周，仓库都不愿压货。'],
  ['channel', '九色鹿', '九色鹿开始直接给门店送货，不走经销。'],
  ['policy', null, '开发区明年起对冷链车查得严，他们在问新车。'],
] as const
const contents =
  '看了仓库，对了上月的用量，谈了下季的送货时间。 见了采购和仓管，试用了样品，核对了账目。 听了他们对送货的意见，带回两条要改的。'.split(
    ' ',
  )
const findings = '存货只够十天。 新换了仓管，手续还不熟。 旁边新开了一家同行。'.split(' ')

/** What stands beside invented visits: people, costs, reports, clocks, notes, gifts and the first line of the trail. */
export function recordsOf(rows: VisitRow[], now: number): Lines[] {
  const reported = rows.filter(({ state }) => state === 'reported')
  const waiting = rows.filter(({ state, until }) => (state === 'done' || state === 'approved') && until.getTime() < now)
  return [
    {
      table: 'visit_person',
      columns: 'visit_id, name, post, planned, met',
      rows: rows.map(({ id, customer, turn, made }) => [
        id,
        customer?.contact ?? '顾不言',
        turn % 2 ? '采购经理' : null,
        true,
        made,
      ]),
    },
    {
      table: 'visit_spending',
      columns: 'visit_id, kind, what, quantity, price, total, state, actual',
      rows: rows
        .filter(({ turn }) => turn % 4 === 0)
        .map(({ id, turn, state }) => {
          const price = 20 + (turn % 12) * 10
          return [
            id,
            turn % 8 ? 'travel' : 'gift',
            turn % 8 ? '往返车费' : '茶叶一盒',
            1,
            price,
            price,
            'within',
            state === 'reported' ? price : null,
          ]
        }),
    },
    { table: 'visit_report', columns: reportColumns, rows: reported.map((row) => reportOf(row, now)) },
    { table: 'deadline', columns: clockColumns, rows: waiting.map((row) => clockOf(row, now)) },
    {
      table: 'market_note',
      columns:
        'visit_id, customer_id, kind, about, text, noted_on, owner_id, department_id, region_id, grams, search_text, recorded_at',
      rows: reported.filter(({ turn }) => turn % 6 === 1).map(noteOf),
    },
    {
      table: 'offered_gift',
      columns: 'visit_id, what, offered_by, worth, outcome, recorded_at, by_id',
      rows: reported
        .filter(({ turn }) => turn % 41 === 0)
        .map(({ id, goer, reportedAt, customer }) => [
          id,
          '两箱水果',
          customer?.contact ?? null,
          160,
          'declined',
          reportedAt,
          goer.id,
        ]),
    },
  ]
}

const reportColumns = `visit_id, reached, content, findings, feedback, competitors, next_step, next_on, submitted_at,
  submitted_by_id, reviewed_at, reviewed_by_id, review`

function reportOf({ id, reached, turn, goer, reportedAt, at }: VisitRow, now: number): unknown[] {
  const seen = now - reportedAt!.getTime() > (2 + (turn % 6)) * day && reviewers.has(goer.id)
  const nextOn = turn % 2 ? dateText(new Date(at.getTime() + 20 * day)) : null
  return cells(
    [id, reached, among(contents, turn >>> 3), among(findings, turn >>> 5), '送货准时，希望早点通知。'],
    [
      turn % 6 === 1 ? '有同行来报价。' : '没有提到。',
      nextOn ? '下次带样品再去' : '按季再访',
      nextOn,
      reportedAt,
      goer.id,
    ],
    seen
      ? [
          new Date(dayStart(dateText(reportedAt!), 1).getTime() + 10.2 * 3_600_000),
          reviewers.get(goer.id),
          turn % 3 ? '' : '写得清楚，账期的事跟进。',
        ]
      : [null, null, null],
  )
}

/** Who looks at whose reports; nobody at their own (PPL-02). */
export const reviewers = new Map<string, string>()

const clockColumns = `kind, subject, owner_id, customer_id, rule, amount, unit, started_at, due_at, soon_at, breached_at,
  soon_noted_at, overdue_noted_at, climbed`

/** VIS-06: two days, until the end of the second. */
function clockOf({ id, goer, customer, until, due }: VisitRow, now: number): unknown[] {
  const soon = new Date(due.getTime() - day)
  const over = due.getTime() < now
  return cells(
    ['visit.report', `visit:${id}`, goer.id, customer?.id ?? null, 'VIS-06', 2, 'day', until, due, soon],
    [over ? due : null, soon.getTime() < now ? soon : null, over ? due : null, 0],
  )
}

function noteOf({ id, customer, goer, reportedAt, turn, at }: VisitRow): unknown[] {
  const [kind, about, text] = among(notes, turn >>> 4)
  const { grams, text: found } = searchable([{ text: `${about ?? ''} ${text}`, as: 'plain' }])
  return cells(
    [id, customer?.id ?? null, kind, about, text, dateText(at), goer.id, goer.department, customer?.region ?? null],
    [grams, found, reportedAt],
  )
}

export function lineOf(row: VisitRow): unknown[] {
  const { id, number, customer, goer, recordedAt, unplanned, party } = row
  const part = `visit:${id}`
  const after = { part, visit: number, party, startsAt: startText(row) }
  const subject = customer ? `customer:${customer.id}` : part
  const action = unplanned ? 'visit.added' : 'visit.planned'
  return [
    recordedAt,
    'change',
    goer.id,
    goer.name,
    action,
    subject,
    { part },
    after,
    unplanned ? '路过，顺道拜访' : null,
  ]
}

/** VIS-07: what was promised on some of the visits, as tasks; kept, open or overdue. */
export function promisesOf(rows: VisitRow[], first: number, numbers: (n: number) => string, now: number): Lines[] {
  const made = rows.map((row, at) => ({
    ...row,
    task: first + at,
    title: among(promised, row.turn >>> 6),
    number: numbers(at),
    ...timesOf(row, now),
  }))
  return [
    {
      table: 'task',
      columns:
        'id, number, title, owner_id, created_by_id, origin, customer_id, due_on, state, result, ended_at, created_at',
      rows: made.map(({ task, number, title, goer, customer, dueOn, endedAt, reportedAt }) =>
        cells(
          [task, number, title, goer.id, goer.id, `customer:${customer!.id}`, customer!.id, dueOn],
          [endedAt ? 'done' : 'open', endedAt ? '办好了，客户收到了。' : null, endedAt, reportedAt],
        ),
      ),
    },
    {
      table: 'promise',
      columns: 'task_id, customer_id, visit_id, promised_to, promised_on',
      rows: made.map(({ task, customer, id, at }) => [task, customer!.id, id, customer!.contact, dateText(at)]),
    },
    {
      table: 'deadline',
      columns:
        'kind, subject, owner_id, customer_id, rule, amount, unit, started_at, due_at, soon_at, met_at, breached_at, climbed',
      rows: made.map(({ task, goer, customer, reportedAt, dueAt, endedAt }) =>
        cells(
          [
            'task.due',
            `task:${task}`,
            goer.id,
            customer!.id,
            'CAL-02',
            0,
            'moment',
            reportedAt,
            dueAt,
            new Date(dueAt.getTime() - day),
          ],
          [endedAt, (endedAt?.getTime() ?? now) > dueAt.getTime() ? dueAt : null, 0],
        ),
      ),
    },
  ]
}

const promised = '送新目录 问清冷库门的保修 补开上月发票 送两件样品试用 请技术员上门看一次'.split(' ')

function timesOf({ at, turn, reportedAt }: VisitRow, now: number) {
  const dueOn = dateText(new Date(at.getTime() + (5 + (turn % 9)) * day))
  const dueAt = new Date(dayStart(dueOn).getTime() + 17.5 * 3_600_000)
  const end = dueAt.getTime() + ((turn % 7) - 5) * day
  const endedAt = end < now && end > reportedAt!.getTime() && turn % 11 > 0 ? new Date(end) : null
  return { dueOn, dueAt, endedAt }
}
