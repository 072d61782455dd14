import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { askForCopies } from '../../src/copies/asking.ts'
import { makeCopies } from '../../src/copies/making.ts'
import { permitFor } from '../../src/copies/queries.ts'
import { acknowledged, agreed, anItem, windowOn } from '../support/archive.ts'
import { decide, requestAbout } from '../support/approving.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import type { Cast } from '../support/cast.ts'
import { admitted, askedFor, dayFrom, made, pdfWith, permitted } from './desk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('copy_permits')

let people: Cast
let pdf: Buffer
beforeAll(async () => {
  await admitted()
  people = await theCast()
  pdf = await pdfWith(2)
})

const input = { way: 'photocopy', purpose: 'contract', reason: '与对方核对条款', holder: '玄圃书院' } as const
const errorsOf = ({ $ }: Awaited<ReturnType<Browser['visit']>>) => $('.errors, .error, main').text()

describe('ARC-13: asking for copies', () => {
  it('by the pages: what is asked stands on the permit, in the trail and before those who decide', async () => {
    const customer = await make.customer({ ownerId: people.sales.id, department: '城东营业部' })
    const item = await anItem(customer, { secrecy: 'secret' })
    const sales = await signIn(people.sales)
    const form = await sales.visit(`/copies/new?item=${item.number}`)
    expect(form.$('form').text()).toContain(item.title)
    const values = { ...input, dueOn: dayFrom(2), copies0: '3' }
    const page = await sales.submit(`/copies/new?item=${item.number}`, values)
    expect(page.url).toMatch(/^\/copies\/FZ\d{10}$/)
    for (const shown of [item.number, item.title, '玄圃书院', '3 / 3 份', '待批准', customer.name])
      expect(page.$('main').text()).toContain(shown)
    const { rows } = await pool.query(
      `select after, why from audit_entry where subject = $1 and action = 'copy.asked'`,
      [`customer:${customer.id}`],
    )
    expect(rows).toMatchObject([{ why: input.reason, after: { items: [`${item.number}×3`], holder: '玄圃书院' } }])
    const { rows: told } = await pool.query<{ staff_id: string }>(
      `select staff_id from notice where kind = 'approval.waiting' and href in (
        select '/approvals/' || r.number from approval_request r join copy_permit p on p.request_id = r.id where p.number = $1)`,
      [page.url.split('/').at(-1)],
    )
    const ids = told.map(({ staff_id }) => BigInt(staff_id))
    expect(ids).toEqual(expect.arrayContaining([people.general_manager.id, people.info_supervisor.id]))
  })

  it('an internal, ordinary item needs no permit: the page leads to the item and refuses what is sent', async () => {
    const customer = await make.customer({ ownerId: people.sales.id })
    const item = await anItem(customer)
    const sales = await signIn(people.sales)
    const page = await sales.visit(`/copies/new?item=${item.number}`)
    expect(page.$('.callout').text()).toContain('不用许可')
    expect(page.$(`.callout a[href="/archive/items/${item.number}"]`)).toHaveLength(1)
    const asked = askForCopies(
      await actorOf(people.sales),
      [item.number],
      { ...input, dueOn: dayFrom(1), counts: [1] },
      now(),
    )
    expect(await refusalOf(asked)).toEqual(['ARC-13 copies:refused.notImportant'])
    const important = await anItem(customer, { important: true })
    const again = askForCopies(
      await actorOf(people.sales),
      [important.number],
      { ...input, dueOn: dayFrom(1), counts: [1] },
      now(),
    )
    expect(await refusalOf(again)).toBeNull()
  })

  it('too late a day, nobody’s item and an empty reason come back with what was typed', async () => {
    const customer = await make.customer({ ownerId: people.sales.id })
    const item = await anItem(customer, { secrecy: 'secret' })
    const sales = await signIn(people.sales)
    const late = await sales.submit(`/copies/new?item=${item.number}`, {
      ...input,
      dueOn: dayFrom(9),
      holder: '方壶会馆',
    })
    expect(late.status).toBe(422)
    expect(errorsOf(late)).toContain('副本最长在外 3 天')
    expect(late.$('[name=holder]').val()).toBe('方壶会馆')
    const empty = await sales.submit(`/copies/new?item=${item.number}`, { ...input, reason: '', dueOn: dayFrom(1) })
    expect(empty.status).toBe(422)
    const none = await sales.visit('/copies/new?item=DA2026999999-01')
    expect(none.$('main').text()).toContain('没有 DA2026999999-01 这份材料')
    const foreign = await anItem(await make.customer({ department: '城西营业部' }), { secrecy: 'secret' })
    expect((await sales.visit(`/copies/new?item=${foreign.number}`)).$('main').text()).toContain('没有')
    expect((await sales.post(`/copies/new?item=${foreign.number}`, {})).status).not.toBe(303)
  })

  it('CAL-03: archive.copy_days takes its number in: the third day is open, the fourth is not', async () => {
    const item = await anItem(await make.customer({ ownerId: people.sales.id }), { secrecy: 'secret' })
    const actor = await actorOf(people.sales)
    const ask = (days: number) =>
      refusalOf(askForCopies(actor, [item.number], { ...input, dueOn: dayFrom(days), counts: [1] }, now()))
    expect([await ask(-1), await ask(0), await ask(3), await ask(4)]).toEqual([
      ['ARC-13 copies:refused.duePast'],
      null,
      null,
      ['ARC-13 copies:refused.dueFar'],
    ])
  })

  it('ARC-02: who knows a classified item by number alone does not ask; in a window one does, and the card tells only whom it may', async () => {
    const customer = await make.customer({ ownerId: people.sales.id, department: '城东营业部' })
    const item = await anItem(customer, { secrecy: 'confidential', title: '碧落书局底价单' })
    const sales = await actorOf(people.sales)
    const ask = () => askForCopies(sales, [item.number], { ...input, dueOn: dayFrom(1), counts: [1] }, now())
    expect(await refusalOf(ask())).toEqual(['ARC-13 copies:refused.unknown'])
    const window = await windowOn(people.sales, [item])
    const number = await ask()
    const permit = await permitFor(sales, number)
    expect(permit.customer).not.toBeNull()
    await pool.query('update viewing set ended_at = $2 where id = $1', [window.id, now()])
    const closed = await permitFor(sales, number)
    expect(closed).toMatchObject({ customer: null, lines: [{ title: '', number: item.number }] })
    const browser = await signIn(people.sales)
    for (const path of [
      `/copies/${number}`,
      '/copies?tab=permits',
      '/approvals/mine',
      `/approvals/${closed.approval}`,
    ]) {
      const { $ } = await browser.visit(path)
      expect($('main').text()).not.toContain('碧落书局')
      expect($('main').text()).not.toContain(customer.name)
    }
    const supervisor = await signIn(people.info_supervisor)
    expect((await supervisor.visit(`/approvals/${closed.approval}`)).$('main').text()).toContain('碧落书局底价单')
  })

  it('PRV-14: without an agreement in force nothing above internal is asked for', async () => {
    const person = await make.staff([{ role: 'front_desk' }])
    await acknowledged(person)
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    const ask = async () =>
      askForCopies(await actorOf(person), [item.number], { ...input, dueOn: dayFrom(1), counts: [1] }, now())
    expect(await refusalOf(ask())).toEqual(['PRV-14 copies:refused.noAgreement'])
    await agreed(person)
    expect(await refusalOf(ask())).toBeNull()
  })
})

