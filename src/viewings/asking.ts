import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Place, Signature } from '../approvals/contract.ts'
import { fileRequest, type Filed } from '../approvals/filing.ts'
import { signerOf } from '../approvals/holders.ts'
import { stepOf } from '../approvals/kinds.ts'
import { highestOf, signaturesFor } from '../archive/signing.ts'
import type { Audit } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { regulationAt, type Regulation } from '../regulations/in-force.ts'
import { basisOf } from './queries.ts'

export const kind = 'archive.viewing'
const secret = [{ secrecy: 'secret' as SecrecyLevel }]

type Asked = { items: readonly { secrecy: SecrecyLevel }[]; visitor: boolean }

/**
 * ARC-07: the head of the applicant's department, then customer service. ARC-08: an outsider has no department here; the
 * registered letter stands for it, and customer service decides: for 机密 and 绝密 its manager.
 */
export function signaturesOf(regulation: Regulation, { items, visitor }: Asked, applicant: Place): Signature[] {
  const all = signaturesFor(regulation, highestOf(items.length > 0 ? items : secret), applicant)
  return visitor ? all.slice(1) : all
}

/** Where the applicant's department head is looked for. */
export const placeOf = ({ departmentId }: { departmentId: bigint | null }): Place => ({ departmentId, regionId: null })

const namesShown = 3

/** Who will sign, before it is filed: names and, where nobody else holds the role, who signs instead. */
export async function signersShown(actor: Actor, asked: Asked, place: Place, now: Date) {
  const regulation = await regulationAt(now)
  const reads = db as unknown as Tx
  return Promise.all(
    signaturesOf(regulation, asked, placeOf(actor)).map(async (signature) => {
      const { role, staff } = await signerOf(reads, stepOf(kind, signature.role), signature.place ?? place, [actor.id])
      const people = await db.staff.findMany({
        where: { id: { in: staff } },
        orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
        take: namesShown,
        select: { name: true },
      })
      return { role, names: people.map(({ name }) => name), days: regulation.value('approvals.step_days') }
    }),
  )
}

type ToSign = {
  id: bigint
  items: readonly { secrecy: SecrecyLevel }[]
  visitor: boolean
  reason: string
  /** The place of the customer. */
  place: Place
  applicant: Place
  follows?: bigint | null
}

/** ARC-07: hands it in to be signed. No customer is named in the request: its lists would tell the name (ARC-02). */
export async function fileToSign(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { id, items, visitor, reason, place, applicant, follows }: ToSign,
  now: Date,
): Promise<Filed> {
  const basis = await basisOf(tx, id)
  if (basis === null) throw new Refused([{ rule: 'ARC-07', reason: 'viewings:refused.noItems', field: 'items' }])
  const signatures = signaturesOf(await regulationAt(now), { items, visitor }, applicant)
  const filing = {
    kind,
    subject: `viewing:${id}`,
    place,
    basis,
    reason,
    signatures,
    ...(follows ? { follows } : {}),
  } as const
  return fileRequest(tx, audit, actor, filing, now)
}
