import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { keeperOptions } from '../archive/keepers.ts'
import { sealOf } from '../archive/marks.ts'
import { placeText } from '../archive/places.ts'
import { archiveTabs } from '../archive/tabs.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { historyItems } from '../customers/history/lines.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { states, type ListQuery } from './forms.ts'
import type { KindSum } from './counts.ts'
import { countedTo, type Certificate, type CertificateList, type Movement } from './queries.ts'

type Choosable = Parameters<typeof keeperOptions>[0]

const hrefOf = ({ number }: Pick<Certificate, 'number'>) => `/certificates/${number}`
const addressOf = (query: Partial<ListQuery>) => {
  const given = Object.entries(query).filter(([, value]) => value)
  return `/certificates${given.length ? `?${new URLSearchParams(given as [string, string][])}` : ''}`
}
const capped = (n: number) => (n > countedTo ? `${countedTo}+` : String(n))

export function listPage(actor: Actor, query: ListQuery, list: CertificateList, sums: KindSum[]) {
  const t = translate[actor.language]
  const { q, state } = query
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  const narrowed = Boolean(q || state)
  return {
    archive: archiveTabs(actor, '/certificates'),
    rows: list.rows.map((one) => rowOf(t, one)),
    sums,
    mayCount: mayEver(actor, 'certificates.run'),
    filters: {
      action: '/certificates',
      find: { name: 'q', value: q, label: t('certificates:find') },
      choices: [
        {
          name: 'state',
          label: t('certificates:anyState'),
          value: state,
          options: states.map((value) => ({ value, word: t(`certificates:state.${value}`) })),
        },
      ],
      ...(narrowed ? { clear: '/certificates' } : {}),
    },
    nothing: narrowed
      ? { heading: t('certificates:noneSuch'), next: { href: '/certificates', word: t('certificates:all') } }
      : { heading: t('certificates:none'), hint: t('certificates:noneHint') },
    pager: {
      words: t('certificates:count', { n: capped(list.count) }),
      ...(list.earlier && first ? { previous: addressOf({ q, state, before: first.number }) } : {}),
      ...(list.later && last ? { next: addressOf({ q, state, after: last.number }) } : {}),
    },
  }
}

const stateOf = ({ givenBackAt, loan, state }: Certificate) =>
  givenBackAt ? 'given' : loan ? 'lent' : state === 'missing' ? 'missing' : 'here'
const tones = { here: 'ok', lent: 'go', given: 'wait', missing: 'bad' } as const

export function tagOf(t: Translate, certificate: Certificate) {
  const name = stateOf(certificate)
  return { tone: tones[name], word: t(`certificates:state.${name}`) }
}

function rowOf(t: Translate, one: Certificate) {
  const { number, known, itemNumber, keeper, secrecy, receivedAt } = one
  const shared = { number, href: hrefOf(one), itemNumber, keeper, seal: sealOf(secrecy), known }
  if (!known)
    return {
      ...shared,
      kind: '',
      certNumber: '',
      owner: '',
      quantity: '',
      state: null,
      place: '',
      customer: '',
      receivedOn: '',
    }
  const { kind, certNumber, owner, quantity, place, customer } = one
  const about = { kind, certNumber, owner, quantity, customer: customer.name, place: placeText(place) }
  return { ...shared, ...about, state: tagOf(t, one), receivedOn: dateText(receivedAt) }
}

