import { beforeAll, beforeEach, afterAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { admitted, made } from './desk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('copy_tracking')

let people: Cast
let archivist: Browser
const real = () => new Date()
beforeAll(async () => {
  await admitted()
  people = await theCast()
})
beforeEach(async () => {
  moveClock(real)
  archivist = await signIn(people.archivist)
})
afterAll(() => moveClock(real))

const paper = () => made({ way: 'photocopy', medium: 'paper' })
const placeOf = ({ number, numbers }: { number: string; numbers: string[] }) => `/copies/${number}/made/${numbers[0]}`
const stateOf = async ({ numbers }: { numbers: string[] }) =>
  (
    await pool.query<{ state: string; ended_by_id: string | null; witness_id: string | null; id: string }>(
      'select id, state, ended_by_id, witness_id from numbered_copy where number = $1',
      [numbers[0]],
    )
  ).rows[0]!
const clockOf = async (id: string) =>
  (
    await pool.query<{ met_at: Date | null; cancelled_at: Date | null }>(
      `select met_at, cancelled_at from deadline where subject = $1`,
      [`copy:${id}`],
    )
  ).rows[0]!

describe('ARC-13: until it is back or destroyed', () => {
  it('is taken back once; then nothing about it changes any more', async () => {
    const copy = await paper()
    const page = await archivist.submit(`${placeOf(copy)}/return`, { note: '页数齐全' })
    expect(page.$('#notice, main').text()).toContain('已收回')
    const held = await stateOf(copy)
    expect(held).toMatchObject({ state: 'returned', ended_by_id: String(people.archivist.id) })
    expect((await clockOf(held.id)).met_at).not.toBeNull()
    const again = await archivist.submit(`${placeOf(copy)}/loss`, { note: '后来又说找不到了' })
    expect(again.status).toBe(422)
    expect(again.$('.errors').text()).toContain('不再更改')
    await expect(
      pool.query(`update numbered_copy set state = 'out', ended_at = null where id = $1`, [held.id]),
    ).rejects.toThrow(/stays as it is/)
  })

  it('is destroyed by one person before another: not alone, not before somebody who is not there', async () => {
    const copy = await paper()
    const place = `${placeOf(copy)}/destruction`
    const alone = await archivist.submit(place, { witness: people.archivist.number, note: '碎纸' })
    expect(alone.status).toBe(422)
    expect(alone.$('.errors').text()).toContain('监督人不能是你自己')
    expect(alone.$('[name=note]').val()).toBe('碎纸')
    const nobody = await archivist.submit(place, { witness: 'S999999', note: '碎纸' })
    expect(nobody.$('.errors').text()).toContain('没有这样一位')
    expect((await stateOf(copy)).state).toBe('out')
    await archivist.submit(place, { witness: people.cs_manager.number, note: '碎纸' })
    expect(await stateOf(copy)).toMatchObject({ state: 'destroyed', witness_id: String(people.cs_manager.id) })
    const other = await paper()
    const held = await stateOf(other)
    await expect(
      pool.query(
        `update numbered_copy set state = 'destroyed', ended_at = made_at, ended_by_id = $2, witness_id = $2 where id = $1`,
        [held.id, people.archivist.id],
      ),
    ).rejects.toThrow(/numbered_copy_witness/)
  })

  it('ARC-20: a lost one is an incident, told at once', async () => {
    const copy = await paper()
    const page = await archivist.submit(`${placeOf(copy)}/loss`, { note: '周一还在对方前台，今天找不到' })
    expect(page.$('#notice, main').text()).toContain('已登记遗失')
    const held = await stateOf(copy)
    expect(held.state).toBe('lost')
    expect((await clockOf(held.id)).cancelled_at).not.toBeNull()
    const { rows } = await pool.query<{ number: string; what: string }>(
      'select number, what from incident where item_id = $1',
      [copy.item.id],
    )
    expect(rows[0]!.what).toContain(copy.numbers[0]!)
    const { rows: told } = await pool.query<{ staff_id: string }>('select staff_id from notice where subject = $1', [
      `incident:${rows[0]!.number}`,
    ])
    expect(told.map(({ staff_id }) => staff_id)).toContain(String(people.info_supervisor.id))
  })

  it('who saw the copy before somebody else recorded something hears of it', async () => {
    const copy = await paper()
    const fields = await archivist.fieldsOf(`${placeOf(copy)}/return`)
    await pool.query('update numbered_copy set version = version + 1 where number = $1', [copy.numbers[0]])
    const late = await archivist.post(`${placeOf(copy)}/return`, fields)
    expect(late.status).toBe(422)
    expect(late.text).toContain('刚被别人登记过')
  })

  it('only the archive records it', async () => {
    const copy = await paper()
    const sales = await signIn(people.sales)
    for (const act of ['return', 'destruction', 'loss'])
      expect((await sales.visit(`${placeOf(copy)}/${act}`)).status).toBe(403)
    expect((await sales.visit(`/copies/${copy.number}`)).$('main').text()).toContain(copy.numbers[0]!)
  })
})

describe('ARC-13: overdue', () => {
  it('stands first on the list and is told of: whoever asked, then the archivist; not once it is back', async () => {
    const [late, later] = [await paper(), await paper()]
    const { id } = await stateOf(late)
    const due = new Date(Date.now() + 5 * 86_400_000)
    moveClock(() => due)
    archivist = await signIn(people.archivist)
    const { $ } = await archivist.visit(`/copies?item=${late.item.number}`)
    expect($('tbody tr').first().text()).toContain('逾期')
    await sweep(due, () => false)
    const { rows: told } = await pool.query<{ kind: string; to: string; staff: string[] }>(
      `select e.kind, e.detail ->> 'to' as to, e.detail -> 'staff' as staff from deadline_event e
       join deadline d on d.id = e.deadline_id where d.subject = $1 order by e.id`,
      [`copy:${id}`],
    )
    expect(told).toContainEqual({ kind: 'overdue', to: 'owner', staff: [String(people.sales.id)] })
    const archivists = told.find(({ kind, to }) => kind === 'escalated' && to === 'archivist')
    expect(archivists?.staff).toContain(String(people.archivist.id))
    const { rows } = await pool.query('select overdue_noted_at from deadline where subject = $1', [`copy:${id}`])
    expect(rows[0]).toMatchObject({ overdue_noted_at: due })
    await archivist.submit(`${placeOf(later)}/return`, {})
    const list = await archivist.visit(`/copies?item=${later.item.number}`)
    expect(list.$('main').text()).not.toContain(later.numbers[0]!)
    expect((await archivist.visit(`/copies?tab=ended&item=${later.item.number}`)).$('tbody').text()).toContain('已收回')
  })

  it('the number of a copy leads to its permit; another’s is not there', async () => {
    const copy = await paper()
    expect((await archivist.visit(`/copies/${copy.numbers[0]}`)).$('h1').text()).toContain(copy.number)
    const stranger = await make.staff([{ role: 'sales' }])
    await pool.query(
      `insert into acknowledgement (staff_id, at, until_at, text) values ($1, now(), now() + interval '1 year', 'x')`,
      [stranger.id],
    )
    expect((await (await signIn(stranger)).visit(`/copies/${copy.numbers[0]}`)).status).toBe(404)
  })
})