describe('ARC-13: who permits', () => {
  it.each(['general_manager', 'info_supervisor'] as const)('the %s alone', async (role) => {
    const asked = await askedFor()
    expect(await decide(await actorOf(people[role]), 'archive.copy', asked.subject, 'approve', now())).toBe('approved')
    expect(await permitFor(await actorOf(people.sales), asked.number)).toMatchObject({ state: 'approved' })
  })

  it.each(['cs_manager', 'archivist', 'dept_head', 'sales'] as const)('never the %s', async (role) => {
    const asked = await askedFor()
    const refused = refusalOf(decide(await actorOf(people[role]), 'archive.copy', asked.subject, 'approve', now()))
    expect(await refused).not.toBeNull()
    expect(await permitFor(await actorOf(people.sales), asked.number)).toMatchObject({ state: 'waiting' })
  })

  it.each([
    ['info_supervisor', 'general_manager'],
    ['general_manager', 'info_supervisor'],
  ] as const)('PPL-02: what the %s asked for, the %s decides', async (applicant, other) => {
    const item = await anItem(await make.customer(), { secrecy: 'secret' })
    const actor = await actorOf(people[applicant])
    const number = await askForCopies(actor, [item.number], { ...input, dueOn: dayFrom(1), counts: [1] }, now())
    const { rows } = await pool.query<{ id: string }>('select id from copy_permit where number = $1', [number])
    const subject = `copy_permit:${rows[0]!.id}`
    expect(await refusalOf(decide(actor, 'archive.copy', subject, 'approve', now()))).not.toBeNull()
    expect(await decide(await actorOf(people[other]), 'archive.copy', subject, 'approve', now())).toBe('approved')
  })

  it('both are named on the request, with 或 between', async () => {
    const asked = await askedFor()
    const { number } = await requestAbout('archive.copy', asked.subject)
    const manager = await signIn(people.general_manager)
    const { $ } = await manager.visit(`/approvals/${number}`)
    expect($('.signers').text()).toContain('总经理或')
    expect($('main').text()).toContain(asked.item.title)
  })

  it('refused is refused: nothing is made, and it can be asked for again', async () => {
    const asked = await askedFor({ bytes: pdf })
    await decide(await actorOf(people.general_manager), 'archive.copy', asked.subject, 'refuse', now(), '看原件即可')
    const sales = await actorOf(people.sales)
    const permit = await permitFor(sales, asked.number)
    expect(permit.state).toBe('refused')
    const making = makeCopies(sales, permit, { item: asked.item.number, n: 1 }, now())
    expect(await refusalOf(making)).toEqual(['ARC-13 copies:refused.notApproved'])
    const browser = await signIn(people.sales)
    const { $ } = await browser.visit(`/copies/${asked.number}`)
    const again = $('.callout a.act').attr('href')!
    expect((await browser.visit(again)).$('[name=holder]').val()).toBe('玄圃书院 王某')
  })

  it('APR-02: an item that was raised since makes the request void', async () => {
    const asked = await askedFor()
    await pool.query(`update archive_item set secrecy = 'confidential', keeper_id = $2 where id = $1`, [
      asked.item.id,
      people.archivist.id,
    ])
    expect(await decide(await actorOf(people.general_manager), 'archive.copy', asked.subject, 'approve', now())).toBe(
      'void',
    )
    expect(await permitFor(await actorOf(people.general_manager), asked.number)).toMatchObject({ state: 'ended' })
  })
})

