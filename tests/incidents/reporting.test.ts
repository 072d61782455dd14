import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { reportIncident } from '../../src/incidents/commands.ts'
import { happenedProblems } from '../../src/incidents/rules.ts'
import { now } from '../../src/lib/clock.ts'
import { anItem } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

let people: Cast
beforeAll(async () => {
  people = await theCast()
})

const last = ({ id }: { id: bigint }) =>
  db.incident.findFirstOrThrow({ where: { reportedById: id }, orderBy: { id: 'desc' } })
const toldOf = ({ id }: { id: bigint }, number: string) =>
  db.notice.findMany({ where: { staffId: id, kind: 'incident.reported', subject: `incident:${number}` } })

describe('ARC-20: anybody reports in a minute', () => {
  it('somebody without any role, with two fields; supervisor and manager are told at once, nobody else', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    const page = await browser.submit('/incidents/new', { kind: 'leak', what: '有人在电梯里念客户名单' })
    expect(page.url).toBe('/')
    const incident = await last(person)
    expect(page.$('.notice').text()).toContain(incident.number)
    expect(incident.number).toMatch(/^X\d{4}\d{6}$/)
    expect(incident).toMatchObject({ kind: 'leak', what: '有人在电梯里念客户名单', itemId: null, customerId: null })
    for (const told of [people.info_supervisor, people.cs_manager])
      expect(await toldOf(told, incident.number)).toMatchObject([
        { urgent: true, rule: 'ARC-20', href: `/incidents/${incident.number}`, at: incident.reportedAt },
      ])
    for (const other of [people.general_manager, people.archivist, person])
      expect(await toldOf(other, incident.number)).toEqual([])
    const trail = await db.auditEntry.findMany({ where: { subject: `incident:${incident.number}` } })
    expect(trail).toMatchObject([{ action: 'incident.reported', actorId: person.id }])
    const read = await (await signIn(people.info_supervisor)).visit('/notices?kind=incident.reported')
    expect(read.$('.notice-list').text()).toContain(`${person.name} 报告：泄密（${incident.number}）`)
  })

  it('goes out by mail outside office hours, too', async () => {
    await pool.query(`update staff set email = 'zhu@yunsan.example' where id = $1`, [people.info_supervisor.id])
    const reporter = await actorOf(await make.staff())
    const night = new Date('2026-11-28T19:00:00Z')
    const number = await change(reporter, (tx, audit) =>
      reportIncident(tx, audit, reporter, { kind: 'loss', what: '柜门开着' }, night),
    )
    expect(await toldOf(people.info_supervisor, number)).toMatchObject([{ urgent: true, mailBy: 'each' }])
  })

  it('the supervisor who reports is not told of it, the other one is', async () => {
    const actor = await actorOf(people.info_supervisor)
    const number = await change(actor, (tx, audit) =>
      reportIncident(tx, audit, actor, { kind: 'other', what: '巡查时发现' }, now()),
    )
    expect(await toldOf(people.info_supervisor, number)).toEqual([])
    expect(await toldOf(people.cs_manager, number)).toHaveLength(1)
  })

  it('bad input gets its sentence and loses nothing; what lies ahead is refused', async () => {
    const person = await make.staff()
    const browser = await signIn(person)
    const before = await db.incident.count()
    const page = await browser.submit('/incidents/new', { kind: 'loss', what: ' ', doneAtOnce: '已锁柜' })
    expect(page.status).toBe(422)
    expect(page.$('#f-doneAtOnce').text()).toContain('已锁柜')
    const ahead = await browser.submit('/incidents/new', {
      kind: 'loss',
      what: '丢了一册',
      happenedAt: '2099-01-01T08:00',
    })
    expect(ahead.$('.errors').text()).toContain('现在以后')
    const noTime = await browser.submit('/incidents/new', {
      kind: 'loss',
      what: '丢了一册',
      happenedAt: '2026-02-30T08:00',
    })
    expect(noTime.status).toBe(422)
    expect(await db.incident.count()).toBe(before)
    const at = new Date('2026-11-23T02:00:00Z')
    expect(happenedProblems(at, at)).toEqual([])
    expect(happenedProblems(new Date(at.getTime() + 1), at)).toHaveLength(1)
  })
})

