import { permit, permitAt, type Placed } from '../access/policy.ts'

/** Everything of a customer's credit lies where the customer lies (PPL-01). */
export const creditPolicy = {
  use: permit('credit.view'),
  view: permitAt<Placed>('credit.view'),
  request: permitAt<Placed>('credit.request'),
  ask: permitAt<Placed>('credit.ask'),
  plan: permitAt<Placed>('credit.plan'),
  guarantee: permitAt<Placed>('credit.guarantee'),
  export: permit('credit.export'),
  contracts: permitAt<Placed>('contracts.record'),
  record: permitAt<Placed>('ledger.record'),
  recordSomewhere: permit('ledger.record'),
  close: permit('ledger.close'),
}

/** CRD-13: whoever ships sees releases alone, and of them those that may go out. */
export const releasePolicy = {
  list: permit('releases.view'),
  view: permitAt<Placed>('releases.view'),
  ship: permitAt<Placed>('releases.ship'),
  shipSomewhere: permit('releases.ship'),
}
