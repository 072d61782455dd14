import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectedOf, witnessProblems } from '../../src/certificates/rules.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { acknowledged, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { at } from '../calendar/office.ts'
import { words } from '../transfers/walk.ts'

let people: Cast
let archivist: Browser
beforeAll(async () => {
  moveClock(() => at('2026-11-23 10:00'))
  people = await theCast()
  await acknowledged(people.archivist, people.finance, people.cs_manager, people.auditor)
  archivist = await signIn(people.archivist)
})
afterAll(() => moveClock(() => new Date()))

let serial = 0

/** A certificate in the ledger, as a transfer leaves it. */
async function aCertificate(quantity = 1, secrecy: 'internal' | 'confidential' = 'internal', keeperId?: bigint) {
  const customer = await make.customer()
  const item = await anItem(customer, {
    type: 'certificate',
    important: true,
    secrecy,
    ...(keeperId ? { keeperId } : {}),
  })
  const number = `QZ2099${process.env.VITEST_POOL_ID ?? 0}${String((serial += 1)).padStart(5, '0')}`
  const { rows } = await pool.query<{ id: string }>(
    `insert into certificate (number, item_id, kind, cert_number, owner, quantity, received_at)
     values ($1, $2, '不动产权证', $3, '蓬莱客栈', $4, $5) returning id`,
    [number, item.id, `桃源第 ${serial} 号`, quantity, at('2026-11-20 10:00')],
  )
  return { id: BigInt(rows[0]!.id), number, item, customer, at: `/certificates/${number}` }
}

const stateOf = async (id: bigint) => (await db.archiveItem.findUniqueOrThrow({ where: { id } })).state

