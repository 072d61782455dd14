import type { GiftOutcome, MarketNoteKind, PurposeReached, SpendingKind } from '../../../prisma/client/enums.ts'
import { yuanOf } from '../../lib/money.ts'
import { peopleIn } from '../../complaints/intake/rules.ts'
import { rowNumbers, type RowKind } from './fields.ts'

export type Sent = Record<string, string | number | boolean | null | undefined>

/** What was typed of a report, its rows and numbered fields brought together; a row counts once something is in it. */
export function gathered(sent: Sent) {
  const value = (name: string) => (sent[name] ?? null) as string | null
  const ticked = (prefix: string) =>
    Object.keys(sent).flatMap((name) =>
      name.startsWith(prefix) && sent[name] === 'on' ? [name.slice(prefix.length)] : [],
    )
  const rows = <R>(kind: RowKind, read: (n: number) => R & { written: boolean }) =>
    rowNumbers(kind).flatMap((n) => {
      const { written, ...row } = read(n)
      return written ? [{ n, ...row }] : []
    })
  return {
    version: Number(sent['version']),
    reached: value('reached') as PurposeReached | null,
    content: value('content') ?? '',
    findings: value('findings') ?? '',
    feedback: value('feedback') ?? '',
    competitors: value('competitors') ?? '',
    nextStep: value('nextStep') ?? '',
    nextOn: value('nextOn'),
    met: ticked('met-').map(BigInt),
    with: ticked('with-').map(BigInt),
    colleagues: peopleIn(value('colleagues')),
    contractSigned: sent['contractSigned'] === true,
    contractSum: value('contractSum') === '0.00' ? null : value('contractSum'),
    moneyTaken: value('moneyTaken') === '0.00' ? null : value('moneyTaken'),
    nextVisitOn: value('nextVisitOn'),
    actuals: numbered(sent, 'actual-').map(([id, text]) => ({ id, actual: text.trim() === '' ? null : yuanOf(text) })),
    answers: numbered(sent, 'answer-').map(([id, text]) => ({ id, answer: text.trim() })),
    people: rows('person', (n) => {
      const [name, post, phone] = [value(`personName${n}`), value(`personPost${n}`), value(`personPhone${n}`)]
      const keep = sent[`personKeep${n}`] === true || phone !== null
      return { name, post, phone, keep, written: Boolean(name ?? post ?? phone) || keep }
    }),
    costs: rows('cost', (n) => {
      const [what, amount] = [value(`costWhat${n}`), value(`costAmount${n}`)]
      const kind = (value(`costKind${n}`) ?? 'travel') as SpendingKind
      return { kind, what, amount, written: what !== null || amount !== null }
    }),
    gifts: rows('gift', (n) => {
      const given = { what: value(`giftWhat${n}`), by: value(`giftBy${n}`), worth: value(`giftWorth${n}`) }
      const note = value(`giftNote${n}`)
      const outcome = value(`giftOutcome${n}`) as GiftOutcome | null
      return { ...given, note, outcome, written: Object.values(given).some((one) => one !== null) || note !== null }
    }),
    promises: rows('promise', (n) => {
      const given = { what: value(`promiseWhat${n}`), due: value(`promiseDue${n}`) }
      const [owner, to] = [value(`promiseOwner${n}`), value(`promiseTo${n}`)]
      return { ...given, owner, to, written: [given.what, given.due, owner, to].some((one) => one !== null) }
    }),
    notes: rows('note', (n) => {
      const [about, text] = [value(`noteAbout${n}`), value(`noteText${n}`)]
      const kind = (value(`noteKind${n}`) ?? 'market') as MarketNoteKind
      return { kind, about, text, written: about !== null || text !== null }
    }),
    facts: {
      phone: { typed: value('factPhone'), shown: value('shownPhone') },
      address: { typed: value('factAddress'), shown: value('shownAddress') },
    },
    contacts: contactsIn(sent),
    verified: ticked('verify-').map((part) => part.replace('-', ':')),
    seen: value('seen') ?? '',
    distinction: value('distinction'),
  }
}

function numbered(sent: Sent, prefix: string): [bigint, string][] {
  return Object.entries(sent).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[BigInt(name.slice(prefix.length)), String(value)] as [bigint, string]] : [],
  )
}

function contactsIn(sent: Sent) {
  const text = (name: string) => String(sent[name] ?? '').trim() || null
  return numbered(sent, 'contactPost-').map(([id]) => ({
    id,
    post: { typed: text(`contactPost-${id}`), shown: text(`shownPost-${id}`) },
    phones: { typed: text(`contactPhones-${id}`), shown: text(`shownPhones-${id}`) },
  }))
}
