import { CustomerGrade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { asOptions, type Unit } from '../organisation/tree.ts'
import { bare, fieldsOf, listAddress, narrowedBy, type Narrowing } from './address.ts'
import { spans, type CoverageQuery, type Span } from './forms.ts'
import { countedTo, type CoverageList, type CoverageRow } from './queries.ts'
import { coverageRules, ruleIdOf, type CoverageFigures, type CoverageRule } from './rules.ts'

type Owner = { number: string; name: string }

/** /coverage: who is to be contacted, by which rule, until when. */
export function coveragePage(actor: Actor, query: CoverageQuery, list: CoverageList, owners: Owner[], now: Date) {
  const t = translate[actor.language]
  return {
    asks: asksOf(t, query.rule, list.known.figures),
    ruleId: ruleIdOf[query.rule],
    tabs: coverageRules.map((rule) => ({
      href: listAddress({ ...query, rule }),
      word: t(`coverage:rule.${rule}`),
      count: capped(list.rules[rule]),
      current: rule === query.rule,
    })),
    rows: list.rows.map((row) => rowOf(actor, row, list.planAt, now, t)),
    filters: filtersOf(actor, query, list, owners, t),
    shareAt: `/coverage/share?rule=${query.rule}`,
    exportAt: mayEver(actor, 'visits.export') ? listAddress(query, {}, '/coverage.xlsx') : null,
    pager: pagerOf(query, list, t),
    nothing:
      narrowedBy(query).length > 0
        ? { heading: t('coverage:nothing'), next: { href: listAddress(bare(query)), word: t('coverage:clear') } }
        : { heading: t('coverage:none'), hint: t('coverage:noneHint') },
  }
}

export function asksOf(t: Translate, rule: CoverageRule, figures: CoverageFigures): string {
  const manager = rule === 'yearly' && figures.gradeABy === 'manager'
  return t(manager ? 'coverage:asks.yearlyManager' : `coverage:asks.${rule}`, { n: figures[rule] })
}

export const capped = (n: number) => (n > countedTo ? `${countedTo}+` : String(n))

function rowOf(actor: Actor, row: CoverageRow, plan: CoverageList['planAt'], now: Date, t: Translate) {
  const { number, name, grade, owner, dueOn, over } = row
  const plans = mayEver(actor, 'visits.plan') && may(actor, 'customers.view', row)
  return {
    number,
    name,
    grade,
    dueOn,
    href: may(actor, 'customers.view', row) ? `/customers/${number}` : null,
    owner: owner ?? t('coverage:nobody'),
    unowned: owner === null,
    last: lastOf(row.contactedOn, row, t),
    manager: lastOf(row.managerContactedOn, { visit: row.managerVisit, record: row.managerRecord }, t),
    over: over > 0 ? t('coverage:over', { n: over }) : dueOn === dateText(now) ? t('coverage:dueToday') : '',
    tone: over > 0 ? 'bad' : 'wait',
    planAt: plans
      ? plan
        ? `/visits/plans/${plan}?customer=${number}#add`
        : `/visits/plans/new?customer=${number}`
      : null,
    recordAt: may(actor, 'contact_records.record', row) ? `/contact-records/new?customer=${number}&formal=on` : null,
  }
}

function lastOf(on: string | null, { visit, record }: { visit: string | null; record: string | null }, t: Translate) {
  const href = record ? `/contact-records/${record}` : visit ? `/visits/${visit}` : null
  return { on: on ?? t('coverage:never'), never: on === null, href }
}

function filtersOf(actor: Actor, query: CoverageQuery, list: CoverageList, owners: Owner[], t: Translate) {
  const people = owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` }))
  const choice = (name: Exclude<Narrowing, 'unit'>, options: { value: string; word: string }[]) => ({
    name,
    label: t(`coverage:all.${name}`),
    value: query[name],
    options,
  })
  const {
    span: _span,
    owner: _owner,
    department: _department,
    region: _region,
    grade: _grade,
    ...kept
  } = fieldsOf(query)
  return {
    action: '/coverage',
    kept,
    choices: [
      spanChoice(query, list, t),
      choice('owner', [
        { value: 'mine', word: t('coverage:mine') },
        ...people.filter(({ value }) => value !== actor.number),
        { value: 'none', word: t('coverage:nobody') },
      ]),
      choice('department', asOptions(list.known.departments)),
      ...(list.known.regions.length > 0 ? [choice('region', asOptions(list.known.regions))] : []),
      ...(query.rule === 'yearly' ? [choice('grade', gradesOf(t))] : []),
    ],
    conditions: query.unit ? [unitCondition(query, list.known.departments, t)] : [],
    ...(narrowedBy(query).length > 0 ? { clear: listAddress(bare(query)) } : {}),
  }
}

/** What is due this month is shown unless something else is asked for. */
const spanChoice = (query: CoverageQuery, { spans: counts }: CoverageList, t: Translate) => {
  const wordOf = (span: Span) => t('coverage:spanOf', { span: t(`coverage:span.${span}`), n: capped(counts[span]) })
  const others = spans.filter((span) => span !== 'month')
  return {
    name: 'span',
    label: wordOf('month'),
    value: query.span,
    options: others.map((value) => ({ value, word: wordOf(value) })),
  }
}

const gradesOf = (t: Translate) => [
  ...Object.values(CustomerGrade).map((value) => ({ value, word: value })),
  { value: 'none', word: t('coverage:ungraded') },
]

function unitCondition(query: CoverageQuery, departments: Unit[], t: Translate) {
  const found = departments.find(({ id }) => String(id) === query.unit)?.name ?? t('coverage:gone')
  const word = query.unit === 'none' ? t('coverage:noDepartment') : found
  return { label: t('coverage:condition.unit'), word, remove: listAddress({ ...query, unit: '' }) }
}

function pagerOf(query: CoverageQuery, { rows, count, earlier, later }: CoverageList, t: Translate) {
  const at = ({ basis, id }: CoverageRow) => `${basis}.${id}`
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    words: count > countedTo ? t('coverage:many', { n: countedTo }) : t('coverage:count', { n: count }),
    ...(earlier && first ? { previous: listAddress(query, { before: at(first) }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: at(last) }) } : {}),
  }
}