describe('ARC-13: never more than permitted', () => {
  it('twenty at once, five permitted: five are made', async () => {
    const permit = await permitted({ way: 'photocopy', medium: 'paper', copies: 5 })
    const archivist = await actorOf(people.archivist)
    const record = await permitFor(archivist, permit.number)
    const tries = Array.from({ length: 20 }, () =>
      refusalOf(makeCopies(archivist, record, { item: permit.item.number, n: 1 }, now())),
    )
    const results = await Promise.all(tries)
    expect(results.filter((one) => one === null)).toHaveLength(5)
    expect(results.filter((one) => String(one) === 'ARC-13 copies:refused.usedUp')).toHaveLength(15)
    const { rows } = await pool.query('select number, holder, state, pages from numbered_copy where permit_id = $1', [
      permit.id,
    ])
    expect(rows).toHaveLength(5)
    expect(new Set(rows.map(({ number }) => number as string)).size).toBe(5)
  })

  it('each copy has a number, a holder, a day and a clock of its own', async () => {
    const { numbers, number } = await made({ way: 'photocopy', medium: 'paper', copies: 2 }, 2)
    expect(numbers.every((one) => /^FB\d{10}$/.test(one))).toBe(true)
    const { rows } = await pool.query<{ due_at: Date; copy: Date; kind: string }>(
      `select d.due_at, n.due_at as copy, d.kind from deadline d join numbered_copy n on d.subject = 'copy:' || n.id
       join copy_permit p on p.id = n.permit_id where p.number = $1 and d.met_at is null`,
      [number],
    )
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row).toMatchObject({ kind: 'copy.return', due_at: row.copy })
  })
})
