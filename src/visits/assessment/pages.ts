import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { orders, type AssessmentQuery } from './forms.ts'
import { mayExport } from './policy.ts'
import type { Assessed, Month } from './queries.ts'
import type { FigureName, Figures } from './rules.ts'
import { cellOf, scoreText, type Cell } from './saying.ts'

/** What the table shows, in groups: each has one column. */
export const groups = [
  ['asked', ['asked']],
  ['planned', ['planned']],
  ['made', ['made', 'madePlanned', 'madeUnplanned']],
  ['notMade', ['notMade', 'cancelledUnplanned', 'ahead']],
  ['moved', ['rescheduled', 'replaced']],
  ['reports', ['inTime', 'late', 'missing', 'open']],
  ['promises', ['kept', 'keptLate', 'overdue', 'toKeep']],
  ['reached', ['reached', 'partly', 'notReached']],
  ['gifts', ['gifts']],
  ['spent', ['spent']],
] as const satisfies readonly (readonly [string, readonly FigureName[]])[]
export type GroupName = (typeof groups)[number][0]

type Row = {
  name: string
  sub: string
  href: string | null
  groups: { name: GroupName; word: string; cells: Cell[] }[]
  score: string
  signed: { tone: string; word: string } | null
}

export function groupsOf(
  actor: Actor,
  t: Translate,
  month: string,
  figures: Figures,
  of: { owner?: string; unit?: string },
) {
  return groups.map(([name, names]) => ({
    name,
    word: t(`assessment:group.${name}`),
    cells: names.map((one) => cellOf(actor, t, { month, name: one, figures, of })),
  }))
}

/** /visits/assessment: the month person by person, then by department; every figure opens its list. */
export function assessmentPage(actor: Actor, query: AssessmentQuery, found: Month, now: Date) {
  const t = translate[actor.language]
  const { month, unit, over } = found
  const here = (change: Partial<AssessmentQuery> = {}, path = '/visits/assessment') =>
    `${path}?${searchOf({ month, unit, sort: query.sort, ...change })}`
  const next = monthAfter(month, 1)
  const files = mayExport(actor)
  return {
    month,
    over,
    title: t('assessment:titleOf', { month }),
    heads: headsOf(t),
    rows: ordered(found.people, query.sort).map((one) => personRow(actor, t, one, found)),
    units: found.units.map(({ id, name, figures }): Row => ({
      name: name ?? t('assessment:noDepartment'),
      sub: '',
      href: null,
      groups: groupsOf(actor, t, month, figures, { unit: id === null ? 'none' : String(id) }),
      score: '',
      signed: null,
    })),
    sum: groupsOf(actor, t, month, found.sum, unit ? { unit } : {}),
    filters: {
      action: '/visits/assessment',
      choices: [
        { name: 'month', label: t('assessment:thisMonth'), value: month, options: monthsToChoose(month, now) },
        ...(found.departments.length > 1
          ? [
              {
                name: 'unit',
                label: t('assessment:allDepartments'),
                value: unit,
                options: found.departments.map(({ id, name }) => ({ value: String(id), word: name })),
              },
            ]
          : []),
        {
          name: 'sort',
          label: t('assessment:sort.name'),
          value: query.sort,
          options: orders.map((value) => ({ value, word: t(`assessment:sort.${value}`) })),
        },
      ],
    },
    pager: {
      months: true,
      words: t('assessment:people', { n: found.people.length }),
      previous: here({ month: monthAfter(month, -1) }),
      ...(next <= monthAfter(monthOf(now), 1) ? { next: here({ month: next }) } : {}),
    },
    pdf: here({}, '/visits/assessment.pdf'),
    xlsx: files ? here({}, '/visits/assessment.xlsx') : null,
    weights: t('assessment:weights', found.weights),
    nothing: { heading: t('assessment:nothing'), hint: t('assessment:nothingHint') },
  }
}

export const searchOf = (query: Partial<AssessmentQuery>): string =>
  new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== 'name')).toString()

const headsOf = (t: Translate) => groups.map(([name]) => ({ name, word: t(`assessment:group.${name}`) }))

function personRow(actor: Actor, t: Translate, one: Assessed, { month }: Month): Row {
  const { person, figures, score, whole } = one
  return {
    name: person.name,
    sub: person.department ?? '',
    href: `/visits/assessment/${person.number}?month=${month}`,
    groups: groupsOf(actor, t, month, figures, { owner: person.number }),
    score: whole ? scoreText(score) : t('assessment:partly'),
    signed: signedTag(t, one),
  }
}

export function signedTag(t: Translate, { signed, changed }: Pick<Assessed, 'signed' | 'changed'>) {
  if (!signed) return null
  if (changed.length > 0)
    return { tone: 'warn', word: t('assessment:signed.changed', { score: scoreText(signed.score) }) }
  return { tone: 'ok', word: t('assessment:signed.tag', { score: scoreText(signed.score) }) }
}

export const signedText = (t: Translate, { signed }: Pick<Assessed, 'signed'>): string =>
  signed
    ? t('assessment:signed.by', { by: signed.by, at: dateTimeText(signed.signedAt), score: scoreText(signed.score) })
    : ''

const keys: Record<(typeof orders)[number], (one: Assessed) => number> = {
  name: () => 0,
  score: ({ score }) => -(score ?? -1),
  made: ({ figures }) => -figures.made,
  notMade: ({ figures }) => -figures.notMade,
  late: ({ figures: { late, missing } }) => -(late + missing),
}

/** By name as they came; what stands out first otherwise. */
export const ordered = (people: readonly Assessed[], sort: AssessmentQuery['sort']): Assessed[] =>
  people.toSorted((one, other) => keys[sort](one) - keys[sort](other))

function monthsToChoose(month: string, now: Date) {
  const months = Array.from({ length: 37 }, (_, back) => monthAfter(monthOf(now), 1 - back))
  return (months.includes(month) ? months : [month, ...months]).map((value) => ({ value, word: value }))
}
