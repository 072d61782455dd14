import type { PartOf } from '../../web/parts.ts'
import type { Visit } from '../queries.ts'

/** What a step of a visit brings to its page. */
export type Part = PartOf<Visit>
