import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { mappingProblems, type Mapping } from '../../customers/intake/columns.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import { askToRun } from '../asking.ts'
import { mayFill } from '../policy.ts'
import { lockImport } from '../queries.ts'
import { storedReading } from '../reading.ts'
import { importStates } from '../states.ts'
import { columnName, type Choices } from './forms.ts'
import { headerKey } from './queries.ts'

/** Starts an import with what somebody chose for its columns, and keeps it for the next file with these titles. */
export function startImport(actor: Actor, number: string, choices: Choices, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = await lockImport(tx, number)
    if (!may(actor, 'imports.run', record)) throw new Forbidden('imports.run')
    const state = importStates.next(record.state, 'start')
    const { kind, noChineseName, source, purpose, departmentId, regionId } = choices
    const columns = record.header.map((_, at) => choices.columns?.[at] ?? null)
    refuseIf(columnProblems(columns))
    if (!mayFill(actor, departmentId, regionId)) throw refusedPlace()
    const reading = { columns, kind, noChineseName, source, purpose }
    const mapping = { ...storedReading(record.mapping), ...reading }
    await tx.customerImport
      .update({ where: { id: record.id }, data: { state, departmentId, regionId, mapping } })
      .catch(refuseMissingPlace)
    const header = headerKey(record.header)
    // CUS-03: that there is no Chinese name is stated for each file anew.
    const remembered = { fields: { ...reading, noChineseName: false, number }, usedAt: now }
    await tx.importMapping.upsert({ where: { header }, create: { header, ...remembered }, update: remembered })
    const taken = Object.fromEntries(columns.flatMap((field, at) => (field ? [[record.header[at]!, field]] : [])))
    await audit('import.started', `import:${record.id}`, {
      before: { state: record.state },
      after: { state, kind, source, purpose, columns: JSON.stringify(taken) },
    })
    await askToRun(tx, number)
  })
}

const refusedPlace = () => new Refused([{ rule: 'PPL-01', reason: 'imports:refused.place', field: 'departmentId' }])

/** A department or region that was removed while the page stood open. */
function refuseMissingPlace(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') throw refusedPlace()
  throw error
}

/** Each by the column it is about, so that the message stands beside it. */
function columnProblems(columns: Mapping): Refusal[] {
  return mappingProblems(columns).map(({ field, ...problem }) => {
    const at = field ? columns.findLastIndex((other) => other === field) : 0
    return { ...problem, field: columnName(at) }
  })
}
