import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { acknowledged, agreed, anItem } from '../support/archive.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, password, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { aBorrower, approved, asked, lent, signed } from './lending.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('loan_pages')

// A Friday morning.
let now = new Date('2026-11-27T02:00:00Z')
let people: Cast
let person: Person
let desk: Browser
let clerk: Browser
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  person = await aBorrower()
  await acknowledged(person, people.archivist, people.auditor, people.dept_head, people.info_supervisor)
  desk = await signIn(person)
  clerk = await signIn(people.archivist)
})
afterAll(() => moveClock(() => new Date()))

const text = (page: Page, selector = 'main') => page.$(selector).text().replace(/\s+/g, ' ').trim()
const item = async (more = {}) => anItem(await make.customer({ department: '城东营业部' }), more)
const wish = { purpose: 'complaint', reason: '核对交货期与合同约定', days: '3' }
/** Goes back to today whatever becomes of it. */
async function at(moment: string, work: () => Promise<void>) {
  const before = now
  now = new Date(moment)
  await work().finally(() => (now = before))
}
const file = async (browser: Browser, url: string) => {
  const { body, status } = await browser.agent
    .get(url)
    .set('Host', browser.host)
    .buffer(true)
    .parse(bytes as never)
  return { status, body: body as Buffer }
}
function bytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) {
  const pieces: Buffer[] = []
  response.on('data', (piece: Buffer) => pieces.push(piece))
  response.on('end', () => done(null, Buffer.concat(pieces)))
}

