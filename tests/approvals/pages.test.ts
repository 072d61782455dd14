import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { askConfirmation } from '../../src/confirmations/asking.ts'
import { makeDelegation } from '../../src/delegations/commands.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { linesOnPages } from '../support/pdf.ts'

// Whom a step waits for are all who hold its role, other files’ people among them.
await ownDatabase('approvals')

let people: Cast
let desk: Person
let director: Person
let inbox: Browser
let place: string

// A place of its own: its director's inbox holds what this file asks for, and nothing else.
beforeAll(async () => {
  people = await theCast()
  place = `桂影分部 ${process.env.VITEST_POOL_ID} ${process.pid}`
  await pool.query('insert into department (name) values ($1)', [place])
  desk = await make.staff([{ role: 'front_desk', department: place }])
  director = await make.staff([{ role: 'sales_director', department: place }])
  inbox = await signIn(director)
})

type Wish = { whole?: boolean; by?: Person; name?: string }

/** A customer of the place, and the request that its file be confirmed. */
async function asked({ whole = true, by = desk, name }: Wish = {}) {
  const made = await make.customer({ department: place }, name)
  const notes = whole ? ['云外路 1 号', '尚未了解', '尚无交易'] : [null, null, null]
  const { rows } = await pool.query<{ id: string }>(
    `update customer set address = $2, credit_note = $3, trade_note = $4, created_by_id = $5 where id = $1 returning id`,
    [made.id, ...notes, by.id],
  )
  if (whole) await pool.query(`insert into contact (customer_id, name) values ($1, '鹿鸣野')`, [rows[0]!.id])
  const customer = await db.customer.findUniqueOrThrow({ where: { id: made.id } })
  const actor = await actorOf(by)
  const { number, id } = await change(actor, (tx, audit) => askConfirmation(tx, audit, actor, customer, now()))
  return { number, id, customer }
}

const requestOf = (number: string) => db.approvalRequest.findUniqueOrThrow({ where: { number } })
const decide = (browser: Browser, number: string, values: Record<string, string>) =>
  browser.submit(`/approvals/${number}/decision`, values, `/approvals/${number}`)
const shown = ({ $ }: Page) => $('#request-title').text()
const clear = () =>
  pool.query(
    `update approval_step set state = 'skipped' where state = 'open' and request_id in
  (select r.id from approval_request r join department d on d.id = r.department_id where d.name = $1)`,
    [place],
  )

