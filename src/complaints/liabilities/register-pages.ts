import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { monthsBack } from '../month/rules.ts'
import type { RegisterQuery } from './forms.ts'
import { stateOf } from './pages.ts'
import type { Register, RegisterRow } from './register.ts'
import { amountText } from './rules.ts'

/** /complaints/liabilities: every row that stands, filtered, with the sum of them all. */
export function registerPage(actor: Actor, query: RegisterQuery, found: Register, now: Date) {
  const t = translate[actor.language]
  const { after, ...kept } = query
  const set = Object.entries(kept).filter(([, value]) => value) as [string, string][]
  const address = (more: Record<string, string> = {}, path = '/complaints/liabilities') => {
    const search = new URLSearchParams([...set, ...Object.entries(more)]).toString()
    return search ? `${path}?${search}` : path
  }
  return {
    filters: {
      action: '/complaints/liabilities',
      find: { name: 'person', value: query.person, label: t('measures:liability.byPerson') },
      choices: [
        choice('month', t('measures:liability.anyMonth'), query.month, monthsBack(now, 24).map(asOption)),
        choice(
          'department',
          t('measures:liability.anyDepartment'),
          query.department,
          found.departments.map(({ id, name }) => ({ value: String(id), word: name })),
        ),
        choice('confirmed', t('measures:liability.any'), query.confirmed, [
          { value: 'yes', word: t('measures:liability.confirmed') },
          { value: 'no', word: t('measures:liability.proposed') },
        ]),
      ],
      ...(set.length > 0 ? { clear: '/complaints/liabilities' } : {}),
    },
    rows: found.rows.map((row) => ({ ...shown(row), state: stateOf(t, row), href: `/complaints/${row.complaint}` })),
    totals: amounts(found.sums),
    file: address({}, '/complaints/liabilities/file'),
    pager: {
      words: t('measures:liability.count', { n: found.n }),
      ...(after ? { previous: address() } : {}),
      ...(found.more ? { next: address({ after: String(found.rows.at(-1)!.id) }) } : {}),
    },
    nothing:
      set.length > 0
        ? {
            heading: t('measures:liability.noneLike'),
            next: { href: '/complaints/liabilities', word: t('measures:clear') },
          }
        : { heading: t('measures:liability.none'), hint: t('measures:liability.noneHint') },
  }
}

type Sums = Register['sums']
const amounts = ({ loss, penalty, headPenalty }: Sums) => ({
  loss: amountText(loss),
  penalty: amountText(penalty),
  headPenalty: amountText(headPenalty),
})

const asOption = (value: string) => ({ value, word: value })
const choice = (name: string, label: string, value: string, options: { value: string; word: string }[]) => ({
  name,
  label,
  value,
  options,
})

export const shown = (row: RegisterRow) => ({
  complaint: row.complaint,
  title: row.title,
  at: dateTimeText(row.recordedAt),
  department: row.department,
  staff: row.staff ?? '',
  head: row.head ?? '',
  delay: row.delay,
  ...amounts(row),
  reason: row.reason,
})
