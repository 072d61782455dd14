import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { refuseIfWritten } from '../holding.ts'
import type { Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'
import { asWritten, draftOf } from './queries.ts'
import { emptyKind, remedyItemKinds, rowNumbers, type RemedyInput } from './forms.ts'
import type { Item } from './rules.ts'

type Written = { items: readonly Item[]; reason: string }

/** A remedy row by row, as its form sends it. */
export const formFields = ({ items, reason }: Written): Record<string, string> => ({
  ...Object.assign({}, ...rowNumbers.map((n) => rowFields(n, items[n - 1]))),
  reason,
})

const rowFields = (n: number, item: Item | undefined) => ({
  [`kind${n}`]: item?.kind ?? emptyKind(n),
  [`text${n}`]: item?.text ?? '',
  [`amount${n}`]: item && item.amount !== '0.00' ? item.amount : '',
})

/**
 * CMP-10: the conflict screen for whoever wrote on while another kept a draft of this round, or sent it to be approved;
 * other acts on the complaint are none.
 */
export async function refuseIfProposed(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  input: Pick<RemedyInput, 'items' | 'reason' | 'version'>,
): Promise<void> {
  const { state, version } = complaint
  const possible = complaintStates.acts(state).includes('submit')
  if (version === input.version) {
    complaintStates.next(state, 'submit')
    return
  }
  const remedy = possible
    ? await draftOf(tx, complaint)
    : await tx.remedy.findFirst({
        where: { complaintId: complaint.id, round: complaint.round },
        include: { items: { orderBy: { n: 'asc' } } },
        orderBy: { id: 'desc' },
      })
  const form = { version, fields: formFields(asWritten(remedy)), typed: formFields(input), heldIn, ...wordsOf(actor) }
  const over = possible ? {} : { over: { rule: 'CMP-07', reason: 'complaints:refused.movedOn' } as const }
  await refuseIfWritten(tx, complaint, { ...form, ...over, opened: input.version })
}

const heldIn = (held: Record<string, unknown>): Record<string, unknown> =>
  Array.isArray(held['items']) ? formFields(held as unknown as Written) : {}

function wordsOf({ language }: Actor) {
  const t = translate[language]
  const kinds = remedyItemKinds.map((kind) => [kind, t(`complaints:remedyItem.${kind}`)] as const)
  const parts = ['kind', 'text', 'amount'] as const
  return {
    words: Object.fromEntries(rowNumbers.flatMap((n) => kinds.map(([kind, word]) => [`kind${n}.${kind}`, word]))),
    labels: {
      reason: t('remedies:field.reason'),
      ...Object.fromEntries(
        rowNumbers.flatMap((n) => parts.map((part) => [`${part}${n}`, t(`remedies:row.${part}`, { n })])),
      ),
    },
  }
}
