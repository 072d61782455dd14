import type { TransferState } from '../../prisma/client/enums.ts'

/** Whose hands it is in: A lists, B checks, the archivist counts. */
export const acts = {
  list: ['listing'],
  hand_over: ['listing'],
  check: ['handed'],
  supplement: ['handed'],
  settle: ['listing', 'handed', 'checked', 'taken'],
  return_to_officer: ['handed'],
  return_to_checker: ['checked'],
  take: ['checked'],
  ask_late: ['listing', 'handed'],
  cancel: ['listing', 'handed', 'checked'],
} as const satisfies Record<string, readonly TransferState[]>
export type TransferAct = keyof typeof acts

export const allowed = (act: TransferAct, state: TransferState): boolean =>
  (acts[act] as readonly TransferState[]).includes(state)

export const isOpen = (state: TransferState): boolean => allowed('cancel', state)
