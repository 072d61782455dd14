import type { PartOf } from '../../../web/parts.ts'
import type { Release } from '../../queries.ts'

/** What a feature brings to the page of a release. */
export type Part = PartOf<Release>