describe('APR-03: the inbox', () => {
  it('APR-03: what waits is a row with kind, applicant, title and rule; the first is open with all that decides it', async () => {
    await clear()
    const [one, two] = [await asked(), await asked()]
    const { $ } = await inbox.visit('/approvals')
    const rows = $('.inbox-list li a[data-number]').toArray()
    expect(rows.map((row) => $(row).attr('data-number'))).toEqual([one.number, two.number])
    const first = $(rows[0]).text()
    for (const part of ['确认建档', desk.name, one.customer.name, 'CUS-05']) expect(first).toContain(part)
    expect($('.inbox-list .lede').text()).toContain('2 件等你审批')
    expect($('#request').attr('data-number')).toBe(one.number)
    expect($('#request .compare').text()).toMatch(/暂存[\s\S]*已确认/)
    expect($('#request .facts').text()).toContain('齐全')
    expect($('#request').text()).toContain('为何到你这里')
    expect($('#request .signers').text()).toMatch(new RegExp(`${desk.name}[\\s\\S]*提出[\\s\\S]*你[\\s\\S]*销售总监`))
    expect(
      $('.decide [name=verdict]')
        .toArray()
        .map((button) => $(button).attr('data-key')),
    ).toEqual(['a', 'r', 'x'])
    expect($('.side-nav a[href="/approvals"] .count').text()).toBe('2')
    expect($('.keys-line').text()).toContain('勾选')
  })

  it('APR-02: approving has its effect, says so, and opens the next one', async () => {
    await clear()
    const [one, two] = [await asked(), await asked()]
    const page = await decide(inbox, one.number, { verdict: 'approve' })
    expect(page.$('#notice').text()).toContain(`${one.number} 已同意`)
    expect(page.url).toContain(two.number)
    expect(shown(page)).toContain(two.customer.name)
    expect(page.$('#request').attr('autofocus')).toBeDefined()
    expect(page.$('.side-nav a[href="/approvals"] .count').text()).toBe('1')
    expect((await db.customer.findUniqueOrThrow({ where: { id: one.customer.id } })).standing).toBe('confirmed')
    const last = await decide(inbox, two.number, { verdict: 'refuse', reason: '不是客户' })
    expect(last.url).toBe('/approvals')
    expect(last.$('.nothing').text()).toContain('没有等你审批的申请')
  })

  it('APR-01: refusing and returning need a reason; the form comes back as it was', async () => {
    const { number } = await asked()
    const page = await decide(inbox, number, { verdict: 'return', reason: '  ' })
    expect(page.status).toBe(422)
    expect(page.$('.errors').text()).toContain('退回和不同意须写理由')
    expect(page.$('.errors a').attr('href')).toBe('#f-reason')
    expect(page.$('#f-reason-e').text()).toContain('须写理由')
    expect((await requestOf(number)).state).toBe('waiting')
    const returned = await decide(inbox, number, { verdict: 'return', reason: '请补写信用说明' })
    expect(returned.$('#notice').text()).toContain('已退回修改')
    const own = await (await signIn(desk)).visit(`/approvals/${number}`)
    expect(own.$('#request .callout').text()).toContain('请补写信用说明')
    expect(own.$('#request .callout .act').attr('href')).toContain('/customers/K')
  })

  it('APR-02: whoever comes second is told who was first and when, and keeps the reason that was typed', async () => {
    const { number } = await asked()
    const fields = await inbox.fieldsOf(`/approvals/${number}/decision`, `/approvals/${number}`)
    const other = await signIn(people.sales_director)
    await decide(other, number, { verdict: 'refuse', reason: '不是客户' })
    const answer = await inbox.post(`/approvals/${number}/decision`, {
      ...fields,
      verdict: 'return',
      reason: '写了很久的理由',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(
      new RegExp(`${people.sales_director.name} 已在 2\\d{3}-\\d\\d-\\d\\d \\d\\d:\\d\\d 办过`),
    )
    expect(answer.text).toContain('写了很久的理由')
  })

  it('CUS-04: what the effect refuses leaves the request waiting and says what lacks', async () => {
    const { number } = await asked({ whole: false })
    const page = await inbox.visit(`/approvals/${number}`)
    expect(page.$('.decide [value=approve]')).toHaveLength(0)
    expect(page.$('#cannot').text()).toContain('没有联系人')
    const forced = await decide(inbox, number, { verdict: 'approve' })
    expect(forced.status).toBe(422)
    expect(forced.$('.errors [data-rule="CUS-04"]').length).toBeGreaterThan(0)
    expect(forced.$('.errors a[href^="#"]')).toHaveLength(0)
    expect((await requestOf(number)).state).toBe('waiting')
  })

  it('APR-02: an object that changed makes the request void; the page says why and leads on', async () => {
    const [one, two] = [await asked(), await asked()]
    await pool.query('update customer set version = version + 1 where id = $1', [one.customer.id])
    const page = await decide(inbox, one.number, { verdict: 'approve' })
    expect(page.$('#notice').text()).toContain('已作废')
    expect(page.$('#request .callout').text()).toContain('提交以后对象有了改动')
    expect(page.$('#request .callout .act').attr('href')).toMatch(/\/approvals\/S\d+/)
    expect(page.$('.decide')).toHaveLength(0)
    expect((await requestOf(two.number)).state).toBe('waiting')
  })

  it('sent twice it decides once, and the second copy leads to the same place', async () => {
    const [one] = [await asked(), await asked()]
    const fields = await inbox.fieldsOf(`/approvals/${one.number}/decision`, `/approvals/${one.number}`)
    const sent = { ...fields, verdict: 'approve' }
    const send = () => inbox.post(`/approvals/${one.number}/decision`, sent)
    const [first, second] = [await send(), await send()]
    expect(first.status).toBe(303)
    expect(second.headers['location']).toBe(first.headers['location'])
    const lines = await db.auditEntry.count({
      where: { subject: `customer:${one.customer.id}`, action: 'approval.approved' },
    })
    expect(lines).toBe(1)
  })

  it('25 rows a page by keyset; a queue is chosen by its kind, and the chosen one is kept while deciding', async () => {
    await clear()
    const made = []
    for (let at = 0; at < 27; at++) made.push(await asked())
    const page = await inbox.visit('/approvals?kind=customer.confirmation')
    expect(page.$('.inbox-list li')).toHaveLength(25)
    expect(page.$('.inbox-kinds [aria-current]').text()).toContain('27')
    const next = await inbox.visit(page.$('.pager [rel=next]').attr('href')!)
    expect(next.$('.inbox-list li')).toHaveLength(2)
    const back = await inbox.visit(next.$('.pager [rel=prev]').attr('href')!)
    expect(back.$('.inbox-list li')).toHaveLength(25)
    const row = next.$('.inbox-list li a').first().attr('href')!
    expect(row).toContain('kind=customer.confirmation')
    const decided = await inbox.submit(next.$('.decide').attr('action')!, { verdict: 'approve' }, row)
    expect(decided.url).toContain('kind=customer.confirmation')
    expect(decided.$('#request').attr('data-number')).toBe(made[26]!.number)
    expect((await inbox.visit('/approvals?kind=role.grant')).$('.nothing').text()).toContain('这一种没有')
    expect((await inbox.visit('/approvals?kind=x')).status).toBe(400)
  })
})

describe('APR-03: several together', () => {
  it('APR-03: each by itself; what is not done says why, and the trail keeps both', async () => {
    await clear()
    const [one, two] = [await asked(), await asked({ whole: false })]
    const gone = await asked()
    const address = `/approvals/together?${[one, two, gone].map(({ number }) => `${number}=on`).join('&')}`
    const page = await inbox.visit(address)
    expect(page.$('.together-rows > li')).toHaveLength(3)
    expect(page.$('.together-rows').text()).toContain('没有联系人')
    const fields = await inbox.fieldsOf(address)
    await decide(await signIn(people.sales_director), gone.number, { verdict: 'refuse', reason: '不是客户' })
    const answer = await inbox.post(address, { ...fields, verdict: 'approve', reason: '看过了' })
    const result = await inbox.visit(answer.headers['location']!)
    expect(result.$('.lede').text()).toContain('办了 1 件，没有办 2 件')
    expect(result.$('[data-rule="CUS-04"]').text()).toContain(two.number)
    for (const { customer } of [one, two]) expect(result.$('tbody').text()).toContain(customer.name)
    expect(result.$('[data-rule="APR-02"]').text()).toContain(`${people.sales_director.name} 已在`)
    expect([(await requestOf(one.number)).state, (await requestOf(two.number)).state]).toEqual(['approved', 'waiting'])
    const again = await inbox.post(address, { ...fields, verdict: 'approve', reason: '看过了' })
    expect(again.headers['location']).toBe(answer.headers['location'])
    const batch = answer.headers['location']!.split('/').at(-1)!
    expect(await db.auditEntry.count({ where: { subject: `approvals:${batch}`, action: 'approval.together' } })).toBe(1)
    const stranger = await signIn(people.sales_director)
    expect((await stranger.visit(answer.headers['location']!)).status).toBe(404)
  })

  it('APR-01: returning several needs a reason too; nothing ticked, and what is not one’s own, are told', async () => {
    const one = await asked()
    const address = `/approvals/together?${one.number}=on`
    const page = await inbox.submit(address, { verdict: 'refuse' })
    expect(page.$('tr[data-rule="APR-01"]').text()).toContain('须写理由')
    const none = await inbox.post(address, { ...(await inbox.fieldsOf(address)), [one.number]: '', verdict: 'approve' })
    expect(none.status).toBe(422)
    const own = await (await signIn(desk)).visit(address)
    expect(own.$('.nothing').text()).toContain('没有可以一起办的申请')
  })
})

describe('APR-01, APR-04: who sees and does what', () => {
  const cannot = { sales: 404, cs_manager: 404, system_admin: 404, security_admin: 404 } as const
  it.each(Object.keys(cannot) as (keyof typeof cannot)[])('%s: for them it does not exist', async (role) => {
    const { number } = await asked()
    const browser = await signIn(people[role])
    for (const path of ['', '/decision', '/withdrawal', '/signer', '/sheet.pdf'])
      expect((await browser.visit(`/approvals/${number}${path}`)).status).toBe(404)
    const { _csrf } = await browser.fieldsOf('/language', '/profile')
    const sent = { _csrf: _csrf!, verdict: 'approve', version: '1' }
    expect((await browser.post(`/approvals/${number}/decision`, sent)).status).toBe(404)
    expect((await browser.visit('/approvals/register')).status).toBe(403)
    expect((await requestOf(number)).state).toBe('waiting')
  })

  it('the auditor and the general manager read the register; the auditor decides nothing', async () => {
    const { number } = await asked()
    const auditor = await signIn(people.auditor)
    const page = await auditor.visit(`/approvals/${number}`)
    expect([page.status, page.$('.decide').length]).toEqual([200, 0])
    const { _csrf } = await auditor.fieldsOf('/language', '/profile')
    const refused = await auditor.post(`/approvals/${number}/decision`, {
      _csrf: _csrf!,
      verdict: 'approve',
      version: '1',
    })
    expect([refused.status, refused.text.includes('这一步不由你审批')]).toEqual([422, true])
    const list = await auditor.visit(
      `/approvals/register?state=waiting&person=${desk.number}&kind=customer.confirmation`,
    )
    expect(list.$('tbody').text()).toContain(number)
    expect(list.$('tbody').text()).toContain('等销售总监')
    expect((await auditor.visit('/approvals/register?from=2020-01-01&until=2020-01-02')).$('.nothing').length).toBe(1)
    expect((await (await signIn(people.general_manager)).visit('/approvals/register')).status).toBe(200)
  })

  it('PPL-02: the applicant sees it read only, with whom it waits for, and withdraws it with a reason', async () => {
    const { number } = await asked()
    const browser = await signIn(desk)
    const page = await browser.visit(`/approvals/${number}`)
    expect(page.$('.decide')).toHaveLength(0)
    expect(page.$('#request').text()).toContain(director.name)
    const { _csrf } = await browser.fieldsOf('/language', '/profile')
    const own = await browser.post(`/approvals/${number}/decision`, { _csrf: _csrf!, verdict: 'approve', version: '1' })
    expect([own.status, own.text.includes('须由别人审批')]).toEqual([422, true])
    expect((await browser.visit('/approvals/mine')).$('tbody').text()).toContain(number)
    const address = `/approvals/${number}/withdrawal`
    expect((await browser.submit(address)).status).toBe(422)
    const done = await browser.submit(address, { withdrawReason: '写错了名称' })
    expect(done.$('#request .callout').text()).toContain('写错了名称')
    expect((await browser.visit('/approvals/mine?state=ended')).$('tbody').text()).toContain(number)
    const late = await decide(inbox, number, { verdict: 'approve' }).catch((error: Error) => error.message)
    expect(late).toContain('no form')
    expect((await browser.visit(address)).$('.nothing').text()).toContain('不用撤回')
  })

  it('APR-04: a deputy has it in the inbox with whose it is; the decision and its sheet show both names', async () => {
    const deputy = await make.staff([{ role: 'dept_head', department: place }])
    const today = now()
    const day = new Date(today.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const kinds = ['customer.confirmation'] as const
    await makeDelegation(
      await actorOf(director),
      { to: deputy.number, kinds: [...kinds], fromOn: day, untilOn: day, reason: null },
      today,
    )
    const { number } = await asked()
    const browser = await signIn(deputy)
    const page = await browser.visit(`/approvals/${number}`)
    expect(page.$(`[data-number="${number}"] .for`).text()).toContain(`代${director.name}`)
    expect(page.$('.decide .for-whom').text()).toContain(director.name)
    expect(page.$('.signers li[data-at=now]').text()).toContain(`你 代${director.name}`)
    expect(Number(page.$('.side-nav a[href="/approvals"] .count').text())).toBeGreaterThan(0)
    const home = await browser.visit('/')
    const queue = home.$('.queue', 'main').filter((_at, one) => home.$(one).text().includes('确认建档'))
    expect(queue.find('a.btn').attr('href')).toBe('/approvals?kind=customer.confirmation')
    expect(Number(queue.find('.count').text())).toBeGreaterThan(0)
    await decide(browser, number, { verdict: 'approve', reason: '看过了' })
    expect((await browser.visit('/approvals/decided')).$('tbody').text()).toContain(`${deputy.name} 代${director.name}`)
    const sheet = await browser.agent.get(`/approvals/${number}/sheet.pdf`).set('Host', browser.host).buffer(true)
    expect(sheet.headers['content-type']).toBe('application/pdf')
    const lines = linesOnPages(sheet.body as Buffer)
      .flat()
      .join('\n')
    for (const part of [number, desk.name, '销售总监', '看过了', '已确认']) expect(lines).toContain(part)
    expect(lines.replace(/\s/g, '')).toContain(`代${director.name}`.slice(0, 4))
    const printed = await db.auditEntry.findFirstOrThrow({
      where: { action: 'approval.printed', actorId: deputy.id, kind: 'read' },
    })
    expect(printed.after).toMatchObject({ number })
  })

  it('APR-01: 加签: the colleague signs first, then it is the asker’s turn again', async () => {
    const { number } = await asked()
    const colleague = await make.staff([{ role: 'dept_head', department: place }])
    const page = await inbox.submit(`/approvals/${number}/signer`, {
      colleague: colleague.number,
      question: '名称对吗',
    })
    expect(page.$('#notice').text()).toContain('加签')
    expect(page.$('#request .signers').text()).toContain(colleague.name)
    expect(page.$('.decide')).toHaveLength(0)
    const other = await signIn(colleague)
    await decide(other, number, { verdict: 'approve', reason: '对' })
    const again = await inbox.visit(`/approvals/${number}`)
    expect(again.$('.decide')).toHaveLength(1)
    expect(again.$('#request .signers').text()).toContain('“对”')
    const own = await inbox.submit(`/approvals/${number}/signer`, { colleague: desk.number, question: '' })
    expect(own.status).toBe(422)
  })
})