describe('ARC-20: about an item one may not see', () => {
  it('is kept with the item, and tells the reporter nothing that an unknown number would not', async () => {
    const customer = await make.customer({ department: '城西营业部' })
    const item = await anItem(customer, { secrecy: 'top_secret', title: '桃源结义密约' })
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const browser = await signIn(person)
    const seen: string[] = []
    for (const named of [item.number, item.number.toLowerCase(), 'DA2026999999-77']) {
      const form = await browser.visit(`/incidents/new?item=${named}`)
      expect(form.$('#f-item').val()).toBe(named)
      const page = await browser.submit(
        '/incidents/new',
        { kind: 'loss', what: '不在柜里' },
        `/incidents/new?item=${named}`,
      )
      const text = page.$('body').text() + form.$('main').text()
      expect(text).not.toContain('桃源结义')
      expect(text).not.toContain(customer.name)
      expect(text).not.toContain(customer.number)
      seen.push(`${page.status} ${page.url} ${page.$('.notice').text().replace(/X\d+/, '')}`)
    }
    expect(new Set(seen).size).toBe(1)
    const found = await db.incident.findMany({ where: { reportedById: person.id }, orderBy: { id: 'asc' } })
    expect(found.map(({ itemId, customerId }) => [itemId, customerId])).toEqual([
      [item.id, customer.id],
      [item.id, customer.id],
      [null, null],
    ])
    expect(found[2]!.what).toContain('DA2026999999-77')
    // Nor does the customer's history, which the one it is about may read.
    expect(
      await db.auditEntry.count({ where: { subject: `customer:${customer.id}`, action: 'incident.reported' } }),
    ).toBe(0)
  })
})

describe('ARC-20: the register', () => {
  it('is for those who act and check; finds by number, kind, day and word; names items by number alone', async () => {
    const customer = await make.customer()
    const item = await anItem(customer, { secrecy: 'confidential', title: '蓬莱海图' })
    const reporter = await actorOf(await make.staff())
    const number = await change(reporter, (tx, audit) =>
      reportIncident(tx, audit, reporter, { kind: 'damage', what: `浸水${item.number}`, itemId: item.id }, now()),
    )
    for (const role of ['info_supervisor', 'cs_manager', 'general_manager', 'auditor'] as const) {
      const browser = await signIn(people[role])
      const list = await browser.visit(`/incidents?q=${number}&kind=damage`)
      expect(list.$('#list tbody tr')).toHaveLength(1)
      expect(list.$('#list').text()).toContain(item.number)
      expect((await browser.visit(`/incidents?q=${number}&kind=leak`)).$('#list tbody tr')).toHaveLength(0)
      expect((await browser.visit(`/incidents?q=${number}&until=2020-01-01`)).$('#list tbody tr')).toHaveLength(0)
      const page = await browser.visit(`/incidents/${number}`)
      expect(page.$('main').text()).toContain('浸水')
      expect(page.$('main').text()).not.toContain('蓬莱海图')
    }
    await pool.query('update incident set customer_id = $2 where number = $1', [number, customer.id])
    const [auditor, manager] = [await signIn(people.auditor), await signIn(people.cs_manager)]
    // ARC-02: of what is classified the auditor learns the number, not whose it is, nor by searching.
    expect((await auditor.visit(`/incidents/${number}`)).$('main').text()).not.toContain(customer.number)
    expect((await auditor.visit(`/incidents?q=${customer.number}`)).$('#list tbody tr')).toHaveLength(0)
    expect((await manager.visit(`/incidents/${number}`)).$('main').text()).toContain(customer.number)
    expect((await manager.visit(`/incidents?q=${customer.number}`)).$('#list tbody tr')).toHaveLength(1)
    for (const person of [people.sales, people.archivist, people.security_admin]) {
      const browser = await signIn(person)
      expect((await browser.visit('/incidents')).status).toBe(403)
      expect((await browser.visit(`/incidents/${number}`)).status).toBe(403)
    }
    await expect(pool.query('delete from incident where number = $1', [number])).rejects.toThrow('stays as it is')
  })

  it('the way to it stands in the menu of what can be made, for everybody', async () => {
    for (const person of [people.front_desk, people.nobody]) {
      const page = await (await signIn(person)).visit('/')
      expect(page.$('a[href="/incidents/new"]').length).toBeGreaterThan(0)
    }
  })
})
