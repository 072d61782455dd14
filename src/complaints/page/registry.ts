import { closingPart } from '../closing/part.ts'
import { contactsPart } from '../contacts/part.ts'
import { assigningPart } from '../assigning/part.ts'
import { groupsPart } from '../groups/part.ts'
import { intakePart } from '../intake/part.ts'
import { investigationPart } from '../investigations/part.ts'
import { judgingPart } from '../judging/part.ts'
import { levelsPart } from '../levels/part.ts'
import { escalationsPart } from '../escalations/part.ts'
import { handPart } from '../hand/part.ts'
import { pausesPart } from '../pauses/part.ts'
import { progressPart } from '../progress/part.ts'
import { statementsPart } from '../statements/part.ts'
import { factsPart } from './facts.ts'
import { crisesPart } from '../crises/part.ts'
import { approvalPart, remediesPart } from '../remedies/part.ts'
import { liabilitiesPart } from '../liabilities/part.ts'
import { measuresPart } from '../measures/part.ts'
import { historyPart } from '../history/part.ts'
import { attachmentsPart, papersPart } from '../papers/part.ts'
import type { Part } from './parts.ts'

/** The parts of a complaint's page, in the order in which they stand there. */
export const parts: readonly Part[] = [
  approvalPart,
  handPart,
  pausesPart,
  factsPart,
  judgingPart,
  assigningPart,
  statementsPart,
  investigationPart,
  remediesPart,
  crisesPart,
  contactsPart,
  closingPart,
  progressPart,
  escalationsPart,
  measuresPart,
  liabilitiesPart,
  attachmentsPart,
  papersPart,
  intakePart,
  levelsPart,
  groupsPart,
  historyPart,
]
