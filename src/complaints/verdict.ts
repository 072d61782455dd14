import type { Complaint } from './queries.ts'

/** CMP-07: what a judged complaint was found to be. */
export const verdictOf = ({ founded, customerCause }: Pick<Complaint, 'founded' | 'customerCause'>) =>
  founded ? 'founded' : customerCause ? 'customer' : 'unfounded'
