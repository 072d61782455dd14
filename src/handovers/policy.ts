import { permit, permitAt, type Placed } from '../access/policy.ts'

/** A handover lies where the leaver works. */
export const handoverPolicy = {
  list: permit('handovers.view'),
  view: permitAt<Placed>('handovers.view'),
  start: permit('handovers.run'),
  run: permitAt<Placed>('handovers.run'),
}
