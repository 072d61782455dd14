import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Role, SecrecyLevel } from '../../prisma/client/enums.ts'
import { levels } from '../../src/archive/levels.ts'
import { db, pool } from '../../src/db.ts'
import { renderDocument } from '../../src/documents/printer.ts'
import { theStore } from '../../src/files/store.ts'
import { now } from '../../src/lib/clock.ts'
import { acknowledged, agreed, anItem, windowOn } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

// ARC-02, ARC-06, ARC-07: role × level × relation × window, over every way to an item's title and content. What is expected
// is written down here from the rulebook, not asked of the code that is tested.

/** Whose reach has both customers, whose has the near one alone; the other three have nothing to do with the archive. */
const everywhere: Role[] = [
  'archivist',
  'info_supervisor',
  'cs_manager',
  'finance',
  'sales_director',
  'general_manager',
  'auditor',
]
const nearOnly: Role[] = ['front_desk', 'sales', 'dept_head', 'area_manager']
const without: Role[] = ['logistics', 'security_admin', 'system_admin']
const roles = [...everywhere, ...nearOnly, ...without]

/** ARC-02: who knows what 机密 and 绝密 items are called, beside their keeper. */
const cleared: Role[] = ['info_supervisor', 'cs_manager', 'general_manager']
/** The keeper of all these items, and who works in the archive. */
const keeper: Role = 'archivist'
const exporters: Role[] = ['archivist', 'info_supervisor', 'cs_manager', 'general_manager', 'auditor']
const labellers: Role[] = ['archivist', 'cs_manager']

type Window = 'none' | 'open' | 'other' | 'ended' | 'not_agreed'
const windows: Window[] = ['none', 'open', 'other', 'ended', 'not_agreed']
type Relation = 'near' | 'far'
type Sample = Awaited<ReturnType<typeof anItem>>

let people: Cast
const browsers = new Map<Role, Browser>()
const items = {} as Record<Relation, Record<SecrecyLevel, Sample>>
const others = {} as Record<Relation, Sample>

beforeAll(async () => {
  people = await theCast()
  const everybody = roles.map((role) => people[role])
  await acknowledged(...everybody)
  const near = await make.customer({ ownerId: people.sales.id, department: '城东营业部', region: '东区一片' })
  const far = await make.customer({ department: '城西营业部', region: '西区' })
  const contents = [await stored(await picture(), 'image/jpeg'), await stored(await paper(), 'application/pdf')]
  for (const [relation, customer] of [
    ['near', near],
    ['far', far],
  ] as const) {
    items[relation] = {} as Record<SecrecyLevel, Sample>
    for (const level of levels) {
      const item = await anItem(customer, { secrecy: level, medium: 'electronic', title: unheard(relation, level) })
      await withContents(item, contents)
      items[relation][level] = item
    }
    others[relation] = await anItem(customer, { secrecy: 'secret', medium: 'electronic' })
  }
  for (const role of roles) browsers.set(role, await signIn(people[role]))
}, 60_000)

/** A title that stands nowhere else. */
const unheard = (relation: Relation, level: SecrecyLevel) =>
  ({ near: '近', far: '远' })[relation] +
  { internal: '鹤鸣', secret: '雁回', confidential: '鲸落', top_secret: '鹿隐' }[level] +
  '契约'

const reaches = (role: Role, relation: Relation) =>
  everywhere.includes(role) || (relation === 'near' && nearOnly.includes(role))

const knows = (role: Role, level: SecrecyLevel, window: Window) =>
  level === 'internal' ||
  level === 'secret' ||
  role === keeper ||
  cleared.includes(role) ||
  window === 'open' ||
  window === 'not_agreed'

/** ARC-06: internal by role, the rest in its window or by its keeper; PRV-14: and never without an agreement. */
const opens = (role: Role, level: SecrecyLevel, window: Window) =>
  level === 'internal' || (window !== 'not_agreed' && (window === 'open' || role === keeper))

