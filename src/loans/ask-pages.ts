import type { Actor } from '../access/actor.ts'
import type { Item } from '../archive/queries.ts'
import { sealOf } from '../archive/marks.ts'
import { endText } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Refusal } from '../lib/refused.ts'
import type { Regulation } from '../regulations/in-force.ts'
import { purposes } from './forms.ts'
import { itemProblems, overdueProblems } from './rules.ts'
import type { Signing } from './signers.ts'

type Found = {
  typed: string
  items: Item[]
  lost: Refusal[]
  signing: Signing[]
  overdue: number
  agreement: Refusal[]
  regulation: Regulation
}

/** /loans/new: what is asked for, what stands against it already, and who will sign. */
export function askPage(actor: Actor, found: Found) {
  const t = translate[actor.language]
  const { typed: numbers, items, lost, signing, overdue, regulation } = found
  const most = regulation.value('archive.loan_days')
  return {
    numbers: items.length > 0 ? items.map(({ number }) => number).join(', ') : numbers,
    items: items.map((item) => itemRow(t, item)),
    reasons: reasonsOf(t, found),
    lost: lost.map(({ reason, params }) => t(reason, params)),
    signing: signing.map(({ role, people }) => ({
      name: t(`access:role.${role}`),
      note: people.length > 0 ? people.join(t('web:comma')) : t('loans:nobodySigns'),
    })),
    days: Array.from({ length: most }, (_, at) => ({ value: String(at + 1), word: t('loans:days', { n: at + 1 }) })),
    mostDays: most,
    least: regulation.value('archive.reason_length'),
    purposes: purposes.map((value) => ({ value, word: t(`archive:purpose.${value}`) })),
    overdue,
    sealed: regulation.value('archive.seal') === 'scan',
  }
}

const itemRow = (t: Translate, { number, known, title, secrecy, pages, copies, customer }: Item) => ({
  number,
  href: `/archive/items/${number}`,
  title: known ? title : t('loans:unknown'),
  customer: known ? customer.name : '',
  seal: sealOf(secrecy),
  amount: known ? [t('loans:pages', { n: pages }), t('loans:copies', { n: copies })].join(' · ') : '',
})

/** Said before anything is typed, so that nobody writes an application in vain. */
function reasonsOf(t: Translate, { items, overdue, agreement }: Found) {
  const problems = [
    ...items.flatMap((item) => itemProblems(item, item.known, endText)),
    ...agreement,
    ...overdueProblems(overdue, false),
  ]
  return problems.map(({ rule, reason, params }) => ({
    act: t('loans:whyNot'),
    reason: t(reason, params).replace(/^[^：:]*[：:]\s*/u, ''),
    rule: { id: rule },
  }))
}
