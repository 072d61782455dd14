import { machine } from '../../lib/machine.ts'

/** RULE-02: the life of a change. What is decided stays. */
export const changeStates = machine('RULE-02', 'regulations:refused.state', {
  drafted: { submit: 'waiting', withdraw: 'withdrawn' },
  waiting: { approve: 'approved', refuse: 'refused', return: 'drafted', withdraw: 'withdrawn' },
  approved: {},
  refused: {},
  withdrawn: {},
})

export const isOpen = (state: string) => state === 'drafted' || state === 'waiting'
