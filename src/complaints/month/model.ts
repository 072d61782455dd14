import { ComplaintCause, ComplaintChannel, ComplaintKind, ComplaintLevel } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { addressesOf } from './addresses.ts'
import type { Group, Grouping } from './figures.ts'
import { counted, headOf, type Line, type To } from './head.ts'
import { timed } from './happened.ts'
import type { Month } from './queries.ts'
import { percent, spanWords, yuanWords } from './saying.ts'
import { whoOf, type WhoLine } from './who.ts'

export type Section = { name: Grouping | 'compensation'; heading: string; lines: Line[] }
export type TimeLine = {
  word: string
  median: string
  most: string
  share: string
  missed: string
  href: string
  before: string
}
export type MonthModel = {
  head: Line[]
  sections: Section[]
  times: TimeLine[]
  people: WhoLine[]
  departments: WhoLine[]
  causes: (Group & { word: string })[]
}

/** CMP-19: the month in words and figures, the same for the page, its print and its spreadsheet. */
export function monthModel(actor: Actor, month: Month): MonthModel {
  const t = translate[actor.language]
  const to = addressesOf(month, actor)
  return {
    head: headOf(t, month, to),
    sections: sectionsOf(t, month, to),
    times: timesOf(t, month, to),
    people: month.counted.people.map((row) => {
      const number = row.id === null ? 'none' : (month.numbers.get(row.id) ?? 'none')
      return whoOf(
        t,
        row,
        { nobody: t('complaints:unassigned'), overdue: { breachedOf: number }, times: { person: number } },
        to,
      )
    }),
    departments: month.counted.departments.map((row) => {
      const unit = row.id === null ? 'none' : String(row.id)
      return whoOf(t, row, { nobody: t('complaintMonth:noDepartment'), overdue: { unit }, times: { unit } }, to)
    }),
    causes: month.received.by.cause.map((group) => ({ ...group, word: wordOf(t, month, 'cause', group.key) })),
  }
}

const names = { kind: 'kind', level: 'level', channel: 'channel', cause: 'cause', department: 'unit' } as const
/** The order in which a reader looks for them; causes and departments stand by how many. */
const ordered: Partial<Record<Grouping, readonly string[]>> = {
  kind: Object.values(ComplaintKind),
  level: Object.values(ComplaintLevel).toReversed(),
  channel: Object.values(ComplaintChannel),
}

function sectionsOf(t: Translate, month: Month, to: To): Section[] {
  const { received, closed } = month
  const whole = received.all.now
  const groups = (name: Grouping): Section => ({
    name,
    heading: t(`complaintMonth:section.${name}`),
    lines: inOrder(received.by[name], ordered[name]).map((group) =>
      counted(
        wordOf(t, month, name, group.key),
        group,
        to.received({ [names[name]]: group.key ?? 'none' }),
        percent(group.now, whole),
      ),
    ),
  })
  const compensation: Section = {
    name: 'compensation',
    heading: t('complaintMonth:section.compensation'),
    lines: closed.byCause.map((one) => ({
      word: wordOf(t, month, 'cause', one.key),
      n: yuanWords(one.now),
      before: yuanWords(one.before),
      change: '',
      share: percent(one.now, closed.compensation.now),
      href: to.closed({ compensation: 'some', cause: one.key ?? 'none' }),
    })),
  }
  return [groups('kind'), groups('level'), groups('department'), groups('cause'), groups('channel'), compensation]
}

function inOrder(groups: readonly Group[], order: readonly string[] | undefined): Group[] {
  if (!order) return [...groups]
  return order.map((key) => groups.find((group) => group.key === key) ?? { key, now: 0, before: 0 })
}

function wordOf(t: Translate, { departments }: Month, by: Grouping, key: string | null): string {
  if (key === null) return t(by === 'cause' ? 'complaintMonth:noCause' : 'complaintMonth:noDepartment')
  if (by === 'kind') return t(`complaints:kind.${key as ComplaintKind}`)
  if (by === 'level') return t(`complaints:level.${key as ComplaintLevel}`)
  if (by === 'channel') return t(`complaints:channel.${key as ComplaintChannel}`)
  if (by === 'cause') return t(`complaints:cause.${key as ComplaintCause}`)
  return departments.find(({ id }) => String(id) === key)?.name ?? key
}

const timesOf = (t: Translate, { times }: Month, to: To): TimeLine[] =>
  timed.map((clock) => {
    const { now, before } = times[clock]
    return {
      word: t(`complaintMonth:time.${clock}`),
      median: spanWords(t, now.median),
      most: spanWords(t, now.most),
      share: percent(now.inTime, now.ended),
      missed: String(now.missed),
      href: to.missed(clock),
      before: spanWords(t, before.median),
    }
  })
