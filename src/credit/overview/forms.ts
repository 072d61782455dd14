import { z } from 'zod'
import { text } from '../../web/fields.ts'

export const overviewQuery = z.object({ find: text({ max: 100 }).default('') })
export type OverviewQuery = z.infer<typeof overviewQuery>
