import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { translate } from '../i18n.ts'
import { reportIncident } from '../incidents/commands.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import type { CountInput, GivingInput } from './forms.ts'
import { lockWitness } from './people.ts'
import { heldNow, lockCertificate, partOf, type Certificate } from './queries.ts'
import { countingProblems, expectedOf, givingBackProblems, witnessProblems } from './rules.ts'

/** ARC-23: back to its owner for good, against two names; the ledger keeps the line, the safe has it no more. */
export function giveBack(actor: Actor, id: bigint, { to, witness, version }: GivingInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const certificate = await lockCertificate(tx, id)
    if (!may(actor, 'certificates.run', certificate)) throw new Forbidden('certificates.run')
    const { givenBackAt, loan, state, itemId } = certificate
    refuseIf(givingBackProblems({ givenBackAt, lent: loan !== null, missing: state === 'missing' }))
    if (certificate.version !== version)
      throw new Refused([{ rule: 'ARC-23', reason: 'certificates:refused.changedMeanwhile' }])
    const second = await lockWitness(tx, witness)
    refuseIf(witnessProblems(actor.id, second.id))
    const given = { givenBackAt: now, givenBackTo: to, givenBackById: actor.id, witnessId: second.id }
    await tx.certificate.update({ where: { id }, data: { ...given, version: version + 1 } })
    const gone = { state: 'given_back', placeId: null, version: { increment: 1 } } as const
    await tx.archiveItem.update({ where: { id: itemId }, data: gone })
    await audit('certificate.given_back', `customer:${certificate.customerId}`, {
      before: { part: partOf(certificate), version },
      after: { certificate: certificate.number, item: certificate.itemNumber, witness: second.name },
    })
  })
}

export type CountDone = { id: bigint; lines: number; differing: string[] }

/** ARC-23: counted like cash, by two; what differs is explained, and reported at once. */
export function countSafe(actor: Actor, { rows, witness, note }: CountInput, now: Date): Promise<CountDone> {
  return change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'certificates.run')) throw new Forbidden('certificates.run')
    const second = await lockWitness(tx, witness)
    refuseIf(witnessProblems(actor.id, second.id))
    const held = await heldNow(actor)
    if (held.length === 0) throw new Refused([{ rule: 'ARC-23', reason: 'certificates:refused.nothingHeld' }])
    const lines = held.map((one) => ({ ...(rows[one.number] ?? { counted: null, why: null }), ...lineOf(one) }))
    refuseIf(countingProblems(lines))
    const count = await tx.certificateCount.create({
      data: { at: now, byId: actor.id, witnessId: second.id, note },
      select: { id: true },
    })
    const data = lines.map(({ certificate, expected, counted, why }) => {
      const found = counted ?? 0
      return {
        countId: count.id,
        certificateId: certificate.id,
        expected,
        counted: found,
        why: found === expected ? null : why,
      }
    })
    await tx.certificateCounted.createMany({ data })
    const differing = lines.filter(({ expected, counted }) => counted !== expected)
    for (const line of differing) await report(tx, audit, actor, line, now)
    const numbers = differing.map(({ number }) => number)
    const after = { certificates: lines.length, differing: numbers, witness: second.name }
    await audit('certificate.counted', `certificate_count:${count.id}`, { after })
    return { id: count.id, lines: lines.length, differing: numbers }
  })
}

const lineOf = (certificate: Certificate) => ({
  certificate,
  number: certificate.number,
  expected: expectedOf({ ...certificate, lent: certificate.loan !== null }),
})

type Line = ReturnType<typeof lineOf> & { counted: number | null; why: string | null }

function report(tx: Tx, audit: Audit, actor: Actor, line: Line, now: Date): Promise<string> {
  const { certificate, number, expected, counted, why } = line
  const what = translate.zh('certificates:differs', { number, expected, counted: counted ?? 0, why: why ?? '' })
  const { customerId, itemId } = certificate
  return reportIncident(tx, audit, actor, { kind: 'difference', what, customerId, itemId }, now)
}