describe.each(windows)('ARC-06, ARC-07: with a window that is %s', (window) => {
  beforeAll(async () => {
    const everybody = roles.map((role) => people[role])
    const ids = everybody.map(({ id }) => id)
    await pool.query(`update viewing set ended_at = $2, state = 'ended' where applicant_id = any($1::bigint[])`, [
      ids,
      now(),
    ])
    await pool.query('update agreement set ended_at = $2 where staff_id = any($1::bigint[])', [ids, now()])
    if (window !== 'not_agreed') await agreed(...everybody)
    if (window === 'none') return
    for (const person of everybody)
      for (const relation of ['near', 'far'] as const) {
        const named = window === 'other' ? [others[relation]] : levels.map((level) => items[relation][level])
        const { id } = await windowOn(person, named)
        if (window === 'ended') await pool.query('update viewing set ended_at = $2 where id = $1', [id, now()])
      }
  }, 60_000)

  describe.each(roles)('%s', (role) => {
    it.each(['near', 'far'] as const)('%s customers', { timeout: 60_000 }, async (relation) => {
      const browser = browsers.get(role)!
      for (const level of levels) {
        const item = items[relation][level]
        const cell = `${role} ${relation} ${level} ${window}`
        const known = knows(role, level, window)
        const gone = without.includes(role) ? 403 : reaches(role, relation) ? null : 404
        const page = await get(browser, `/archive/items/${item.number}`)
        expect(page.status, cell).toBe(gone ?? 200)
        expect(page.text.includes(item.title), `${cell}: title on its page`).toBe(gone === null && known)
        for (const way of ['1/picture', '1/thumbnail', '2/pdf', '1/file', '2/file']) {
          const content = await get(browser, `/archive/items/${item.number}/contents/${way}`)
          // ARC-13: above internal the original leaves by a permit only, in a window too.
          const shown = gone === null && opens(role, level, window) && (level === 'internal' || !way.endsWith('file'))
          expect(content.status, `${cell}: ${way}`).toBe(shown ? 200 : (gone ?? 422))
          if (!shown) expect(content.type, `${cell}: ${way}`).toContain('text/html')
        }
        // What is known of an item changes with an open window alone.
        if (window !== 'none' && window !== 'open') continue
        await expectFound(browser, item, { cell, gone, known })
        await expectOut(browser, role, item, { cell, gone, known })
      }
    })
  })
})

type Cell = { cell: string; gone: number | null; known: boolean }

/** By number it is found by whoever reaches it; by its title only by whoever may know that. */
async function expectFound(browser: Browser, item: Sample, { cell, gone, known }: Cell): Promise<void> {
  const byTitle = await get(browser, `/archive?q=${encodeURIComponent(item.title)}`)
  expect(byTitle.status, cell).toBe(gone === 403 ? 403 : 200)
  expect(byTitle.text.includes(item.number), `${cell}: index by title`).toBe(gone === null && known)
  const byNumber = await get(browser, `/archive?q=${item.number}`)
  expect(byNumber.text.includes(`/archive/items/${item.number}`), `${cell}: index by number`).toBe(gone === null)
  expect(byNumber.text.includes(item.title), `${cell}: title in the index`).toBe(gone === null && known)
  const byCustomer = await get(browser, `/archive?customer=${encodeURIComponent(item.customer.name)}`)
  expect(byCustomer.text.includes(`/archive/items/${item.number}`), `${cell}: by customer`).toBe(gone === null && known)
  const search = await get(browser, `/search?q=${encodeURIComponent(item.title)}`)
  if (search.status === 200)
    expect(search.text.includes(item.number), `${cell}: search by title`).toBe(gone === null && known)
}

