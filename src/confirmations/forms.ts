import { z } from 'zod'
import { gatherTicked, ticked } from '../customers/list/picks.ts'

export const confirmationsForm = z.preprocess(gatherTicked, z.strictObject({ picked: ticked() }))
export type Confirmations = z.infer<typeof confirmationsForm>
