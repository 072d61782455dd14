import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import type { Translate } from '../i18n.ts'

const places = [
  ['overview', '/credit', 'credit.view'],
  ['releases', '/releases', 'credit.view'],
  ['shipments', '/shipments', 'credit.view'],
  ['receipts', '/receipts', 'credit.view'],
  ['contracts', '/contracts', 'credit.view'],
  ['ageing', '/credit/ageing', 'credit.view'],
  ['plans', '/repayment-plans', 'credit.view'],
  ['liabilities', '/credit/liabilities', 'credit_liabilities.view'],
  ['months', '/ledger/months', 'ledger.close'],
] as const satisfies readonly (readonly [string, string, Act])[]

/** The pages of credit (views/credit/tabs.ejs): those that are open to this person. */
export function creditTabs(actor: Actor, path: string, t: Translate) {
  return places
    .filter(([, , act]) => mayEver(actor, act))
    .map(([name, href]) => ({ name, href, word: t(`credit:place.${name}`), current: path === href }))
}
