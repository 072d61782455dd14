import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Quarter } from './figures.ts'
import { competitorHref, quarterModel, type Line } from './model.ts'
import { rowOf } from './pages.ts'
import { quarterAfter, quarterOf, quartersBack } from './quarters.ts'

/** /market-notes/quarter: a quarter at a glance; every figure opens the list that it counts. */
export function quarterPage(actor: Actor, found: Quarter, now: Date) {
  const t = translate[actor.language]
  const { quarter, department } = found
  const model = quarterModel(t, found)
  const here = (q: string, path = '/market-notes/quarter') =>
    `${path}?${new URLSearchParams({ q, ...(department ? { department } : {}) })}`
  const named = model.sections.find(({ name }) => name === 'kind')!.lines
  const recent = quartersBack(now, 12)
  return {
    quarter,
    before: found.before,
    head: [model.all, ...named.filter(({ n, before }) => n > 0 || (before ?? 0) > 0)].map((line) =>
      withChange(t, line),
    ),
    sections: model.sections.filter(({ name, lines }) => name !== 'kind' && lines.length > 0),
    competitors: found.competitors.map((one) => ({
      about: one.about,
      n: one.n,
      before: one.before,
      href: competitorHref(found, one.about),
      newest: one.newest.map((note) => rowOf(t, note)),
    })),
    empty: found.now.all === 0,
    filters: {
      action: '/market-notes/quarter',
      choices: [
        choice(
          'q',
          t('marketNotes:thisQuarter'),
          quarter,
          (recent.includes(quarter) ? recent : [quarter, ...recent]).map((value) => ({ value, word: value })),
        ),
        choice(
          'department',
          t('marketNotes:choose.department'),
          department,
          found.places.departments.map(({ id, name }) => ({ value: String(id), word: name })),
        ),
      ],
    },
    pager: {
      words: quarter,
      previous: here(quarterAfter(quarter, -1)),
      ...(quarter < quarterOf(now) ? { next: here(quarterAfter(quarter, 1)) } : {}),
    },
    pdf: here(quarter, '/market-notes/quarter.pdf'),
    xlsx: mayEver(actor, 'visits.export') ? here(quarter, '/market-notes/quarter.xlsx') : null,
  }
}

const choice = (name: string, label: string, value: string, options: { value: string; word: string }[]) => ({
  name,
  label,
  value,
  options,
})

/** （上季度 10，−4） beside the figure. */
function withChange(t: Translate, line: Line) {
  const n = line.before ?? 0
  const change = line.n - (line.before ?? line.n)
  if (change === 0) return { ...line, compared: t('marketNotes:compared', { n }) }
  return { ...line, compared: t('marketNotes:changed', { n, change: `${change > 0 ? '+' : '−'}${Math.abs(change)}` }) }
}