describe('a loan, page by page', () => {
  it('ARC-09, ARC-10, ARC-11: asked for, lent, confirmed at the counter, taken back by two keys', async () => {
    const one = await item()
    const form = await desk.visit(`/loans/new?item=${one.number.toLowerCase()}`)
    expect(text(form)).toContain(one.title)
    expect(text(form, '.signers')).toMatch(/沈既白.*温知非/u)
    const empty = await desk.submit(`/loans/new?item=${one.number}`, { purpose: 'complaint', reason: '' })
    expect(empty.status).toBe(422)
    expect(empty.$('[name=item]').val()).toBe(one.number)
    const sent = await desk.submit(`/loans/new?item=${one.number}`, wish)
    expect(sent.url).toMatch(/^\/loans\/applications\/JS2026\d{6}$/)
    expect(text(sent, '#notice')).toContain('等待签署')
    const again = await desk.submit(`/loans/new?item=${one.number}`, wish)
    expect(text(again, '.errors')).toMatch(/已经申请过.*ARC-09/u)

    const waiting = await clerk.visit(`/loans/desk?item=http://kehu.test/archive/items/${one.number}`)
    expect(text(waiting)).toContain('没有批准给这份材料的申请')
    await signed(await db.loanApplication.findUniqueOrThrow({ where: { number: sent.url.split('/').at(-1)! } }))
    const screen = await clerk.visit(`/loans/desk?item=${one.number}`)
    expect(text(screen)).toContain(`${person.name} ${person.number}`)
    expect(text(screen)).toContain('2026-11-30 24:00')
    const wrong = await clerk.submit(`/loans/desk?item=${one.number}`, { pages: '5' })
    expect(text(wrong, '.errors')).toMatch(/目录上是 6 页.*ARC-10/u)
    const out = await clerk.submit(`/loans/desk?item=${one.number}`, { pages: '6' })
    expect(out.url).toMatch(/^\/loans\/JY2026\d{6}\/counter$/)
    const number = out.url.split('/')[2]!

    const bad = await clerk.submit(`/loans/${number}/counter`, { staff: person.number, proof: '不对' })
    expect(bad.status).toBe(422)
    expect(bad.$('[name=proof]').val() ?? '').toBe('')
    const confirmed = await clerk.submit(`/loans/${number}/counter`, { staff: person.number, proof: password })
    expect(confirmed.url).toBe('/loans/desk')
    expect(text(await desk.visit('/loans'))).toContain(one.title)

    const back = await clerk.visit(`/loans/desk/return?item=${one.number}`)
    expect(back.$('button[autofocus]')).toHaveLength(1)
    const taken = await clerk.submit(`/loans/desk/return?item=${one.number}`)
    expect(taken.url).toBe('/loans/desk/return')
    expect(text(taken, '#notice')).toContain('已归还')
    const page = await desk.visit(`/loans/${number}`)
    expect(text(page, '.history')).toMatch(/归还材料.*借阅人确认收到.*外借材料/u)
    expect(text(page, '.page-head')).toContain('已归还')
  })

  it('ARC-12: the desk says of what is out who has it, and leads to the return', async () => {
    const one = await item()
    const loan = await lent(await actorOf(person), one)
    const page = await clerk.visit(`/loans/desk?item=${one.number}`)
    expect(text(page, '.callout')).toContain(`${person.name} 手里`)
    expect(page.$(`.callout a[href="/loans/desk/return?item=${one.number}"]`)).toHaveLength(1)
    expect(text(await clerk.visit('/loans/desk?item=DA2026999999-01'))).toContain('没有这份材料')
    const urged = await clerk.submit(`/loans/${loan.number}/urge`, {}, `/loans/${loan.number}`)
    expect(text(urged, '#notice')).toContain('已催还，第 1 次')
    const twice = await clerk.submit(`/loans/${loan.number}/urge`, {}, `/loans/${loan.number}`)
    expect(twice.status).toBe(422)
  })

  it('ARC-11: a difference is refused without words, taken with them, and told as an incident', async () => {
    const one = await item()
    await lent(await actorOf(person), one)
    const url = `/loans/desk/return?item=${one.number}`
    const mute = await clerk.submit(url, { pages: '5' })
    expect(mute.status).toBe(422)
    expect(mute.$('[name=pages]').val()).toBe('5')
    const told = await clerk.submit(url, { pages: '5', note: '少了第 6 页' })
    expect(text(told, '#notice')).toMatch(/泄密事件 X2026\d{6}/u)
  })

  it('ARC-11: with something overdue the form says so and offers the exception alone', async () => {
    const late = await aBorrower()
    await acknowledged(late)
    await lent(await actorOf(late), await item())
    await at('2026-12-02T02:00:00Z', async () => {
      const browser = await signIn(late)
      const one = await item()
      const page = await browser.visit(`/loans/new?item=${one.number}`)
      expect(text(page, '.why-nots')).toContain('逾期未还')
      expect(text(page, '.signers')).toContain('林知夏')
      expect((await browser.submit(`/loans/new?item=${one.number}`, wish)).status).toBe(422)
      const sent = await browser.submit(`/loans/new?item=${one.number}`, { ...wish, exceptional: 'on' })
      expect(text(sent)).toContain('例外借阅')
      expect(text(await browser.visit('/loans'))).toContain('逾期')
    })
  })

  it('ARC-09: where the company seals on paper, the sealed sheet comes along and its signers can open it', async () => {
    const { under } = await import('../support/regulation.ts')
    const one = await item()
    await under({ 'archive.seal': 'scan' }, async () => {
      const bare = await desk.submit(`/loans/new?item=${one.number}`, wish)
      expect(text(bare, '.errors')).toContain('还缺盖章的审批单')
      const sent = await desk.submit(`/loans/new?item=${one.number}`, { ...wish, seal: Buffer.from('盖章') })
      // The helper calls every file 客户.csv, which is no picture: it is taken as the text that it is.
      expect(sent.status).toBe(200)
      const number = sent.url.split('/').at(-1)!
      const head = await signIn(people.dept_head)
      expect((await file(head, `/loans/applications/${number}/seal`)).body.toString()).toBe('盖章')
      const [line] = await db.auditEntry.findMany({
        where: { action: 'loan.seal_opened' },
        orderBy: { id: 'desc' },
        take: 1,
      })
      expect(line).toMatchObject({ actorId: people.dept_head.id, after: { application: number } })
    })
  })

  it('given up: approved and not needed any more', async () => {
    const application = await approved(await actorOf(person), [await item()])
    const at = `/loans/applications/${application.number}`
    const ended = await desk.submit(`${at}/end`, {}, at)
    expect(text(ended, '.page-head')).toContain('已结束')
    const waiting = await asked(await actorOf(person), [await item()])
    const to = `/loans/applications/${waiting.number}`
    expect(text(await desk.submit(`${to}/end`, {}, to), '.page-head')).toContain('已撤回')
  })
})

