import type { Actor } from '../../access/actor.ts'
import { may, mayEver } from '../../access/policy.ts'
import type { Act } from '../../access/table.ts'
import type { Key, Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { isImportant } from '../levels.ts'
import type { Item } from '../queries.ts'
import { mayWrite } from './policy.ts'
import type { Overdue } from './queries.ts'

export type ItemAct = { word: string; icon: string; href: string; drawer?: boolean; file?: boolean }
type Lending = { overdue: Overdue | null; opens: boolean }
export type WhyNot = { act: string; reason: string; rule: { id: string }; next?: { href: string; word: string } }

/** What this person may do with the item now, the likeliest first; how to see it stands with the refusal (closed.ts). */
export function actsOf(actor: Actor, item: Item, lends: boolean, t: Translate): ItemAct[] {
  const at = `?item=${item.number}`
  const home = `/archive/items/${item.number}`
  const word = (name: Extract<Key, `archive:act.${string}`>) => t(name)
  const asks = (act: Act) => may(actor, act, item)
  const gone = item.state === 'disposed' || item.state === 'given_back'
  const keeps = item.known && mayWrite(actor, item) && !gone
  const all: [boolean, ItemAct][] = [
    [
      keeps,
      {
        word: word(item.contents ? 'archive:act.newVersion' : 'archive:act.addContent'),
        icon: 'upload',
        href: `${home}/contents/new`,
        drawer: true,
      },
    ],
    [lends && asks('loans.ask'), { word: word('archive:act.borrow'), icon: 'swap', href: `/loans/new${at}` }],
    [
      !gone && asks('copies.ask') && isImportant(item),
      { word: word('archive:act.copy'), icon: 'copy', href: `/copies/new${at}` },
    ],
    [keeps, { word: word('archive:act.correctItem'), icon: 'edit', href: `${home}/correction`, drawer: true }],
    [keeps, { word: word('archive:act.moveItem'), icon: 'archive', href: `${home}/place`, drawer: true }],
    [keeps, { word: word('archive:act.changeLevel'), icon: 'lock', href: `${home}/level`, drawer: true }],
    [keeps, { word: word('archive:act.setTerms'), icon: 'clock', href: `${home}/terms`, drawer: true }],
    [
      keeps && item.state === 'in_place' && item.loan === null,
      { word: word('archive:act.missItem'), icon: 'warning', href: `${home}/missing`, drawer: true },
    ],
    [
      keeps && item.state === 'missing',
      { word: word('archive:act.findItem'), icon: 'check', href: `${home}/found`, drawer: true },
    ],
    [keeps, { word: word('archive:act.label'), icon: 'print', href: `/archive/labels.pdf${at}`, file: true }],
    [
      !gone && asks('disclosures.ask'),
      { word: word('archive:act.disclose'), icon: 'register', href: `/disclosures/new${at}` },
    ],
    [
      mayEver(actor, 'incidents.report'),
      { word: word('archive:act.report'), icon: 'shield', href: `/incidents/new${at}` },
    ],
  ]
  return all.filter(([allowed]) => allowed).map(([, act]) => act)
}

/** ARC-12: whether it is there to be lent; whether to this person, the application asks (ARC-11, with exceptions). */
export const isThere = (item: Item): boolean =>
  !item.known || (item.loan === null && item.state === 'in_place' && item.medium === 'paper')

/** ARC-11, ARC-12: why it is not lent to this person now; empty where it is. */
export function whyNotLent(actor: Actor, item: Item, { overdue, opens }: Lending, t: Translate): WhyNot[] {
  if (!may(actor, 'loans.ask', item)) return []
  const act = t('archive:why.borrow')
  const reasons: WhyNot[] = []
  const refuse = (id: string, reason: string, next?: WhyNot['next']) =>
    reasons.push({ act, reason, rule: { id }, ...(next ? { next } : {}) })
  if (overdue) refuse('ARC-11', t('archive:why.overdue', overdue), { href: '/loans', word: t('archive:why.myLoans') })
  if (!item.known) return reasons
  if (item.loan)
    refuse('ARC-12', t('archive:why.lent', { by: item.loan.borrower, due: dateTimeText(new Date(item.loan.dueAt)) }))
  else if (item.state !== 'in_place') refuse('ARC-12', t(`archive:why.${stateWords[item.state]}`))
  else if (item.medium === 'electronic' && !opens) refuse('ARC-12', t('archive:why.electronic'))
  return reasons
}

const stateWords = {
  missing: 'missing',
  under_disposal: 'underDisposal',
  disposed: 'disposed',
  given_back: 'given_back',
} as const
