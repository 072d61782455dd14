import { permit } from '../../access/policy.ts'

/** CRD-04: before a customer is named; then creditPolicy.plan. */
export const planSomewhere = permit('credit.plan')
