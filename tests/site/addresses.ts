import { pool } from '../../src/db.ts'
import type { Person } from '../support/cast.ts'
import { make } from '../support/make.ts'

/** How a record lies to the person who asks. */
export type Relation = 'own' | 'department' | 'region' | 'other' | 'absent'
export const relations: Relation[] = ['own', 'department', 'region', 'other', 'absent']

export type Samples = Record<'customer' | 'import', Record<Relation, string>> & {
  staff: string
  department: string
  region: string
}

/** A record of each kind and relation: own ones lie nowhere, so that only ownership can open them. */
export async function samplesFor(person: Person): Promise<Samples> {
  const places = {
    own: { ownerId: person.id },
    department: { department: '城东营业部' },
    region: { region: '东区一片' },
    other: { department: '城西营业部', region: '西区' },
  }
  const customer: Partial<Record<Relation, string>> = { absent: 'K2026999999' }
  const imports: Partial<Record<Relation, string>> = { absent: 'I2026999999' }
  for (const [relation, place] of Object.entries(places)) {
    customer[relation as Relation] = (await make.customer(place)).number
    imports[relation as Relation] = await makeImport(place)
  }
  const colleague = await make.staff()
  return {
    customer: customer as Record<Relation, string>,
    import: imports as Record<Relation, string>,
    staff: colleague.number,
    department: await idOf('department', '城西营业部'),
    region: await idOf('region', '西区'),
  }
}

async function makeImport({ ownerId, department, region }: { ownerId?: bigint; department?: string; region?: string }) {
  const { rows } = await pool.query<{ number: string }>(
    `insert into customer_import (number, file_name, sha256, encoding, header, mapping, state, total, owner_id,
       department_id, region_id)
     values ('I19' || lpad((random() * 1e8)::int::text, 8, '0'), '客户.csv', 'x', 'utf-8', '{名称}', '{"columns": ["name"], "kind": "organisation"}', 'done', 0,
       coalesce($1, (select min(id) from staff)), (select id from department where name = $2),
       (select id from region where name = $3)) returning number`,
    [ownerId ?? null, department ?? null, region ?? null],
  )
  return rows[0]!.number
}

async function idOf(table: 'department' | 'region', name: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`select id from ${table} where name = $1`, [name])
  return rows[0]!.id
}

/** The addresses of a route with its places filled in: one for each relation where the record has one. */
export function addressesOf(path: string, samples: Samples): { url: string; relation: Relation | null }[] {
  if (!path.includes(':')) return [{ url: path, relation: null }]
  for (const kind of ['customer', 'import'] as const)
    if (path.startsWith(`/${kind}s/:number`))
      return relations.map((relation) => ({ url: path.replace(':number', samples[kind][relation]), relation }))
  const unit = path.startsWith('/organisation/regions') ? samples.region : samples.department
  const url = path
    .replace(/^(\/staff\/):\w+/, `$1${samples.staff}`)
    .replace(/:(id|unit)\b/, unit)
    .replace(/:(role|grant|key)\b/, '1')
    .replace(/:\w+/g, '1')
  return [{ url, relation: null }]
}