/** What leaves the house, and what is told of the item elsewhere. */
async function expectOut(browser: Browser, role: Role, item: Sample, { cell, gone, known }: Cell): Promise<void> {
  const list = await get(browser, `/archive/export/file?format=csv&q=${item.number}`)
  expect(list.status, `${cell}: export`).toBe(exporters.includes(role) ? 200 : 403)
  if (list.status === 200) {
    expect(list.text.includes(item.number), `${cell}: number in the export`).toBe(gone === null)
    expect(list.text.includes(item.title), `${cell}: title in the export`).toBe(gone === null && known)
  }
  const labels = await get(browser, `/archive/labels.pdf?item=${item.number}`)
  if (!labellers.includes(role)) expect([403, 404], `${cell}: labels`).toContain(labels.status)
  for (const path of [
    `/customers/${item.customer.number}/history`,
    `/customers/${item.customer.number}/print`,
    '/viewings/register',
    '/loans/register',
  ]) {
    const told = await get(browser, path)
    if (!known || gone !== null) expect(told.text.includes(item.title), `${cell}: ${path}`).toBe(false)
  }
}

async function get({ agent, host }: Browser, path: string) {
  const answer = await agent.get(path).set('Host', host).buffer(true).redirects(0)
  const body = Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : ''
  return { status: answer.status, text: `${answer.text ?? ''}${body}`, type: String(answer.headers['content-type']) }
}

const picture = () =>
  sharp({ create: { width: 240, height: 160, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer()

async function paper(): Promise<Buffer> {
  const { pdf } = await renderDocument({
    language: 'zh',
    title: '契约',
    printedAt: now(),
    head: { company: '广寒', document: '契约', middle: '', mark: '' },
    foot: { left: '', middle: '', page: '{page}/{pages}', cover: '' },
    sections: [{ title: '正文', blocks: [{ kind: 'text', text: '广寒制冷与九色鹿的契约。' }] }],
  })
  return pdf
}

async function stored(bytes: Buffer, type: string): Promise<bigint> {
  const store = await theStore()
  const kept = await store.put(Readable.from([bytes]))
  const { rows } = await pool.query<{ id: string }>(
    `insert into stored_file (sha256, bytes, type, stored_at, stored_by_id) values ($1, $2, $3, $4, $5)
     on conflict (sha256) do update set sha256 = excluded.sha256 returning id`,
    [kept.sha256, bytes.length, type, now(), people.archivist.id],
  )
  expect(await text((await store.get(kept.sha256))!)).not.toBe('')
  return BigInt(rows[0]!.id)
}

async function withContents({ id }: Sample, files: bigint[]): Promise<void> {
  for (const [at, fileId] of files.entries())
    await pool.query(
      `insert into item_version (item_id, n, file_id, name, at, by_id) values ($1, $2, $3, $4, $5, $6)`,
      [id, at + 1, fileId, `扫描件${at + 1}.${at === 0 ? 'jpg' : 'pdf'}`, now(), people.archivist.id],
    )
}

it('ARC-06: each opening that was let in, and each that was refused, has its line in the register', async () => {
  const ids = (['near', 'far'] as const).flatMap((relation) => levels.map((level) => items[relation][level].id))
  const lines = await db.itemReading.groupBy({ by: ['way'], where: { itemId: { in: ids } }, _count: true })
  const counted = Object.fromEntries(lines.map(({ way, _count }) => [way, _count]))
  // 11 roles near and 7 far. Internal in all five; the other three levels in the open window, and to the keeper in the four
  // in which he has an agreement, of which one is that window.
  const reached = 11 + 7
  const opened = 5 * reached + 3 * (reached + 3 * 2)
  expect(counted['preview']).toBe(3 * opened)
  expect(counted['download']).toBe(2 * 5 * reached)
  // Above internal stayed shut: the page that says so, five ways to the content; and the originals in a window, too.
  const shut = 3 * (5 * reached) - 3 * (reached + 3 * 2)
  expect(counted['refused']).toBe(6 * shut + 2 * 3 * (reached + 3 * 2))
})
