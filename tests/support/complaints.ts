import type { ComplaintState } from '../../prisma/client/enums.ts'
import { change } from '../../src/audit/change.ts'
import { takeStep, type NewComplaint } from '../../src/complaints/taking.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { pool, writer } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { actorOf, theCast } from './make.ts'

/** All that is asked of a complaint. */
export function complaintWith(more: Partial<NewComplaint> = {}): NewComplaint {
  return {
    channel: 'phone',
    kind: 'repair_quality',
    receivedAt: now(),
    reportingUnit: null,
    customerId: null,
    anonymous: false,
    complainant: '鹿鸣野',
    phone: null,
    phoneDigits: null,
    product: null,
    title: '冷库门漏风',
    what: '换了封条的冷库门仍漏风，夜间库温升到零下九度。',
    wants: '当天派人到场',
    containment: null,
    claim: null,
    hazard: false,
    households: 1,
    toldManufacturer: false,
    blockade: false,
    exchange: false,
    legal: false,
    media: 'none',
    accused: [],
    departmentId: null,
    regionId: null,
    ownerId: null,
    ...more,
  }
}

type Given = Partial<NewComplaint> & {
  by?: { id: bigint }
  /** As if it had come this far; its records are not made. */
  state?: Exclude<ComplaintState, 'closed'>
}

/** A complaint taken now, by the cast's front desk unless told otherwise. */
export async function aComplaint({ by, state, ...more }: Given = {}): Promise<Complaint> {
  const { front_desk } = await theCast()
  const actor = await actorOf(by ?? front_desk)
  const at = now()
  const taken = await change(actor, (tx, audit) => takeStep(tx, audit, actor, complaintWith(more), at))
  if (!state) return taken
  await pool.query('update complaint set state = $2::complaint_state where id = $1', [taken.id, state])
  return { ...taken, state }
}

/** The complaint as it is now, whole and without a reader's mask. */
export const complaintNow = ({ id }: { id: bigint }): Promise<Complaint> =>
  writer.$transaction((tx) => lockComplaint(tx, id))
