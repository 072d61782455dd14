import { Prisma } from '../../../prisma/client/client.ts'
import type { ComplaintLevel, ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { likeness, matterGrams, recentSince } from './alike.ts'

/** What a complaint shares with what is being said now. */
export type Shares = 'customer' | 'phone' | 'product' | 'matter'

/** A complaint that may be of the same matter. */
export type Alike = {
  id: bigint
  number: string
  title: string
  state: ComplaintState
  level: ComplaintLevel
  receivedAt: Date
  groupId: bigint | null
  households: number
  seen: boolean
  shares: Shares[]
  /** Common pieces of the matter. */
  common: number
}

export type Matter = {
  customerId: bigint | null
  phoneDigits: string | null
  productKey: string | null
  text: string
  /** The complaint itself, when it is there already. */
  except?: bigint
}

type Row = Omit<Alike, 'shares' | 'common'> & { customer: boolean; phone: boolean; product: boolean }

const mostRows = 60
const mostAlike = 8

/**
 * CMP-05: open complaints, and those received within so many days, of the same customer, phone, product or matter; the
 * likeliest first. Computed with system scope: `seen` tells which of them this person may know. CMP-03: of a complaint
 * about oneself there is nothing.
 */
export async function alikeComplaints(
  from: Pick<Tx, '$queryRaw'>,
  actor: Actor,
  matter: Matter,
  { now, days }: { now: Date; days: number },
): Promise<Alike[]> {
  const { customerId, phoneDigits, productKey, text, except = null } = matter
  const grams = matterGrams(text)
  const rows = await from.$queryRaw<Row[]>`
    select id, number, title, state::text, level::text, received_at as "receivedAt", group_id as "groupId", households,
      ${visibleComplaintsSql(actor)} as seen,
      coalesce(customer_id = ${customerId}::bigint, false) as customer,
      coalesce(phone_digits = ${phoneDigits}::text, false) as phone,
      coalesce(product_key = ${productKey}::text, false) as product
    from complaint
    where id in (${waysTo(matter, grams)}) and state <> 'void' and id is distinct from ${except}::bigint
      and not (${actor.id} = any(accused))
      and (state <> 'closed' or received_at >= ${recentSince(now, days)}::timestamptz)
    order by customer desc, phone desc, product desc, received_at desc, id desc limit ${mostRows}`
  return rows
    .flatMap((row) => asAlike(row, grams))
    .toSorted(byLikelihood)
    .slice(0, mostAlike)
}

/** Each by its own index: asked for together the planner would read them all. */
function waysTo({ customerId, phoneDigits, productKey }: Matter, grams: string[]): Prisma.Sql {
  const ways = [Prisma.sql`select id from complaint where customer_id = ${customerId}::bigint`]
  if (phoneDigits) ways.push(Prisma.sql`select id from complaint where phone_digits like ${phoneDigits}`)
  if (productKey) ways.push(Prisma.sql`select id from complaint where product_key = ${productKey}`)
  if (grams.length > 1)
    ways.push(Prisma.sql`select id from (select id from complaint where grams && ${grams}::text[]
      order by (select count(*) from unnest(grams) g where g = any(${grams}::text[])) desc, id desc limit 40) like_it`)
  return Prisma.join(ways, ' union ')
}

function asAlike({ customer, phone, product, ...row }: Row, grams: string[]): Alike[] {
  const common = likeness(grams, row.title)
  const shares: Shares[] = [
    ...(customer ? (['customer'] as const) : []),
    ...(phone ? (['phone'] as const) : []),
    ...(product ? (['product'] as const) : []),
    ...(common > 0 ? (['matter'] as const) : []),
  ]
  return shares.length === 0 ? [] : [{ ...row, shares, common }]
}

const byLikelihood = (a: Alike, b: Alike) =>
  Number(b.state !== 'closed') - Number(a.state !== 'closed') ||
  b.shares.length - a.shares.length ||
  b.common - a.common ||
  b.receivedAt.getTime() - a.receivedAt.getTime()
