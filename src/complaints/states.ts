import type { ComplaintState } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export type ComplaintAct =
  | 'ask_acceptance'
  | 'accept'
  | 'decline'
  | 'found'
  | 'dismiss'
  | 'report'
  | 'submit'
  | 'approve'
  | 'refuse'
  | 'tell'
  | 'reject'
  | 'satisfy'
  | 'dissatisfy'
  | 'give_up'
  | 'close'
  | 'reopen'
  | 'rejudge'
  | 'void'

/**
 * CMP-07, CMP-08: the course of a complaint. `found` and `dismiss` are the judgement; `accepting` and its acts exist
 * where a superior decides on acceptance (CMP-22); `reject`: the customer wants another remedy; `give_up`: nobody was
 * reached, or no remedy is taken; `rejudge`: a closed one that was not founded is judged anew.
 */
export const complaintStates = machine<ComplaintState, ComplaintAct>('CMP-07', 'complaints:refused.state', {
  received: { found: 'investigating', dismiss: 'answering', ask_acceptance: 'accepting', void: 'void' },
  accepting: { accept: 'investigating', dismiss: 'answering', decline: 'received' },
  investigating: { report: 'proposing', dismiss: 'answering', void: 'void' },
  proposing: { submit: 'approving', dismiss: 'answering' },
  approving: { approve: 'telling', refuse: 'proposing' },
  telling: { tell: 'asking', reject: 'proposing', give_up: 'improving' },
  asking: { satisfy: 'improving', dissatisfy: 'proposing', give_up: 'improving' },
  improving: { close: 'closed' },
  answering: { close: 'closed', rejudge: 'received' },
  closed: { reopen: 'proposing', rejudge: 'received' },
  void: {},
})

export const endedStates = ['closed', 'void'] as const satisfies readonly ComplaintState[]
export const isOpen = (state: ComplaintState): boolean => state !== 'closed' && state !== 'void'
