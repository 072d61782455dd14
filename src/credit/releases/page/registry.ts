import { overridePart } from '../../overrides/part.ts'
import { shippingPart } from '../../shipping/part.ts'
import { actsPart } from './acts.ts'
import { checksPart } from './checks.ts'
import { factsPart } from './facts.ts'
import { historyPart } from './history.ts'
import { moneyPart } from './money.ts'
import type { Part } from './parts.ts'
import { weighedPart } from './weighed.ts'

/** What can be asked stands in the ladder. */
const overrides: Part = {
  section: async (actor, release, now) => (await overridePart.section?.(actor, release, now)) ?? null,
}

/** The parts of a release's page, in the order in which they stand there. */
export const parts: readonly Part[] = [
  weighedPart,
  overrides,
  shippingPart,
  actsPart,
  factsPart,
  checksPart,
  moneyPart,
  historyPart,
]
