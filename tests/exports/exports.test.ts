import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { exportCustomers } from '../../src/exports/file.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { asked, makeMany } from '../customers/listed.ts'

let cast: Cast
let director: Browser
let department: string
beforeAll(async () => {
  cast = await theCast()
  director = await signIn(cast.sales_director)
  department = await makeMany('外卖部', 1100)
})

/** The file as it came over the wire. */
async function fetched(browser: Browser, search: string) {
  const response = await browser.agent
    .get(`/customers/export/file?${search}`)
    .buffer(true)
    .parse((answer, done) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => done(null, Buffer.concat(chunks)))
    })
  const name = /filename="?(E\d{10}\.(?:csv|xlsx))"?/.exec(response.get('content-disposition') ?? '')?.[1] ?? ''
  return { status: response.status, name, body: response.body as Buffer }
}

const linesOf = (body: Buffer) => body.toString().replace('\uFEFF', '').trimEnd().split('\r\n')
const trailOf = (name: string) =>
  db.auditEntry.findMany({ where: { subject: `export:${name.split('.')[0]}` }, orderBy: { id: 'asc' } })

describe('CUS-15: export', () => {
  it(
    'gives exactly what the list holds, in its order and columns, and says which export it is',
    { timeout: 60_000 },
    async () => {
      const search = `department=${department}&life=lost&sort=name_reversed&cols=number.life.phone`
      const { name, body } = await fetched(director, `${search}&format=csv`)
      expect(name).toMatch(/^E2026\d{6}\.csv$/)
      const { rows } = await pool.query<{ name: string; number: string }>(
        `select name, number from customer where department_id = $1 and life = 'lost' order by pinyin desc, id desc`,
        [department],
      )
      const [head, ...lines] = linesOf(body)
      expect(head).toBe('名称,编号,阶段,电话')
      expect(lines.slice(0, -1).map((line) => line.split(',').slice(0, 2))).toEqual(
        rows.map((row) => [row.name, row.number]),
      )
      expect(lines.at(-1)).toContain(name.replace('.csv', ''))
      expect(lines.at(-1)).toContain(cast.sales_director.number)
    },
  )

  it('is in the trail before the first byte, and whole after the last', { timeout: 60_000 }, async () => {
    const { name, body } = await fetched(director, `department=${department}&format=csv&cols=number`)
    expect(linesOf(body)).toHaveLength(1102)
    const [begun, ended] = await trailOf(name)
    expect(begun).toMatchObject({ action: 'customer.exported', kind: 'read', actorId: cast.sales_director.id })
    expect(begun!.after).toMatchObject({
      count: '1000+',
      format: 'csv',
      columns: ['name', 'number'],
      query: `department=${department}&cols=name.number`,
    })
    expect(ended).toMatchObject({ action: 'customer.export_finished' })
    expect(ended!.after).toMatchObject({ rows: 1100, sha256: createHash('sha256').update(body).digest('hex') })
  })

  it('PRV-02: telephones and codes leave masked, as on the screen', { timeout: 60_000 }, async () => {
    const { body } = await fetched(director, `department=${department}&format=csv&cols=phone.code`)
    expect(body.toString()).toMatch(/139\*{4}0001/)
    expect(body.toString()).not.toMatch(/1390000\d{4}/)
  })

  it('a name that is a formula leaves as text, in both kinds of file', async () => {
    const name = `=云外${Date.now()}()`
    const { id } = await make.customer({}, name.slice(1))
    await pool.query('update customer set name = $2 where id = $1', [id, name])
    const search = `q=${encodeURIComponent(name.slice(1))}`
    const csv = linesOf((await fetched(director, `${search}&format=csv`)).body)
    expect(csv[1]).toMatch(/^'=云外/)
    const { name: file, body } = await fetched(director, `${search}&format=xlsx`)
    expect(file).toMatch(/\.xlsx$/)
    const { sheets } = await readXlsx(body)
    expect(sheets[0]!.rows[1]![0]).toBe(name)
    expect(sheets[0]!.rows).toHaveLength(3)
  })

  it('PPL-01: reaches as far as the right, and no further', { timeout: 60_000 }, async () => {
    const [inside, outside] = [
      await make.customer({ department: '城东营业部' }),
      await make.customer({ department: '城西营业部' }),
    ]
    const head = await signIn(cast.dept_head)
    const { body } = await fetched(head, 'format=csv&cols=number')
    expect(body.toString()).toContain(inside.number)
    expect(body.toString()).not.toContain(outside.number)
  })

  it('PPL-01: without the right there is neither file, page nor button, and no number is used', async () => {
    const desk = await signIn(cast.front_desk)
    const before = await pool.query('select last_value from export_number')
    expect((await desk.agent.get('/customers/export')).status).toBe(403)
    expect((await desk.agent.get('/customers/export/file')).status).toBe(403)
    expect((await desk.visit('/customers')).$('a[href^="/customers/export"]')).toHaveLength(0)
    expect((await director.visit('/customers')).$('a[href^="/customers/export"]')).toHaveLength(1)
    expect((await pool.query('select last_value from export_number')).rows).toEqual(before.rows)
  })

  it('the form offers the list’s columns ticked; what is no list or no file is refused', async () => {
    const page = await director.visit(`/customers/export?department=${department}&cols=phone.city`)
    expect(page.status).toBe(400)
    const form = await director.visit(`/customers/export?department=${department}&cols=phone`)
    expect(
      form
        .$('input[type=checkbox][checked]')
        .map((_at, box) => form.$(box).attr('name'))
        .get(),
    ).toEqual(['col-phone'])
    for (const search of ['format=pdf', 'life=dead', 'sort=x'])
      expect((await director.agent.get(`/customers/export/file?${search}`)).status).toBe(400)
  })
})

it('CUS-15: an export that nobody fetches to the end is in the trail as cut off', async () => {
  const actor = await actorOf(cast.sales_director)
  const { body, fileName } = await exportCustomers(actor, { format: 'csv', query: asked({ department }) }, new Date())
  const stream = body as Readable
  stream.once('data', () => stream.destroy())
  await new Promise((resolve) => stream.once('close', resolve))
  await vi.waitFor(async () => expect((await trailOf(fileName)).at(-1)?.action).toBe('customer.export_cut_off'), 5_000)
})
