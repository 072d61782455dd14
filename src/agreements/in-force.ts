import { ask, type Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'

/** PRV-14: whether this person's confidentiality agreement is in force today. */
export async function agreementInForce(staffId: bigint, now: Date): Promise<boolean> {
  const today = dateText(now)
  const [found] = await ask<{ one: number }>`
    select 1 as one from agreement
    where staff_id = ${staffId} and ended_at is null and from_on <= ${today}::date and (until_on is null or until_on >= ${today}::date)
    limit 1`
  return found !== undefined
}

/** The same for an outside partner's. Held, so that it is not ended while something is given out under it. */
export async function partnerAgreement(tx: Tx, number: string, now: Date): Promise<PartnerAgreement | null> {
  const today = dateText(now)
  const [found] = await tx.$queryRaw<PartnerAgreement[]>`
    select id, number, partner, until_on as "untilOn" from agreement
    where number = ${number.toUpperCase()} and party = 'partner' and ended_at is null and from_on <= ${today}::date
      and (until_on is null or until_on >= ${today}::date) for share`
  return found ?? null
}

export type PartnerAgreement = { id: bigint; number: string; partner: string; untilOn: Date | null }

/** The partners to whom something may be given today. */
export function partnersInForce(now: Date): Promise<PartnerAgreement[]> {
  const today = dateText(now)
  return ask<PartnerAgreement>`
    select id, number, partner, until_on as "untilOn" from agreement
    where party = 'partner' and ended_at is null and from_on <= ${today}::date
      and (until_on is null or until_on >= ${today}::date) order by partner, id limit 1000`
}
