import { appointmentPart } from '../appointments/part.ts'
import { changingPart } from '../changing/part.ts'
import { marketNotesPart } from '../../market-notes/part.ts'
import { promisesPart } from '../../promises/part.ts'
import { authoritiesPart } from '../authorities/part.ts'
import { spendingsPart } from '../spendings/part.ts'
import { factsPart } from './facts.ts'
import { historyPart } from './history.ts'
import { attachmentsPart } from '../reports/attachments-part.ts'
import { reportPart } from '../reports/part.ts'
import type { Part } from './parts.ts'

/** The parts of a visit's page, in the order in which they stand there. */
export const parts: readonly Part[] = [
  changingPart,
  factsPart,
  reportPart,
  appointmentPart,
  spendingsPart,
  authoritiesPart,
  promisesPart,
  marketNotesPart,
  attachmentsPart,
  historyPart,
]
