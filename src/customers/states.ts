import type { CustomerLife } from '../../prisma/client/enums.ts'
import { machine } from '../lib/machine.ts'

export const lifeActs = ['sign', 'begin', 'lapse', 'resume', 'lose', 'win_back', 'void'] as const
export type LifeAct = (typeof lifeActs)[number]

/** CUS-02: potential → signed → in service → lapsed → lost; a void contract may be followed by another. */
export const customerLife = machine<CustomerLife, LifeAct>('CUS-02', 'customers:refused.lifeAct', {
  potential: { sign: 'signed', lose: 'lost' },
  signed: { begin: 'in_service', void: 'void' },
  in_service: { lapse: 'lapsed', void: 'void' },
  lapsed: { resume: 'in_service', lose: 'lost' },
  lost: { win_back: 'potential' },
  void: { sign: 'signed', lose: 'lost' },
})

/** CARE-02: why a customer was lost, or a contract became void, is worth keeping. */
export const lifeActsWithReason: ReadonlySet<LifeAct> = new Set(['lose', 'void', 'lapse'])
