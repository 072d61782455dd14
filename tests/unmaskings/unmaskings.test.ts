import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { contactSecrets, letGo, makeCanary, secrets } from './canary.ts'

let people: Cast
let canary: Awaited<ReturnType<typeof makeCanary>>
beforeAll(async () => {
  people = await theCast()
  canary = await makeCanary({ department: '城东营业部', region: '东区一片', own: true })
})
afterAll(() => letGo(canary))
afterEach(() => moveClock(() => new Date()))

const at = (field: string) => `/customers/${canary.number}/unmaskings/${field}`
const ofContact = (field: string) => `/customers/${canary.number}/contacts/${canary.contact}/unmaskings/${field}`
const linesOf = (actorId: bigint) =>
  db.auditEntry.findMany({ where: { actorId, action: 'customer.unmasked' }, orderBy: { id: 'asc' } })

describe('PRV-02: right × level × scope', () => {
  it.each`
    role                 | contact | code   | elsewhere
    ${'front_desk'}      | ${200}  | ${403} | ${404}
    ${'sales'}           | ${200}  | ${403} | ${404}
    ${'dept_head'}       | ${200}  | ${403} | ${404}
    ${'area_manager'}    | ${200}  | ${403} | ${404}
    ${'archivist'}       | ${200}  | ${200} | ${200}
    ${'info_supervisor'} | ${403}  | ${403} | ${403}
    ${'cs_manager'}      | ${200}  | ${200} | ${200}
    ${'finance'}         | ${200}  | ${403} | ${200}
    ${'logistics'}       | ${403}  | ${403} | ${403}
    ${'sales_director'}  | ${200}  | ${200} | ${200}
    ${'general_manager'} | ${200}  | ${200} | ${200}
    ${'auditor'}         | ${403}  | ${403} | ${403}
    ${'security_admin'}  | ${403}  | ${403} | ${403}
    ${'system_admin'}    | ${403}  | ${403} | ${403}
    ${'nobody'}          | ${403}  | ${403} | ${403}
  `('$role: contact $contact, ID number $code, elsewhere $elsewhere', async ({ role, contact, code, elsewhere }) => {
    const browser = await signIn(people[role as keyof Cast])
    const far = await make.customer({ department: '城西营业部', region: '西区' })
    await pool.query(`update customer set email = 'far@penglai.example' where id = $1`, [far.id])
    for (const url of [at('phone'), at('morePhones'), at('email'), at('wechat'), at('creditNote'), ofContact('phones')])
      expect((await browser.visit(url)).status, url).toBe(contact)
    expect((await browser.visit(at('code'))).status).toBe(code)
    expect((await browser.visit(`/customers/${far.number}/unmaskings/email`)).status).toBe(elsewhere)

    const page = await browser.visit(`/customers/${canary.number}`)
    const links = page
      .$('a.unmask')
      .toArray()
      .map((link) => page.$(link).attr('href')) // what may not be seen is not offered
    expect(links.includes(at('phone'))).toBe(contact === 200)
    expect(links.includes(ofContact('phones'))).toBe(contact === 200)
    expect(links.includes(at('code'))).toBe(code === 200)
  })
})

describe('PRV-02: one field, with a reason, written down', () => {
  it('PRV-02: without a reason nothing is shown and nothing is written', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const browser = await signIn(person)
    const short: Record<string, string>[] = [{}, { reason: '对账' }, { purpose: 'other', reason: '   ' }]
    for (const values of short) {
      const page = await browser.submit(at('phone'), values)
      expect(page.status).toBe(422)
      expect(page.$('.errors [data-rule="PRV-02"]')).toHaveLength(1)
      expect(page.response.text).not.toContain(secrets.phone)
    }
    expect(await linesOf(person.id)).toEqual([])
  })

  it('PRV-02: each asking leaves exactly one line, with the field and the reason', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const browser = await signIn(person)
    const phone = await browser.submit(at('phone'), { purpose: 'accounts', reason: '约对账' })
    expect(phone.$('.secret').text()).toBe(secrets.phone)
    expect(phone.response.headers['cache-control']).toBe('no-store')
    const email = await browser.submit(ofContact('email'), { reason: '寄送合同文本' })
    expect(email.$('.secret').text()).toBe(contactSecrets.email)
    await browser.visit(email.url)

    const lines = await linesOf(person.id)
    expect(lines.map(({ kind, why }) => [kind, why])).toEqual([
      ['read', '对账开票、约对账'],
      ['read', '寄送合同文本'],
    ])
    expect(lines.map(({ after }) => after)).toMatchObject([{ field: 'phone' }, { field: 'email', contact: '陆小鹿' }])
    const history = (await browser.visit(`/customers/${canary.number}/history?kind=copies`)).$('.history').text()
    expect(history).toContain('查看一次电话，理由“对账开票、约对账”')
    expect(history).toContain('查看一次陆小鹿的邮箱，理由“寄送合同文本”')
  })

  it('PRV-02: after a minute the page has masked it again', async () => {
    const browser = await signIn(people.cs_manager)
    const shown = await browser.submit(at('wechat'), { purpose: 'call' })
    expect(shown.$('.secret').text()).toBe(secrets.wechat)
    expect(Number(shown.$('[data-behaviour=remask]').attr('data-seconds'))).toBeLessThanOrEqual(60)
    const later = now().getTime() + 61_000
    moveClock(() => new Date(later))
    const page = await browser.visit(shown.url)
    expect(page.status).toBe(200)
    expect(page.response.text).not.toContain(secrets.wechat)
    expect(page.$('.masked').text()).toBe('ca***')
  })

  it('PRV-02: the answer page is its asker’s alone, and of that field alone', async () => {
    const asker = await signIn(people.cs_manager)
    const { url } = await asker.submit(at('email'), { purpose: 'call' })
    const line = url.split('/').at(-1)!
    expect((await (await signIn(people.general_manager)).visit(url)).status).toBe(404)
    for (const other of [at('phone'), at('code'), ofContact('email')])
      expect((await asker.visit(`${other}/${line}`)).status).toBe(404)
  })

  it.each(['name', 'remark', 'phones', 'constructor', 'searchText', '__proto__'])(
    'PRV-02: %s is nothing to unmask: 404',
    async (field) => {
      expect((await (await signIn(people.cs_manager)).visit(at(field))).status).toBe(404)
    },
  )

  it('PRV-02: a contact of another customer, or one removed, is not there', async () => {
    const browser = await signIn(people.cs_manager)
    const other = await make.customer()
    expect((await browser.visit(`/customers/${other.number}/contacts/${canary.contact}/unmaskings/email`)).status).toBe(
      404,
    )
    await pool.query('update contact set removed_at = now(), main = false where id = $1', [canary.contact])
    expect((await browser.visit(ofContact('email'))).status).toBe(404)
    await pool.query('update contact set removed_at = null, main = true where id = $1', [canary.contact])
  })

  it('PRV-02: the sixty-first within an hour is refused with a sentence', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const browser = await signIn(person)
    await pool.query(
      `insert into audit_entry (kind, actor_id, actor_name, action, subject, at)
       select 'read', $1, $2, 'customer.unmasked', 'customer:0', now() - interval '59 minutes'
       from generate_series(1, $3::int)`,
      [person.id, person.name, 60],
    )
    const page = await browser.submit(at('phone'), { purpose: 'call' })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="PRV-02"]').text()).toContain('一小时内已查看 60 项')
    const soon = now().getTime() + 120_000
    moveClock(() => new Date(soon))
    expect((await browser.submit(at('phone'), { purpose: 'call' })).$('.secret').text()).toBe(secrets.phone)
  })
})
