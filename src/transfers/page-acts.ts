import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Translate } from '../i18n.ts'
import { transferPolicy, type PlacedTransfer } from './policy.ts'
import type { Transfer } from './queries.ts'
import { allowed, type TransferAct } from './states.ts'

type Name =
  | 'items'
  | 'handOver'
  | 'check'
  | 'take'
  | 'late'
  | 'supplement'
  | 'returnToOfficer'
  | 'returnToChecker'
  | 'correct'
  | 'cancel'
type Row = { name: Name; act: TransferAct; allow: Permit<PlacedTransfer>; path: string; icon: string; drawer: boolean }

const { officer, checker, archivist, late, cancel } = transferPolicy
const rows: readonly Row[] = [
  { name: 'handOver', act: 'hand_over', allow: officer, path: 'handing-over', icon: 'check', drawer: true },
  { name: 'items', act: 'list', allow: officer, path: 'items', icon: 'edit', drawer: false },
  { name: 'check', act: 'check', allow: checker, path: 'check', icon: 'check', drawer: false },
  { name: 'take', act: 'take', allow: archivist, path: 'taking', icon: 'check', drawer: false },
  { name: 'late', act: 'ask_late', allow: late, path: 'lateness', icon: 'clock', drawer: true },
  { name: 'supplement', act: 'supplement', allow: checker, path: 'supplements/new', icon: 'plus', drawer: true },
  { name: 'returnToOfficer', act: 'return_to_officer', allow: checker, path: 'return', icon: 'undo', drawer: true },
  {
    name: 'returnToChecker',
    act: 'return_to_checker',
    allow: archivist,
    path: 'sending-back',
    icon: 'undo',
    drawer: true,
  },
  { name: 'correct', act: 'list', allow: officer, path: 'correction', icon: 'edit', drawer: true },
  { name: 'cancel', act: 'cancel', allow: cancel, path: 'cancellation', icon: 'close', drawer: true },
]

/** What brings it one step further. */
const onward = new Set<Name>(['handOver', 'items', 'check', 'take', 'late'])

/** Only what is allowed now; an empty list is filled in before it is signed, and leave is asked for only when it is late. */
export function actsOf(t: Translate, actor: Actor, transfer: Transfer, now: { late: boolean; items: number }) {
  const shown = rows.filter(({ name, act, allow }) => {
    if (name === 'late' && !now.late) return false
    if (name === 'handOver' && (now.items === 0 || now.late)) return false
    return allowed(act, transfer.state) && allow(actor, transfer)
  })
  return shown.map(({ name, path, icon, drawer }) => ({
    onward: onward.has(name),
    word: t(`transfers:act.${name}`),
    href: `/transfers/${transfer.number}/${path}`,
    icon,
    drawer,
  }))
}
