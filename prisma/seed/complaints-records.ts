import { dueOf, founding, type ComplaintRow } from './complaints-invented.ts'

const hour = 3_600_000
const day = 24 * hour
/** Of what is long closed the clocks and contacts are left out: nobody looks at them, and they would be most of the rows. */
const kept = 100 * day

type Lines = { table: string; columns: string; rows: unknown[][] }
type Clock = { kind: string; rule: string; unit: string; amount: number; hours: number }

const contact: Clock = { kind: 'complaint.contact', rule: 'CMP-12', unit: 'hour', amount: 3, hours: 3 }
const first: Clock = { kind: 'complaint.first_result', rule: 'CMP-13', unit: 'working_day', amount: 2, hours: 48 }
const remedy: Clock = { kind: 'complaint.remedy', rule: 'CMP-13', unit: 'working_day', amount: 1, hours: 24 }
const done: Clock = { kind: 'complaint.done', rule: 'CMP-14', unit: 'working_day', amount: 3, hours: 96 }
const progress: Clock = { kind: 'complaint.progress', rule: 'CMP-15', unit: 'working_day', amount: 2, hours: 48 }

/** What stands beside invented complaints: levels, contacts, remedies, clocks and their first and last line in the trail. */
export function recordsOf(rows: ComplaintRow[], began: number): Lines[] {
  const fresh = rows.filter(({ at, state }) => began - at.getTime() < kept || (state !== 'closed' && state !== 'void'))
  const far = fresh.filter(({ state, founded }) => founding.indexOf(state) >= 3 && founded)
  return [
    {
      table: 'level_change',
      columns: 'complaint_id, at, kind, after, facts',
      rows: rows.map(({ id, at, level }) => [id, at, 'computed', level, level === 'general' ? [] : [factOf(level)]]),
    },
    {
      table: 'complaint_contact',
      columns: 'complaint_id, round, at, by_id, purpose, way, reached, words, satisfied, score',
      rows: fresh.flatMap(contactsOf),
    },
    {
      table: 'remedy',
      columns: 'complaint_id, round, state, reason, total, proposed_by_id, proposed_at, decided_at, accepted',
      rows: far.map(({ id, at, handler, taker, compensation, state }) => {
        const when = new Date(at.getTime() + 3 * hour)
        const by = (handler ?? taker).id
        return [id, 1, 'approved', '按规定处理', compensation, by, when, when, state === 'closed' ? true : null]
      }),
    },
    {
      table: 'deadline',
      columns: `kind, subject, owner_id, rule, amount, unit, started_at, due_at, soon_at, met_at, cancelled_at,
        breached_at, soon_noted_at, overdue_noted_at, climbed`,
      rows: fresh.flatMap((row) => clocksOf(row, began)),
    },
    {
      table: 'audit_entry',
      columns: 'at, kind, actor_id, actor_name, action, subject, after',
      rows: fresh.map(({ id, at, taker, number, channel, kind, level }) => [
        at,
        'change',
        taker.id,
        '演示数据',
        'complaint.taken',
        `complaint:${id}`,
        { number, channel, kind, level },
      ]),
    },
  ]
}

const factOf = (level: string) => (level === 'major' ? 'majorCompensation' : 'importantCompensation')

function contactsOf({ id, at, handler, taker, state, closedAt, satisfaction }: ComplaintRow): unknown[][] {
  const by = (handler ?? taker).id
  if (state === 'received' || state === 'void') return []
  const one = (after: number, who: string, purpose: string, words: string, score: number | null = null) => [
    id,
    1,
    new Date(at.getTime() + after * hour),
    who,
    purpose,
    'phone',
    true,
    words,
    score === null ? null : score > 2,
    score,
  ]
  return [
    one(1, by, 'first', '已联系上，约好上门时间'),
    ...(closedAt ? [one(4, by, 'telling', '告知处理结果'), one(4, taker.id, 'asking', '征询满意', satisfaction)] : []),
  ]
}

/** Those of an open one run, the list's due moment the next of them; of an ended one they ended with it. */
function clocksOf(row: ComplaintRow, began: number): unknown[][] {
  const { id, at, state, closedAt, handler, taker, late } = row
  const owner = (handler ?? taker).id
  const line = (clock: Clock, due: Date, met: Date | null, cancelled: Date | null = null) => {
    const missed = (met ?? cancelled ?? new Date(began)) > due
    const soon = new Date(Math.max(due.getTime() - (clock.hours * hour) / 5, at.getTime()))
    const parts: unknown[][] = [
      [clock.kind, `complaint:${id}`, owner, clock.rule, clock.amount, clock.unit, at, due, soon, met, cancelled],
      [missed ? due : null, soon, missed ? due : null, missed ? 4 : 0],
    ]
    return parts.flat()
  }
  const ends = (clock: Clock, hours: number) => {
    const due = new Date(at.getTime() + clock.hours * hour)
    return line(clock, due, new Date(at.getTime() + Math.min(hours, clock.hours * (late ? 2 : 1)) * hour))
  }
  if (state === 'void') return [line(contact, new Date(at.getTime() + 3 * hour), null, at)]
  if (closedAt) return [contact, first, remedy, done, progress].map((clock) => ends(clock, row.hours))
  const due = dueOf(row, began)
  const later = new Date(due.getTime() + 3 * day)
  if (state === 'received') return [line(contact, due, null), line(first, later, null), line(done, later, null)]
  return [ends(contact, 1), line(progress, due, null), line(done, later, null)]
}
