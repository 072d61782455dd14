import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { system, type Actor, type Grant } from '../../src/access/actor.ts'
import { may, within, withinSql } from '../../src/access/policy.ts'
import { acts } from '../../src/access/table.ts'
import { Role } from '../../prisma/client/enums.ts'
import { db, pool } from '../../src/db.ts'
import { make, theCast } from '../support/make.ts'

const ids: bigint[] = []
let places: { departments: bigint[]; regions: bigint[]; owners: bigint[] }

beforeAll(async () => {
  const cast = await theCast()
  const named = async (table: string) =>
    (await pool.query<{ id: string }>(`select id from ${table} order by id limit 3`)).rows.map(({ id }) => BigInt(id))
  places = {
    departments: await named('department'),
    regions: await named('region'),
    owners: [cast.sales.id, cast.dept_head.id],
  }
  for (const owner of [null, ...places.owners])
    for (const department of [null, ...places.departments])
      for (const region of [null, ...places.regions]) {
        const { id } = await make.customer({ ownerId: owner })
        await pool.query('update customer set department_id = $2, region_id = $3 where id = $1', [
          id,
          department,
          region,
        ])
        ids.push(id)
      }
})

it(
  'PPL-01: a scope in SQL, the same for Prisma and the judgement of one record agree, for any grants and act',
  { timeout: 60_000 },
  async () => {
    const some = (list: bigint[]) => fc.subarray(list)
    const grant = fc
      .tuple(fc.constantFrom(...Object.values(Role)), fc.constantFrom('company', 'department', 'region'))
      .chain(([role, scope]) =>
        fc.tuple(some(places.departments), some(places.regions)).map(([departments, regions]): Grant => ({
          role,
          scope: scope as Grant['scope'],
          departmentIds: scope === 'department' ? departments : [],
          regionIds: scope === 'region' ? regions : [],
        })),
      )
    const actor = fc
      .tuple(fc.constantFrom(...places.owners), fc.array(grant, { maxLength: 3 }), fc.boolean())
      .map(([id, grants, settingUp]): Actor => ({ ...system, id, grants, settingUp }))
    const all = await db.customer.findMany({ where: { id: { in: ids } } })
    await fc.assert(
      fc.asyncProperty(actor, fc.constantFrom(...acts), async (who, act) => {
        const bySql = await db.$queryRaw<{ id: bigint }[]>`
        select id from customer where id = any(${ids}::bigint[]) and ${withinSql(who, act)}`
        const byPrisma = await db.customer.findMany({
          where: { id: { in: ids }, ...within(who, act) },
          select: { id: true },
        })
        const below = await db.customer.findMany({
          where: { AND: [{ id: { in: ids } }, within(who, act)] },
          select: { id: true },
        })
        const judged = all.filter((customer) => may(who, act, customer)).map(({ id }) => id)
        const sorted = (found: bigint[]) => found.map(String).toSorted()
        expect(sorted(bySql.map(({ id }) => id))).toEqual(sorted(judged))
        expect(sorted(byPrisma.map(({ id }) => id))).toEqual(sorted(judged))
        expect(sorted(below.map(({ id }) => id))).toEqual(sorted(judged))
      }),
      { numRuns: 150 },
    )
  },
)
