import { z } from 'zod'
import { checkbox, choice, text, version } from '../../web/fields.ts'
import { ways } from './rules.ts'

export const escalationForm = z.strictObject({
  way: choice(ways),
  words: text({ min: 2, max: 2000 }),
  unrecorded: checkbox(),
  version: version(),
})
export type Escalation = z.infer<typeof escalationForm>