export function certificatePage(actor: Actor, one: Certificate, moves: Movement[], history: HistoryLine[], now: Date) {
  const t = translate[actor.language]
  const runs = may(actor, 'certificates.run', one) && one.known && one.givenBackAt === null
  return {
    archive: archiveTabs(actor, '/certificates'),
    certificate: one,
    heading: one.known ? `${one.kind} ${one.certNumber}` : one.number,
    seal: sealOf(one.secrecy),
    state: one.known ? tagOf(t, one) : null,
    facts: one.known ? factsOf(t, one) : markFacts(t, one),
    moves: one.known ? movesOf(t, one, moves) : [],
    history: one.known ? historyItems(actor, history, now) : [],
    giveBack: runs && !one.loan ? `${hrefOf(one)}/giving-back` : null,
    receipt: one.known && one.givenBackAt && may(actor, 'certificates.run', one) ? `${hrefOf(one)}/receipt.pdf` : null,
    lend:
      one.known && one.givenBackAt === null && mayEver(actor, 'loans.ask') ? `/loans/new?item=${one.itemNumber}` : null,
  }
}

const fact = (t: Translate, name: FactName, value: string, href?: string) => ({
  label: t(`certificates:field.${name}`),
  value,
  ...(href ? { href } : {}),
})
type FactName =
  | 'number'
  | 'item'
  | 'keeper'
  | 'kind'
  | 'certNumber'
  | 'owner'
  | 'quantity'
  | 'customer'
  | 'place'
  | 'receivedAt'
  | 'transfer'
  | 'signers'
  | 'givenBackAt'
  | 'givenBackTo'
  | 'givenBackBy'
  | 'loan'

const markFacts = (t: Translate, { itemNumber, keeper, number }: Certificate) => [
  fact(t, 'number', number),
  fact(t, 'item', itemNumber),
  fact(t, 'keeper', keeper),
]

function factsOf(t: Translate, one: Certificate) {
  const { transfer, loan, givenBackAt, givenBackTo, givenBackBy, witness } = one
  return [
    ...markFacts(t, one),
    fact(t, 'kind', one.kind),
    fact(t, 'certNumber', one.certNumber),
    fact(t, 'owner', one.owner),
    fact(t, 'quantity', String(one.quantity)),
    fact(t, 'customer', one.customer.name),
    fact(t, 'place', placeText(one.place)),
    fact(t, 'receivedAt', dateTimeText(one.receivedAt)),
    ...(transfer
      ? [
          fact(t, 'transfer', transfer.number),
          fact(t, 'signers', [transfer.officer, transfer.checker, transfer.archivist].join(' → ')),
        ]
      : []),
    ...(loan ? [fact(t, 'loan', `${loan.number} ${loan.borrower}`, `/loans/${loan.number}`)] : []),
    ...(givenBackAt
      ? [
          fact(t, 'givenBackAt', dateTimeText(givenBackAt)),
          fact(t, 'givenBackTo', givenBackTo ?? ''),
          fact(t, 'givenBackBy', [givenBackBy, witness].filter(Boolean).join(t('web:comma'))),
        ]
      : []),
  ]
}

/** Everything that came into the safe and went out of it, the latest first. */
function movesOf(t: Translate, one: Certificate, moves: Movement[]) {
  const { receivedAt, transfer, givenBackAt, givenBackTo, givenBackBy, witness } = one
  const line = (at: Date, move: 'in' | 'lent' | 'returned' | 'given', who: string, by: string) => ({
    at: dateTimeText(at),
    move: t(`certificates:move.${move}`),
    out: move === 'lent' || move === 'given',
    who,
    by,
  })
  return [
    ...(givenBackAt
      ? [line(givenBackAt, 'given', givenBackTo ?? '', [givenBackBy, witness].filter(Boolean).join(t('web:comma')))]
      : []),
    ...moves.map(({ at, kind, number, who, by }) => line(at, kind, `${number} ${who}`, by)),
    line(receivedAt, 'in', transfer?.number ?? '', transfer?.archivist ?? ''),
  ]
}

export function givingPage(actor: Actor, one: Certificate, witnesses: Choosable) {
  const t = translate[actor.language]
  const { kind, certNumber, owner, quantity } = one
  return {
    certificate: one,
    home: hrefOf(one),
    witnesses: keeperOptions(witnesses),
    lede: t('certificates:giving.lede', { kind, number: certNumber, owner, n: quantity }),
  }
}
