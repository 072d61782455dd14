import type { SecrecyLevel } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Card, Handler, Request, Signature } from '../../approvals/contract.ts'
import { fileRequest, type Filed } from '../../approvals/filing.ts'
import type { Audit } from '../../audit/change.ts'
import { filedAs } from '../../customers/approval.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dayOrNull } from '../../lib/days.ts'
import { Refused } from '../../lib/refused.ts'
import { lockKeeper } from '../keepers.ts'
import { isClassified } from '../levels.ts'
import { itemFor, lockItem, type Item } from '../queries.ts'
import { head, told } from './altering.ts'
import type { LevelChange } from './forms.ts'

type Wanted = Pick<LevelChange, 'secrecy' | 'secrecyUntil' | 'keeper'>

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('item:'.length))
const basisOf = ({ secrecy, state }: Pick<Item, 'secrecy' | 'state'>) => `${secrecy} ${state}`

/** CUS-06: a level comes down by the word of the customer service manager, and 绝密 by the general manager's as well. */
export async function askLowering(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  item: Item,
  { secrecy, secrecyUntil, keeper, reason }: LevelChange,
  now: Date,
): Promise<Filed> {
  const payload: Wanted & { number: string } = { secrecy, secrecyUntil, keeper, number: item.number }
  const filing = {
    subject: `item:${item.id}`,
    // Whose it is would tell more of a classified item than its number (ARC-02).
    ...(isClassified(item.secrecy) ? {} : { customerId: item.customerId }),
    place: { departmentId: item.departmentId, regionId: item.regionId },
    asked: [{ field: 'secrecy', before: item.secrecy, after: secrecy }],
    payload,
    basis: basisOf(item),
    reason,
    signatures: signaturesFrom(item.secrecy),
  }
  return fileRequest(tx, audit, actor, { kind: 'archive.level', ...filing }, now)
}

const signaturesFrom = (level: SecrecyLevel): Signature[] => [
  { role: 'cs_manager' },
  ...(level === 'top_secret' ? [{ role: 'general_manager' } as const] : []),
]

export const archiveLevel: Handler = {
  basis: async (tx, request) => {
    const item = await lockItem(tx, idOf(request))
    return item.state === 'disposed' ? null : basisOf(item)
  },
  approve: lower,
  card,
}

async function lower(tx: Tx, audit: Audit, _decider: Actor, request: Request): Promise<void> {
  const item = await lockItem(tx, idOf(request))
  const { secrecy, secrecyUntil, keeper: named } = request.payload as Wanted
  if (basisOf(item) !== request.basis) throw new Refused([{ rule: 'CUS-06', reason: 'archive:refused.levelMeanwhile' }])
  const keeper = named === null ? null : await lockKeeper(tx, named)
  await tx.archiveItem.update({
    where: { id: item.id },
    data: {
      secrecy,
      secrecyUntil: dayOrNull(secrecyUntil),
      keeperId: keeper?.id ?? null,
      version: item.version + 1,
    },
  })
  await audit('item.level_changed', `customer:${item.customerId}`, {
    before: { ...head(item), secrecy: item.secrecy, keeper: item.keeper.name },
    after: { ...told(item), secrecy, ...(keeper ? { keeper: keeper.name } : {}), ...(await filedAs(tx, request)) },
    ...(request.reason ? { why: request.reason } : {}),
  })
}

/** Old and new level side by side; the title for who may know it. */
async function card(actor: Actor, request: Request): Promise<Card> {
  const t = translate[actor.language]
  const { number, secrecy } = request.payload as Wanted & { number: string }
  const item = await itemFor(actor, number).catch(() => null)
  const before = request.asked[0]!.before as SecrecyLevel
  const title = item?.known ? `${item.title} ${number}` : number
  return {
    title,
    href: item && may(actor, 'archive.view', item) ? `/archive/items/${number}` : null,
    asked: [
      { label: t('archive:field.secrecy'), before: t(`archive:mark.${before}`), after: t(`archive:mark.${secrecy}`) },
    ],
    facts: [
      ...(item?.known
        ? [{ label: t('archive:lowering.customer'), value: `${item.customer.name} ${item.customer.number}` }]
        : []),
      ...(item ? [{ label: t('archive:lowering.keeper'), value: item.keeper.name }] : []),
    ],
    why: t('archive:lowering.why'),
    problems: [],
  }
}
