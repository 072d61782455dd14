import { db, pool } from '../../src/db.ts'
import { acknowledged } from '../support/archive.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

export const words = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()

export type Team = { people: Cast; officer: Browser; checker: Browser; archivist: Browser }

/** A: sales, B: front desk, and the archivist; all have acknowledged the three prohibitions. */
export async function theTeam(): Promise<Team> {
  const people = await theCast()
  const all = [people.sales, people.front_desk, people.archivist, people.cs_manager, people.dept_head]
  await acknowledged(...all)
  const [officer, checker, archivist] = await Promise.all([
    signIn(people.sales),
    signIn(people.front_desk),
    signIn(people.archivist),
  ])
  return { people, officer, checker, archivist }
}

let serial = 0

/** A room with places 1-1-1 to 1-1-9; its name. */
export async function aRoom(separate = false): Promise<string> {
  const name = `瑶台${process.env.VITEST_POOL_ID ?? 0}${Date.now().toString(36)}${serial++}室`
  const { archivist } = await theCast()
  await pool.query(
    `with room as (insert into archive_room (name, separate, keeper_id) values ($1, $2, $3) returning id)
     insert into archive_place (room_id, cabinet, shelf, position)
     select id, 1, 1, n from room, generate_series(1, 9) n`,
    [name, separate, archivist.id],
  )
  return name
}

type Line = Record<string, string>

/** The fields of lines as the form names them. */
export const asRows = (lines: Line[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line, at) => Object.entries(line).map(([name, value]) => [`rows.${at + 1}.${name}`, value])),
  )

/** A begins a transfer; its address. */
export async function begin({ officer, people }: Team, more: Record<string, string> = {}) {
  const customer = await make.customer({ ownerId: people.sales.id, department: '城东营业部' })
  const page = await officer.submit(`/transfers/new?customer=${customer.number}`, {
    title: '九色鹿画坊春季贷款',
    fileKind: 'loan',
    checker: people.front_desk.number,
    archivist: people.archivist.number,
    ...more,
  })
  const { id, number } = await db.transfer.findFirstOrThrow({ where: { customerId: customer.id } }).catch(() => {
    throw new Error(`not begun: ${words(page, '.errors')}`)
  })
  return { customer, id, number, at: `/transfers/${number}`, page }
}

export const fourParts: Line[] = [
  { title: '立项审批表', part: 'approval', type: 'approval_paper', pages: '3' },
  { title: '借款合同', part: 'contracts', type: 'contract', pages: '12', copies: '2' },
  { title: '调查报告', part: 'investigation', type: 'report', pages: '20', carrier: 'ballpoint' },
  { title: '营业执照复印件', part: 'customer_papers', type: 'licence', pages: '1' },
]

/** Everything counted as it is listed, by its number in the list. */
export async function asListed(id: bigint): Promise<Record<string, string>> {
  const items = await db.transferItem.findMany({ where: { transferId: id }, orderBy: { n: 'asc' } })
  return asRows(
    items.map(({ pages, copies, certificate }) => ({
      pages: String(pages),
      ...(certificate ? { copies: String(copies), same: 'on' } : {}),
    })),
  )
}

/** From the list to the archivist's desk. */
export async function handOn(team: Team, { id, at }: { id: bigint; at: string }, lines = fourParts): Promise<Page> {
  await team.officer.submit(`${at}/items`, asRows(lines))
  await team.officer.submit(`${at}/handing-over`)
  return team.checker.submit(`${at}/check`, { ...(await asListed(id)), sign: 'on' })
}
