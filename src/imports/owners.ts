import { owners } from '../assignments/queries.ts'
import type { Finding } from '../customers/intake/cells.ts'
import type { Mapping } from '../customers/intake/columns.ts'
import type { JudgedRow } from '../customers/intake/intake.ts'
import type { Db } from '../db.ts'

export type FoundOwner = { id: bigint; name: string }
type Answer = FoundOwner | 'ownerUnknown' | 'ownerAmbiguous' | 'ownerMayNot'

/** Who is meant in the column of owners: by number, or by a name that only one person at work has who may own customers. */
export async function ownersNamed(client: Pick<Db, 'staff'>, texts: string[]): Promise<Map<string, Answer>> {
  if (texts.length === 0) return new Map()
  const meant = { OR: [{ number: { in: texts } }, { name: { in: texts } }] }
  const select = { id: true, number: true, name: true }
  const able = await client.staff.findMany({ where: { AND: [meant, owners] }, select })
  const others = await client.staff.findMany({ where: { ...meant, state: 'active', NOT: owners }, select })
  return new Map(
    texts.map((text): [string, Answer] => {
      const numbered = able.find(({ number }) => number === text)
      const named = numbered ? [numbered] : able.filter(({ name }) => name === text)
      if (named.length === 1) return [text, { id: named[0]!.id, name: named[0]!.name }]
      if (named.length > 1) return [text, 'ownerAmbiguous']
      const known = others.some(({ number, name }) => number === text || name === text)
      return [text, known ? 'ownerMayNot' : 'ownerUnknown']
    }),
  )
}

/** The owner of a row; who cannot be one is told as a warning, and the customer has none. */
export function ownerOf(row: JudgedRow, columns: Mapping, answers: Map<string, Answer>): FoundOwner | null {
  const text = row.fields.owner
  if (text === null) return null
  const answer = answers.get(text) ?? 'ownerUnknown'
  if (typeof answer === 'object') return answer
  const finding: Finding = {
    rule: 'CUS-15',
    reason: `imports:finding.${answer}`,
    params: { text },
    column: columns.indexOf('owner'),
  }
  row.warnings.push(finding)
  return null
}
