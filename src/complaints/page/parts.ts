import type { PartOf } from '../../web/parts.ts'
import type { Complaint } from '../queries.ts'

/** What a step of a complaint brings to its page. */
export type Part = PartOf<Complaint>
