import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { keepFile, recordFile, type Kept } from '../files/keeping.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf, dayText } from '../lib/days.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Upload } from '../web/route.ts'
import type { Correction, Ending, NewAgreement } from './forms.ts'
import { lockAgreement, partyName, type Agreement } from './queries.ts'
import { agreementNumber, subjectOf, termProblems, type Terms } from './rules.ts'

/** PRV-14: writes down what somebody signed. Answers with its number. */
export async function recordAgreement(
  actor: Actor,
  input: NewAgreement,
  upload: Upload | null,
  now: Date,
): Promise<string> {
  refuseIf([...partyProblems(input), ...termProblems(input, dateText(now))])
  const scan = upload ? await keepFile(upload) : null
  return change(actor, async (tx, audit) => {
    const party = await partyOf(tx, input)
    const number = agreementNumber(yearOf(now), await takeSerials(tx, 'agreement', yearOf(now), 1))
    const { scope, duties, liability } = input
    const kept = await scanData(tx, actor, scan, now)
    await tx.agreement.create({
      data: {
        number,
        party: input.party,
        ...party.ids,
        scope,
        duties,
        liability,
        ...datesOf(input),
        ...kept,
        recordedById: actor.id,
        recordedAt: now,
      },
    })
    await audit('agreement.recorded', subjectOf({ number }), {
      after: { party: party.name, ...said(input), ...(scan ? { scan: scan.name, sha256: scan.sha256 } : {}) },
    })
    return number
  })
}

/** What was written down wrongly is put right; what stood there stays in the trail. */
export async function correctAgreement(
  actor: Actor,
  id: bigint,
  input: Correction,
  upload: Upload | null,
  now: Date,
): Promise<void> {
  refuseIf(termProblems(input, dateText(now)))
  const scan = upload ? await keepFile(upload) : null
  await change(actor, async (tx, audit) => {
    const before = await lockOpen(tx, id, input.version)
    const [old, next] = [said(termsIn(before)), said(input)]
    if (!scan && Object.keys(old).every((name) => old[name as keyof typeof old] === next[name as keyof typeof next]))
      throw refusal('nothingChanged')
    const { scope, duties, liability } = input
    const kept = await scanData(tx, actor, scan, now)
    const version = before.version + 1
    await tx.agreement.update({
      where: { id },
      data: { scope, duties, liability, ...datesOf(input), ...kept, version },
    })
    await audit('agreement.corrected', subjectOf(before), {
      before: { ...old, ...(scan ? { scan: before.fileName ?? '' } : {}), version: before.version },
      after: { ...next, ...(scan ? { scan: scan.name, sha256: scan.sha256 } : {}), version },
      why: input.reason,
    })
  })
}

/** At once: from this moment nothing opens, and nothing is given out, under it. */
export function endAgreement(actor: Actor, id: bigint, { reason, version }: Ending, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const before = await lockOpen(tx, id, version)
    await tx.agreement.update({ where: { id }, data: { endedAt: now, endReason: reason, version: version + 1 } })
    await audit('agreement.ended', subjectOf(before), {
      before: { version },
      after: { party: partyName(before), version: version + 1 },
      why: reason,
    })
  })
}

async function partyOf(tx: Tx, { party, staff, partner }: NewAgreement) {
  if (party === 'partner') return { ids: { partner: partner! }, name: partner! }
  const person = await tx.staff.findFirst({
    where: { number: staff!.toUpperCase(), state: 'active' },
    select: { id: true, name: true },
  })
  if (!person) throw refusal('staffUnknown', 'staff')
  return { ids: { staffId: person.id }, name: person.name }
}

function partyProblems({ party, staff, partner }: NewAgreement): Refusal[] {
  if (party === 'staff' && !staff) return [{ rule: 'PRV-14', reason: 'agreements:refused.noStaff', field: 'staff' }]
  if (party === 'partner' && !partner)
    return [{ rule: 'PRV-14', reason: 'agreements:refused.noPartner', field: 'partner' }]
  return []
}

async function lockOpen(tx: Tx, id: bigint, opened: number): Promise<Agreement> {
  const agreement = await lockAgreement(tx, id)
  if (agreement.endedAt) throw refusal('endedAlready')
  if (agreement.version !== opened) throw refusal('changedMeanwhile')
  return agreement
}

async function scanData(tx: Tx, actor: Actor, scan: Kept | null, now: Date) {
  return scan ? { fileId: await recordFile(tx, actor, scan, now), fileName: scan.name } : {}
}

const datesOf = ({ signedOn, fromOn, untilOn }: Terms) => ({
  signedOn: dayOf(signedOn),
  fromOn: dayOf(fromOn),
  untilOn: untilOn === null ? null : dayOf(untilOn),
})

type Said = Terms & { scope: string; duties: string; liability: string }
const said = ({ scope, duties, liability, signedOn, fromOn, untilOn }: Said) => ({
  scope,
  duties,
  liability,
  signedOn,
  fromOn,
  untilOn: untilOn ?? '',
})

const termsIn = ({ scope, duties, liability, signedOn, fromOn, untilOn }: Agreement): Said => ({
  scope,
  duties,
  liability,
  signedOn: dayText(signedOn),
  fromOn: dayText(fromOn),
  untilOn: untilOn && dayText(untilOn),
})

type Reason =
  Extract<Refusal['reason'], `agreements:refused.${string}`> extends `agreements:refused.${infer R}` ? R : never
const refusal = (reason: Reason, field?: string) =>
  new Refused([{ rule: 'PRV-14', reason: `agreements:refused.${reason}`, ...(field ? { field } : {}) }])
