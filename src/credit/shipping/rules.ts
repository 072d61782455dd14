import type { Refusal } from '../../lib/refused.ts'

/** CRD-13: once; who comes second hears who was first. */
export const shippedProblems = (shipped: { at: string; by: string } | null): Refusal[] =>
  shipped === null ? [] : [{ rule: 'CRD-13', reason: 'shipping:refused.shipped', params: shipped }]

/** CRD-18: a shipment has a document of its own. */
export const documentProblems = (known: string | null): Refusal[] =>
  known === null
    ? []
    : [{ rule: 'CRD-18', reason: 'shipping:refused.document', field: 'document', params: { document: known } }]