describe('ARC-10: the register', () => {
  it('ARC-10: overdue and due soon apart, worst first; filtered by state, person, customer, item and period', async () => {
    const one = await item()
    const loan = await lent(await actorOf(person), one)
    const find = async (query: string) => text(await clerk.visit(`/loans/register?${query}`), '#list')
    const plain = await clerk.visit('/loans/register')
    expect(plain.$('#overdue, #soon')).toHaveLength(2)
    for (const query of [
      `person=${person.number}`,
      `customer=${one.customer.number}`,
      `item=${one.number}`,
      `state=open&item=${one.number}`,
      `state=unconfirmed&item=${one.number}`,
      `item=${one.number}&from=2026-11-27&until=2026-11-27`,
    ])
      expect(await find(query)).toContain(loan.number)
    for (const query of [
      `state=returned&item=${one.number}`,
      `state=overdue&item=${one.number}`,
      `item=${one.number}&from=2026-11-28`,
    ])
      expect(await find(query)).not.toContain(loan.number)
    await at('2026-12-08T02:00:00Z', async () => {
      const later = await signIn(people.archivist)
      const found = await later.visit(`/loans/register?state=overdue&item=${one.number}`)
      expect(text(found, '#list')).toMatch(/逾期 7 天/u)
    })
  })

  it('ARC-02, ARC-10: of a classified item others read number and mark, on the page, on paper and in the file', async () => {
    await agreed(person)
    const keeper = await make.staff([{ role: 'archivist' }])
    const customer = await make.customer({ department: '城东营业部' })
    const one = await anItem(customer, { secrecy: 'confidential', title: '蟾宫折桂议价底稿', keeperId: keeper.id })
    const loan = await lentBy(keeper, one)
    const auditor = await signIn(people.auditor)
    const shown = text(await auditor.visit(`/loans/register?item=${one.number}`))
    expect(shown).toContain(loan)
    expect(shown).not.toMatch(/蟾宫折桂/u)
    expect(text(await auditor.visit(`/loans/${loan}`))).not.toContain(customer.name)
    expect(text(await auditor.visit(`/loans/register?customer=${customer.number}`), '#list')).not.toContain(loan)
    const paper = textOf((await file(auditor, `/loans/register.pdf?item=${one.number}`)).body)
    expect(paper).toContain(loan)
    expect(paper).not.toContain('蟾宫折桂')
    const csv = (await file(auditor, `/loans/register/file?format=csv&item=${one.number}`)).body.toString()
    expect(csv).toContain(loan)
    expect(csv).not.toMatch(/蟾宫折桂|核对交货期/u)
    expect(csv).toContain('导出编号')
    const supervisor = await signIn(people.info_supervisor)
    expect(text(await supervisor.visit(`/loans/register?item=${one.number}`))).toContain('蟾宫折桂')
    const slip = textOf((await file(desk, `/loans/${loan}/slip.pdf`)).body)
    expect(slip).toContain('蟾宫折桂议价底稿')
    expect(slip).toContain('商密·机密')
  })

  it('ARC-10: the register is for those who keep it; a loan beyond one’s reach does not exist', async () => {
    const loan = await lent(await actorOf(person), await item())
    expect((await desk.visit('/loans/register')).status).toBe(403)
    expect((await desk.visit('/loans/desk')).status).toBe(403)
    const other = await aBorrower()
    await acknowledged(other)
    const browser = await signIn(other)
    for (const path of ['', '/slip.pdf', '/confirmation'])
      expect((await browser.visit(`/loans/${loan.number}${path}`)).status).toBe(404)
    expect((await browser.visit(`/loans/applications/${loan.application}`)).status).toBe(404)
  })
})

/** Lent by the item's own keeper, as 机密 asks. */
async function lentBy(keeper: Person, one: { number: string }): Promise<string> {
  const { lendItem } = await import('../../src/loans/lending.ts')
  const application = await approved(await actorOf(person), [one])
  const input = { item: one.number, application: application.number, pages: 6, copies: 1, condition: 'intact' as const }
  const clerkOf = await actorOf(people.archivist)
  await expect(lendItem(clerkOf, { ...input, note: null }, now)).rejects.toMatchObject({
    refusals: [{ rule: 'ARC-02', reason: 'loans:refused.notKeeper' }],
  })
  return lendItem(await actorOf(keeper), { ...input, note: null }, now)
}
