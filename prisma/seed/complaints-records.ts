import { crisesOf, type Lines } from './complaints-crises.ts'
import { closeAfter, dueOf, founding, isNew, isTold, momentIn, type ComplaintRow } from './complaints-invented.ts'

const hour = 3_600_000
const day = 24 * hour
/** Of what is long closed the clocks and contacts are left out: nobody looks at them, and they would be most of the rows. */
const kept = 100 * day

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
      rows: fresh.flatMap((row) => contactsOf(row, began)),
    },
    {
      table: 'remedy',
      columns: 'complaint_id, round, state, reason, total, proposed_by_id, proposed_at, decided_at, accepted',
      rows: far.map((row) => {
        const when = momentIn(row, 3, began)
        const by = (row.handler ?? row.taker).id
        const accepted = isTold(row) ? row.outcome !== 'unresolved' : null
        return [row.id, 1 + row.reopened, 'approved', '按规定处理', row.compensation, by, when, when, accepted]
      }),
    },
    {
      table: 'complaint_reopening',
      columns: 'complaint_id, at, reason, outcome, by_id',
      rows: rows
        .filter(({ reopened }) => reopened > 0)
        .map((row) => [row.id, momentIn(row, 2, began), '客户说同样的毛病又出现了', 'settled', row.caller.id]),
    },
    {
      table: 'complaint_escalation',
      columns: 'complaint_id, at, way, words, by_id',
      rows: rows
        .filter(({ escalated }) => escalated > 0)
        .map((row) => [row.id, momentIn(row, 2, began), '集团呼叫中心', '客户又打来，催问进度', row.taker.id]),
    },
    ...crisesOf(
      far.filter(({ level }) => level === 'major'),
      began,
    ),
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

type Word = { after: number; purpose: string; words: string; reached?: boolean; score?: number }

function contactsOf(row: ComplaintRow, began: number): unknown[][] {
  const { id, handler, taker, caller, reopened } = row
  return wordsOf(row, began).map(({ after, purpose, words, reached = true, score }) => [
    id,
    purpose === 'first' ? 1 : 1 + reopened,
    momentIn(row, after, began),
    purpose === 'asking' ? caller.id : (handler ?? taker).id,
    purpose,
    'phone',
    reached,
    words,
    score === undefined ? null : true,
    score ?? null,
  ])
}

/** What was spoken on the way to where the complaint stands (CMP-11, CMP-12, CBK-02). */
function wordsOf({ state, outcome, founded, satisfaction, ...row }: ComplaintRow, began: number): Word[] {
  if (state === 'void' || isNew({ ...row, state }, began)) return []
  const words: Word[] = [{ after: 1, purpose: 'first', words: '已联系上，约好上门时间' }]
  const telling = founded === false ? 'answer' : 'telling'
  if (outcome === 'unreachable')
    for (const days of [1, 2, 3]) words.push({ after: days * 24, purpose: telling, words: '无人接听', reached: false })
  if (isTold({ ...row, state, outcome })) words.push({ after: 4, purpose: telling, words: toldWords[telling] })
  if (satisfaction !== null) words.push({ after: 5, purpose: 'asking', words: '征询满意', score: satisfaction })
  return words
}

const toldWords = { telling: '告知处理方案，客户知道', answer: '说明理由，客户知道' }

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
    const after = at.getTime() + clock.hours * hour
    const due = clock.unit === 'working_day' ? closeAfter(after) : new Date(after)
    return line(clock, due, new Date(at.getTime() + Math.min(hours, clock.hours * (late ? 2 : 1)) * hour))
  }
  if (state === 'void') return [line(contact, new Date(at.getTime() + 3 * hour), null, at)]
  if (closedAt) return [contact, first, remedy, done, progress].map((clock) => ends(clock, row.hours))
  const due = dueOf(row, began)
  const later = closeAfter(due.getTime() + 3 * day)
  if (isNew(row, began)) return [line(contact, due, null), line(first, later, null), line(done, later, null)]
  return [ends(contact, 1), line(progress, due, null), line(done, later, null)]
}
