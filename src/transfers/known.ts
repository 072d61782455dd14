import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { isClassified } from '../archive/levels.ts'
import { isParty } from './policy.ts'
import type { Transfer, TransferItem } from './queries.ts'
import { isOpen } from './states.ts'

/**
 * ARC-02: what an item of 机密 or 绝密 is called, its three signers know while they sign; from then on its keeper, and who is
 * cleared. Others see that there is one.
 */
export function knowsItem(actor: Actor, transfer: Transfer, item: Pick<TransferItem, 'secrecy' | 'item'>): boolean {
  if (!isClassified(item.secrecy) || may(actor, 'archive.classified', transfer)) return true
  if (isOpen(transfer.state)) return isParty(actor, transfer) || may(actor, 'transfers.take', transfer)
  return item.item?.keeperId === actor.id
}
