import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCustomer } from '../../src/customers/commands.ts'
import { pool } from '../../src/db.ts'
import { routes } from '../../src/routes.ts'
import { clearOldDrafts } from '../../src/web/drafts.ts'
import { acknowledged } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, factsWith, make, theCast } from '../support/make.ts'

const form = '/customers/new'
const now = new Date('2026-11-24T06:05:00Z')
let person: Person
let browser: Browser

beforeAll(() => theCast())
beforeEach(async () => {
  person = await make.staff([{ role: 'sales_director' }, { role: 'finance' }])
  browser = await signIn(person)
})

const draftsOf = async ({ id }: Person) => {
  const { rows } = await pool.query<{ form: string; values: Record<string, string> }>(
    'select form, "values" from form_draft where staff_id = $1',
    [id],
  )
  return rows
}

/** As the button in the form's foot does it. */
async function save(values: Record<string, string>, path = form, from = browser) {
  const fields = await from.fieldsOf(path)
  return from.post('/drafts', { ...fields, ...values, draft: path })
}

describe('a draft of a long form', () => {
  it('is offered when the form is opened again, and stands in the fields when it is fetched', async () => {
    const { status, headers } = await save({ name: '广寒宫制冷', kind: 'person', remark: '"<b>要发票</b>"' })
    expect([status, headers['location']]).toEqual([303, `${form}?draft=restore`])

    const offered = await browser.visit(form)
    expect(offered.$('.draft').text()).toMatch(/有 .*\d\d:\d\d 存下的草稿/)
    expect(offered.$('[name=name]').val()).toBe('')
    const fetched = await browser.visit(offered.$('.draft a').attr('href')!)
    expect(fetched.$('[name=name]').val()).toBe('广寒宫制冷')
    expect(fetched.$('[name=kind]:checked').val()).toBe('person')
    expect(fetched.$('[name=remark]').val()).toContain('"<b>要发票</b>"')
    expect(fetched.$('[data-draft]').text()).toMatch(/草稿已存 \d\d:\d\d/)
  })

  it('is one for each form, the last one saved, and keeps neither tokens nor passwords', async () => {
    await save({ name: '广寒宫制冷' })
    await save({ name: '广寒宫冷链', newPassword: '九只白鹭', secretWord: '芝麻' })
    const drafts = await draftsOf(person)
    expect(drafts).toHaveLength(1)
    expect(drafts[0]).toMatchObject({ form, values: { name: '广寒宫冷链' } })
    const names = Object.keys(drafts[0]!.values)
    for (const name of ['_csrf', '_form', 'draft', 'newPassword', 'secretWord']) expect(names).not.toContain(name)
  })

  it('is gone once the form was taken, and stays while it is refused', async () => {
    const whole = {
      name: `广寒宫${Date.now()}冷库`,
      phone: '',
      address: '月宫路 9 号',
      source: 'walk_in',
      purpose: 'care',
    }
    await save({ ...whole, source: '' })
    const refused = await browser.submit(form, { ...whole, source: '' })
    expect(refused.status).toBe(422)
    expect(refused.$('.draft')).toHaveLength(0)
    expect(await draftsOf(person)).toHaveLength(1)
    const taken = await browser.submit(form, whole)
    expect(taken.url).toMatch(/^\/customers\/K\d+$/)
    expect(await draftsOf(person)).toEqual([])
  })

  it('that arrives after its form was taken is not kept', async () => {
    const whole = { name: `广寒宫${Date.now()}冰窖`, address: '月宫路 9 号', source: 'walk_in', purpose: 'care' }
    const fields = { ...(await browser.fieldsOf(form)), ...whole }
    await browser.post(form, fields)
    const late = await browser.post('/drafts', { ...fields, draft: form })
    expect(late.status).toBe(303)
    expect(await draftsOf(person)).toEqual([])
  })

  it('can be discarded', async () => {
    await save({ name: '广寒宫制冷' })
    const page = await browser.submit('/drafts/discard', {}, form)
    expect(page.url).toBe(form)
    expect(page.$('.notice').text()).toContain('草稿已丢弃')
    expect(page.$('.draft')).toHaveLength(0)
    expect(await draftsOf(person)).toEqual([])
  })

  it('of a correction keeps the version it was begun on: saving it later shows the conflict', async () => {
    const actor = await actorOf((await theCast()).sales_director)
    const number = await createCustomer(actor, factsWith({ remark: '要发票' }), now)
    const path = `/customers/${number}/background`
    await save({ remark: '要专用发票' }, path)
    const other = await signIn((await theCast()).cs_manager)
    await other.submit(path, { remark: '不要发票', way: 'call' })
    const fetched = await browser.visit(`${path}?draft=restore`)
    expect(fetched.$('[name=version]').val()).toBe('1')
    const answer = await browser.submit(path, { way: 'call' }, `${path}?draft=restore`)
    expect(answer.status).toBe(409)
    expect(answer.$('.conflict').text()).toContain('要专用发票')
  })
})