describe('ARC-23: the ledger of certificates', () => {
  it('stands apart from the files, and is searched by number and owner', async () => {
    const made = await aCertificate()
    const page = await archivist.visit(`/certificates?q=${encodeURIComponent(made.number)}`)
    expect(words(page, '#list')).toContain(`${made.number} 内部`)
    expect(words(page, '#list')).toContain('在柜')
    expect(words(await archivist.visit(made.at), 'main')).toContain('蓬莱客栈')
    const clerk = await signIn(people.front_desk)
    await acknowledged(people.front_desk)
    expect((await clerk.agent.get(made.at)).status).toBe(403)
  })

  it('ARC-02: of a classified one, others learn number, mark and keeper', async () => {
    const made = await aCertificate(1, 'confidential', people.cs_manager.id)
    const finance = await signIn(people.finance)
    for (const url of [made.at, `/certificates?q=${made.number}`]) {
      const text = words(await finance.visit(url), 'main')
      expect(text).toContain(made.number)
      expect(text).not.toContain('蓬莱客栈')
      expect(text).not.toContain(made.customer.name)
    }
    for (const query of [`q=${encodeURIComponent('蓬莱客栈')}`, 'state=here', 'state=lent', 'state=given'])
      expect(words(await finance.visit(`/certificates?${query}`), '#list')).not.toContain(made.number)
  })

  it('goes back to its owner against two names, once, with a receipt', async () => {
    const made = await aCertificate()
    const own = await archivist.submit(`${made.at}/giving-back`, { witness: people.archivist.number })
    expect(words(own, '.errors')).toMatch(/见证人不能是经手人自己.*ARC-23/u)
    expect((await archivist.agent.get(`${made.at}/receipt.pdf`)).status).toBe(404)
    const given = await archivist.submit(`${made.at}/giving-back`, {
      to: '蓬莱客栈掌柜',
      witness: people.cs_manager.number,
    })
    expect(words(given, '#notice')).toContain('已退还给 蓬莱客栈掌柜')
    expect(words(given, 'main')).toContain('退还权利人')
    expect(await stateOf(made.item.id)).toBe('given_back')
    const receipt = await archivist.agent.get(`${made.at}/receipt.pdf`)
    expect([receipt.status, receipt.type]).toEqual([200, 'application/pdf'])
    const again = await archivist.submit(`${made.at}/giving-back`, { to: '他人', witness: people.cs_manager.number })
    expect(words(again, '.errors')).toContain('这件权证已经退还')
    const trail = await db.auditEntry.findMany({
      where: { subject: `customer:${made.customer.id}`, action: 'certificate.given_back' },
    })
    expect(trail).toHaveLength(1)
    const one = pool.query('update certificate set witness_id = given_back_by_id where id = $1', [made.id])
    await expect(one).rejects.toThrow('certificate_given_back')
  })

  it('is counted like cash: each line, explained where it differs, and then reported', async () => {
    const [whole, short] = [await aCertificate(2), await aCertificate(1)]
    const path = '/certificates/counts/new'
    const held = await db.certificate.findMany({ where: { givenBackAt: null }, include: { item: true } })
    const all = Object.fromEntries(
      held.map(({ number, quantity, item }) => [
        `rows.${number}.counted`,
        String(expectedOf({ quantity, lent: false, state: item.state })),
      ]),
    )
    const blank = await archivist.submit(path, { witness: people.cs_manager.number })
    expect(words(blank, '.errors')).toContain(`${whole.number} 还没有填点得的件数`)
    const differing = { ...all, [`rows.${short.number}.counted`]: '0', witness: people.cs_manager.number }
    const silent = await archivist.submit(path, differing)
    expect(words(silent, '.errors')).toContain(`${short.number} 与台账不符`)
    expect(silent.$(`[name="rows.${whole.number}.counted"]`).val()).toBe('2')
    const done = await archivist.submit(path, { ...differing, [`rows.${short.number}.why`]: '柜里没有找到' })
    expect(words(done, '#notice')).toContain('1 行不符')
    expect(words(done, 'main')).toContain('柜里没有找到')
    const incidents = await db.incident.findMany({ where: { itemId: short.item.id } })
    expect(incidents.map(({ kind }) => kind)).toEqual(['difference'])
    expect(await db.incident.count({ where: { itemId: whole.item.id } })).toBe(0)
    const lines = await db.certificateCounted.findMany({ where: { certificateId: short.id } })
    expect(lines.map(({ expected, counted }) => [expected, counted])).toEqual([[1, 0]])
    const wiped = pool.query('delete from certificate_counted where certificate_id = $1', [short.id])
    await expect(wiped).rejects.toThrow('stays as it is')
    expect((await archivist.agent.get('/certificates/counts/list.pdf')).type).toBe('application/pdf')
  })

  it('ARC-02: a count tells each reader of what is within reach, and not what was written of what is not known', async () => {
    const [near, closed] = [await aCertificate(), await aCertificate(1, 'confidential', people.cs_manager.id)]
    const far = await aCertificate()
    await pool.query(`update customer set region_id = (select id from region where name = $2) where id = any($1)`, [
      [near.customer.id, closed.customer.id],
      '东区一片',
    ])
    const { rows } = await pool.query<{ id: string }>(
      `with counting as (insert into certificate_count (at, by_id, witness_id) values ($1, $2, $3) returning id)
       insert into certificate_counted (count_id, certificate_id, expected, counted, why)
       select counting.id, q.id, 1, 0, '金丝雀' || q.number from counting, certificate q where q.id = any($4)
       returning count_id as id`,
      [at('2026-11-23 09:00'), people.archivist.id, people.cs_manager.id, [near.id, closed.id, far.id]],
    )
    const { id } = rows[0]!
    const reader = await make.staff([{ role: 'finance', region: '东区一片' }])
    await acknowledged(reader)
    const text = words(await (await signIn(reader)).visit(`/certificates/counts/${id}`), 'main')
    for (const said of [near.number, `金丝雀${near.number}`, closed.number]) expect(text).toContain(said)
    for (const canary of [`金丝雀${closed.number}`, far.number]) expect(text).not.toContain(canary)
  })

  it('what is out on a loan or missing is not expected in the safe; nobody is their own witness', () => {
    expect(expectedOf({ quantity: 3, lent: false, state: 'in_place' })).toBe(3)
    expect(expectedOf({ quantity: 3, lent: true, state: 'in_place' })).toBe(0)
    expect(expectedOf({ quantity: 3, lent: false, state: 'missing' })).toBe(0)
    expect(witnessProblems(1n, 1n)).toHaveLength(1)
    expect(witnessProblems(1n, 2n)).toEqual([])
  })
})
