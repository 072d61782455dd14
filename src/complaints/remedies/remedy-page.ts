import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../access/actor.ts'
import { db, reads } from '../../db.ts'
import { momentText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Refusal } from '../../lib/refused.ts'
import { gateProblems } from '../crises/gates.ts'
import { nextOf } from '../crises/form-pages.ts'
import { mayWith } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'
import { formFields } from './conflict.ts'
import { emptyKind, remedyForm, remedyItemKinds, rowNumbers } from './forms.ts'
import { asWritten, draftOf, requestsOf, type Draft } from './queries.ts'
import { lastRefusal } from './signers.ts'
import { groundsText, yuan } from './saying.ts'
import { weightOf } from './weighing.ts'

/** So many empty rows stand open at first; the others are folded away. */
const emptyRows = 2

type Typed = Record<string, string>

/** The form of a round's remedy; read anew, for it is shown again after its draft was saved. */
export async function remedyPage(actor: Actor, { number }: Complaint, now: Date, typed?: Typed) {
  const t = translate[actor.language]
  const complaint = await complaintFor(actor, number)
  const draft = await draftOf(db, complaint)
  const problems = await gateProblems(reads, complaint)
  const weight = await weightOf(complaint, draft?.total.toFixed(2) ?? '0.00')
  return {
    number,
    matter: complaint.title,
    version: typed && !isKept(typed, draft) ? typed['version'] : complaint.version,
    title: t('remedies:title', { n: complaint.round }),
    possible: complaintStates.acts(complaint.state).includes('submit'),
    level: complaint.level,
    ...rowsOf(draft?.items ?? []),
    ...wordsOf(t),
    reason: draft?.reason ?? '',
    saved: draft && savedText(t, draft, now),
    grounds: groundsText(t, weight),
    sentBack: draft && (await lastRefusal(t, await requestsOf(actor, complaint, now))),
    whyNots: problems.map((problem) => whyNot(actor, complaint, problem)),
  }
}

/** What stands in the form was kept as it stands: what comes next goes on from there. */
function isKept(typed: Typed, draft: Draft | null): boolean {
  const read = remedyForm.safeParse(typed)
  return read.success && isDeepStrictEqual(formFields(read.data), formFields(asWritten(draft)))
}

function rowsOf(items: readonly RowItem[]) {
  const rows = rowNumbers.map((n) => rowOf(n, items[n - 1]))
  const shown = Math.max(items.length, 1) + emptyRows
  return { rows: named(rows.slice(0, shown)), more: named(rows.slice(shown)) }
}

const names = ['kind', 'text', 'amount'] as const
const wordsOf = (t: Translate) => ({
  kinds: remedyItemKinds.map((kind) => ({ value: kind, word: t(`complaints:remedyItem.${kind}`) })),
  head: Object.fromEntries(names.map((name) => [name, t(`remedies:head.${name}`)])),
  labels: Object.fromEntries(
    rowNumbers.flatMap((n) => names.map((name) => [`${name}${n}`, t(`remedies:row.${name}`, { n })])),
  ),
})

const savedText = (t: Translate, { proposedBy, proposedAt, total }: Draft, now: Date): string =>
  t('remedies:saved', { by: proposedBy.name, at: momentText(proposedAt, now), total: yuan(total) })

/** The first row of several has the head's names, the others their number; those are for the ear. */
const named = (rows: readonly ReturnType<typeof rowOf>[]) => rows.map((row, at) => ({ ...row, first: at === 0 }))
type RowItem = { kind: string; text: string; amount: { toFixed: (digits: number) => string } }
const rowOf = (n: number, item: RowItem | undefined) => ({
  n,
  kind: item?.kind ?? emptyKind(n),
  text: item?.text ?? '',
  amount: item ? item.amount.toFixed(2) : '',
})

function whyNot(actor: Actor, complaint: Complaint, problem: Refusal) {
  const t = translate[actor.language]
  const next = mayWith(actor, 'complaints.crisis', complaint) ? nextOf(complaint.number, problem) : null
  return {
    act: t('remedies:why.submit'),
    reason: t(problem.reason, problem.params),
    rule: { id: problem.rule },
    ...(next ? { next: { href: next.href, word: t(next.word) } } : {}),
  }
}
