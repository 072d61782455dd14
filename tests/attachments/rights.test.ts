import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { pdfOf, pictureOf } from '../files/samples.ts'
import { lastOf, linesOf, upload } from './desk.ts'

type Seen = { id: bigint; ways: string[] }

let people: Cast
let desk: Browser
beforeAll(async () => {
  people = await theCast()
  desk = await signIn(people.cs_manager)
})

/** A customer with a picture of two versions and a PDF that was removed, and every address that gives something of them. */
async function withFiles(place: Parameters<typeof make.customer>[0]): Promise<Seen> {
  const { id, number } = await make.customer(place)
  const home = `/customers/${number}/attachments`
  await upload(desk, `${home}/new`, { content: await pictureOf('png', 50, 50, colour()), name: '门面.png' })
  const picture = `${home}/${(await lastOf(id)).id}`
  await upload(desk, `${picture}/versions/new`, { content: await pictureOf('png', 50, 50, colour()), name: '门面.png' })
  await upload(desk, `${home}/new`, { content: pdfOf(String(id)), name: '租约.pdf' })
  const pdf = `${home}/${(await lastOf(id)).id}`
  await desk.submit(`${pdf}/removal`, { reason: '传错了' })
  const ways = [
    home,
    picture,
    `${picture}?n=1`,
    ...['1/file', '2/file', '1/picture', '2/picture'].map((way) => `${picture}/versions/${way}`),
    pdf,
    `${pdf}/versions/1/file`,
    `${pdf}/versions/1/pdf`,
  ]
  return { id, ways }
}
let tint = 0
const colour = () => `#${(0x14576d + ++tint * 7919).toString(16).padStart(6, '0').slice(-6)}`

const statusesOf = async (browser: Browser, ways: string[]) => {
  const found = new Set<number>()
  for (const way of ways) found.add((await browser.agent.get(way).set('Host', browser.host)).status)
  return [...found]
}

describe('PRV-02, AUD-01: nothing of a file goes further than its customer', () => {
  let east: Seen
  let west: Seen
  beforeAll(async () => {
    east = await withFiles({ department: '城东营业部', region: '东区一片' })
    west = await withFiles({ department: '城西营业部', region: '西区' })
  })

  it.each<[keyof Cast, number, number]>([
    ['front_desk', 200, 404],
    ['dept_head', 200, 404],
    ['area_manager', 200, 404],
    ['sales', 404, 404],
    ['archivist', 200, 200],
    ['info_supervisor', 200, 200],
    ['finance', 200, 200],
    ['general_manager', 200, 200],
    ['auditor', 200, 200],
    ['logistics', 403, 403],
    ['security_admin', 403, 403],
    ['system_admin', 403, 403],
    ['nobody', 403, 403],
  ])('%s: %i in the east, %i in the west, by every way', async (role, here, there) => {
    const browser = await signIn(people[role])
    expect(await statusesOf(browser, east.ways)).toEqual([here])
    expect(await statusesOf(browser, west.ways)).toEqual([there])
    const { name } = people[role]
    const opened = (await linesOf(west.id)).filter(
      (line) => line.action === 'attachment.opened' && line.actor_name === name,
    )
    expect(opened).toHaveLength(there === 200 ? 6 : 0)
  })

  it('a visitor is sent to sign in', async () => {
    expect(await statusesOf(visitor(), east.ways)).toEqual([303])
  })

  it('not by another customer’s address either', async () => {
    const browser = await signIn(people.front_desk)
    const { number } = await make.customer({ department: '城东营业部' })
    const crossed = west.ways.slice(1).map((way) => way.replace(/K\d+/, number))
    expect(await statusesOf(browser, crossed)).toEqual([404])
  })

  it('a link dies with the right', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const { id, ways } = await withFiles({ ownerId: person.id })
    const browser = await signIn(person)
    expect(await statusesOf(browser, ways)).toEqual([200])
    await pool.query('update customer set owner_id = null where id = $1', [id])
    expect(await statusesOf(browser, ways)).toEqual([404])
    await pool.query('update customer set owner_id = $2, withdrawn_at = now() where id = $1', [id, person.id])
    expect(await statusesOf(browser, ways)).toEqual([404])
  })

  it('who reads does not add, renew, correct or remove', async () => {
    const browser = await signIn(people.finance)
    const [home, picture] = east.ways
    for (const form of [`${home}/new`, `${picture}/versions/new`, `${picture}/correction`, `${picture}/removal`])
      expect((await browser.visit(form)).status).toBe(403)
    const { $ } = await browser.visit(picture!)
    expect($('.page-head .acts a')).toHaveLength(1)
  })
})
