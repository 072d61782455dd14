import { searchable } from '../../src/customers/search.ts'
import { normaliseName } from '../../src/customers/names.ts'
import { actorFor } from '../../src/access/queries.ts'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { Refused } from '../../src/lib/refused.ts'
import type { NewCustomer } from '../../src/customers/forms.ts'
import { hashPassword } from '../../src/session/hash.ts'
import { createCast, type Cast, type Person } from './cast.ts'

export const password = '九只白鹭 nine herons'

let people: Promise<Cast> | undefined

/** The cast in this worker's database, made when first asked for. */
export function theCast(): Promise<Cast> {
  people ??= createCast(pool, () => password).then(acknowledged)
  return people
}

/** ARC-19: all of them have just read the three prohibitions; who has not is somebody of `make.staff`. */
async function acknowledged(cast: Cast): Promise<Cast> {
  const at = now()
  await pool.query(
    `insert into acknowledgement (staff_id, at, until_at, text)
     select s.id, $2, $2::timestamptz + interval '1 year', '三不准' from unnest($1::bigint[]) as s(id)
     where not exists (select from acknowledgement a where a.staff_id = s.id and a.until_at > $2::timestamptz + interval '6 months')`,
    [Object.values(cast).map(({ id }) => id), at],
  )
  return cast
}

/** What another file has done to them is undone when they are next asked for. */
export function forgetCast(): void {
  people = undefined
}

/** The person as a request would find them. */
export async function actorOf({ id }: { id: bigint }): Promise<Actor> {
  const { epoch } = await db.staff.findUniqueOrThrow({ where: { id } })
  return (await actorFor(String(id), epoch, { ip: null, requestId: null }))!
}

/** Why it was refused, `POOL-01 customers:refused.same`; null when it was not, and any other error as it is. */
export function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) =>
      error instanceof Refused ? error.refusals.map(({ rule, reason }) => `${rule} ${reason}`) : error,
  )
}

let serial = 0
const unique = () => `${process.env.VITEST_POOL_ID ?? 0}${Date.now().toString(36)}${serial++}`.toUpperCase()

/** All that is asked of a new customer; its name is nobody else's, and it is reached by its address. */
export function factsWith(more: Partial<NewCustomer> = {}): NewCustomer {
  return {
    kind: 'organisation',
    name: `海市${unique()}号灯铺`,
    noChineseName: false,
    aliases: null,
    code: null,
    relation: 'business',
    cooperation: null,
    phone: null,
    email: null,
    wechat: null,
    website: null,
    province: null,
    city: null,
    district: null,
    address: '蜃楼路 1 号',
    plates: null,
    source: 'walk_in',
    sourceNote: null,
    purpose: 'business',
    creditNote: null,
    tradeNote: null,
    remark: null,
    departmentId: null,
    regionId: null,
    distinction: null,
    ...more,
  }
}

/** CUS-07: every correction says how the right datum is known; `bySource` as a form sends it. */
export const known = { way: 'call', wayNote: null } as const
export const bySource = { way: 'call' }

type Placed = { ownerId?: bigint | null; department?: string | null; region?: string | null }

export const make = {
  /** Somebody of their own, with the roles given. */
  async staff(roles: { role: string; department?: string; region?: string }[] = []): Promise<Person> {
    const name = `试${unique()}`
    const { rows } = await pool.query<{ id: string; number: string }>(
      `insert into staff (number, name, pinyin, password_hash, must_change_password)
       values ('S' || $1, $2, $1, $3, false) returning id, number`,
      [unique(), name, await hashPassword(password)],
    )
    const id = BigInt(rows[0]!.id)
    for (const { role, department, region } of roles) await grant(id, role, department, region)
    return { id, number: rows[0]!.number, name, password }
  },

  /** A customer as the pages know it; without a place it lies only in the whole company. */
  async customer({ ownerId = null, department = null, region = null }: Placed = {}, name = `云外${unique()}号茶行`) {
    const { core, shown } = normaliseName(name)
    const found = searchable([{ text: shown, as: 'company' }])
    const { rows } = await pool.query<{ id: string; number: string }>(
      `insert into customer (number, kind, name, core, pinyin, initials, grams, search_text, owner_id, department_id,
         region_id, created_by_id)
       values ($1, 'organisation', $2, $3, $4, $5, $6, $7, $8, (select id from department where name = $9),
         (select id from region where name = $10), (select min(id) from staff))
       returning id, number`,
      [
        `K19${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
        shown,
        core,
        found.pinyin,
        found.initials,
        found.grams,
        found.text,
        ownerId,
        department,
        region,
      ],
    )
    return { id: BigInt(rows[0]!.id), number: rows[0]!.number, name: shown }
  },
}

async function grant(staffId: bigint, role: string, department?: string, region?: string): Promise<void> {
  const scope = department ? 'department' : region ? 'region' : 'company'
  await pool.query(
    `insert into role_grant (staff_id, role, scope, department_id, region_id)
     values ($1, $2::role, $3::grant_scope, (select id from department where name = $4),
       (select id from region where name = $5))`,
    [staffId, role, scope, department ?? null, region ?? null],
  )
}