describe('a draft is its writer’s alone', () => {
  it('nobody else is offered it, discards it or writes over it', async () => {
    await save({ name: '广寒宫制冷' })
    const stranger = await make.staff([{ role: 'sales_director' }])
    const other = await signIn(stranger)
    const page = await other.visit(`${form}?draft=restore`)
    expect(page.$('.draft')).toHaveLength(0)
    expect(page.response.text).not.toContain('广寒宫制冷')
    await save({ name: '蓬莱渡口' }, form, other)
    await other.submit('/drafts/discard', {}, form)
    expect(await draftsOf(person)).toMatchObject([{ values: { name: '广寒宫制冷' } }])
  })

  it.each([
    ['a form without drafts', '/staff/new', 404],
    ['no form of ours', '/nowhere', 404],
    ['another site', '//evil.test/customers/new', 404],
    ['a record that is not there', '/customers/K2026999999/background', 404],
  ])('%s: nothing is kept and nobody is sent there', async (_what, draft, expected) => {
    const { _csrf } = await browser.fieldsOf(form)
    for (const to of ['/drafts', '/drafts/discard']) {
      const { status } = await browser.post(to, { _csrf: _csrf!, draft })
      expect(status, to).toBe(expected)
    }
    expect(await draftsOf(person)).toEqual([])
  })

  it('PPL-01: only of a form that the person may open', async () => {
    const reader = await make.staff([{ role: 'finance' }])
    const { number } = await make.customer()
    const other = await signIn(reader)
    const { _csrf } = await other.fieldsOf('/language', '/profile')
    for (const draft of [form, `/customers/${number}/background`])
      expect((await other.post('/drafts', { _csrf: _csrf!, draft, remark: '要发票' })).status).toBe(403)
    expect(await draftsOf(reader)).toEqual([])
  })

  it('without the session’s token nothing is kept', async () => {
    expect((await browser.post('/drafts', { draft: form, name: '广寒宫制冷' })).status).toBe(403)
    expect(await draftsOf(person)).toEqual([])
  })
})

it('more than 64 KiB is not kept, and the person is told', async () => {
  const { status, text } = await save({ remark: '长'.repeat(22_000) })
  expect(status).toBe(422)
  expect(text).toContain('没有存草稿')
  expect(await draftsOf(person)).toEqual([])
})

it('drafts are cleared away by their age', async () => {
  await save({ name: '广寒宫制冷' })
  await clearOldDrafts(new Date(Date.now() - 60_000))
  expect(await draftsOf(person)).toHaveLength(1)
  await clearOldDrafts(new Date(Date.now() + 60_000))
  expect(await draftsOf(person)).toEqual([])
})

it('every form with drafts has a page with the button that keeps them', async () => {
  const keeping = routes.filter((route) => route.kind === 'form' && route.draft)
  expect(keeping.map(({ path }) => path)).toContain(form)
  const { number } = await make.customer()
  await acknowledged(person)
  for (const { path } of keeping) {
    const url = path.startsWith('/customers') ? path.replace(':number', number) : path
    if (url.includes(':')) continue
    const page = await browser.visit(url)
    expect(page.$('[name=draft]').attr('formaction'), url).toBe('/drafts')
    expect(page.$('[name=draft]').attr('value'), url).toBe(url)
    expect(page.$('form[data-behaviour~=draft]').length, url).toBe(1)
  }
})
