import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { NotFound, Stale } from '../../src/lib/refused.ts'
import { noteStep, type NewNote } from '../../src/market-notes/commands.ts'
import { quarterFor } from '../../src/market-notes/figures.ts'
import { noteQuery } from '../../src/market-notes/forms.ts'
import { correctNote, recordOnVisit, withdrawNote } from '../../src/market-notes/keeping.ts'
import { competitorHref, quarterModel } from '../../src/market-notes/model.ts'
import { noteFor, notesFor } from '../../src/market-notes/queries.ts'
import { translate } from '../../src/i18n.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'

const now = new Date('2026-11-23T02:00:00Z')
let sales: Actor
let director: Actor
let auditor: Actor
/** Somebody whose notes are nobody else's in this file. */
let writer: Actor
let browser: Browser
beforeAll(async () => {
  moveClock(() => now)
  const people = await theCast()
  sales = await actorOf(people.sales)
  director = await actorOf(people.sales_director)
  auditor = await actorOf(people.auditor)
  writer = await actorOf(await make.staff([{ role: 'sales' }]))
  browser = await signIn(people.sales)
})
afterAll(() => moveClock(() => new Date()))

const text = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()
const heard = (more: Partial<NewNote> = {}): NewNote => ({
  kind: 'competitor',
  about: '广寒茶业',
  text: '临平的经销商说下月起每吨降八十元',
  notedOn: '2026-11-20',
  ...more,
})
const note = (actor: Actor, more: Partial<NewNote> = {}) =>
  change(actor, (tx, audit) => noteStep(tx, audit, actor, heard(more), now))
const found = async (actor: Actor, more: object) => {
  const { rows, count } = await notesFor(actor, noteQuery.parse({ person: writer.number, ...more }))
  return { ids: rows.map(({ id }) => id), count }
}

describe('VIS-13: what was heard can be searched', () => {
  it('by two characters, by the initials of whom it is about, and by the customer it was heard from', async () => {
    const customer = await make.customer({ ownerId: writer.id }, '蓬莱汽修配件行')
    const id = await note(writer, { customerId: customer.id })
    const other = await note(writer, { kind: 'price', about: null, text: '钢价又涨' })
    const ids = async (q: string) => (await found(writer, { q })).ids
    expect(await ids('经销')).toEqual([id])
    expect(await ids('ghcy')).toEqual([id])
    expect(await ids('蓬莱 八十')).toEqual([id])
    expect(await ids(customer.number)).toEqual([id])
    expect(await ids('钢价')).toEqual([other])
    expect(await ids('八百')).toEqual([])
    expect((await found(writer, { kind: 'price' })).ids).toEqual([other])
    expect((await found(writer, { month: '2026-10' })).ids).toEqual([])
  })

  it('is read by who wrote it and whoever is set over the place; not by another sales person', async () => {
    const id = await note(writer)
    await expect(noteFor(sales, String(id))).rejects.toThrow(NotFound)
    expect((await noteFor(auditor, String(id))).about).toBe('广寒茶业')
    expect((await found(director, {})).ids).toContain(id)
    expect((await found(sales, {})).ids).toEqual([])
  })

  it('is corrected and withdrawn by its own writer alone; then it counts no more, and stays on record', async () => {
    const id = await note(writer)
    const next = { kind: 'price' as const, about: '桃源茶行', text: '每吨降一百元', notedOn: '2026-11-19' }
    await expect(correctNote(director, id, { ...next, version: 1 }, now)).rejects.toThrow('visits.plan')
    await correctNote(writer, id, { ...next, version: 1 }, now)
    expect((await found(writer, { q: '一百' })).ids).toEqual([id])
    await expect(correctNote(writer, id, { ...next, text: '另一句', version: 1 }, now)).rejects.toThrow(Stale)
    const same = correctNote(writer, id, { ...next, version: 2 }, now)
    expect(await refusalOf(same)).toEqual(['VIS-13 marketNotes:refused.nothingChanged'])
    await withdrawNote(writer, id, { reason: '听错了', version: 2 }, now)
    expect((await found(writer, { q: '一百' })).ids).toEqual([])
    const again = withdrawNote(writer, id, { reason: '听错了', version: 3 }, now)
    expect(await refusalOf(again)).toEqual(['VIS-13 marketNotes:refused.withdrawn'])
    const lines = await db.auditEntry.findMany({ where: { subject: `market_note:${id}` }, orderBy: { id: 'asc' } })
    expect(lines.map(({ action }) => action)).toEqual([
      'market_note.recorded',
      'market_note.corrected',
      'market_note.withdrawn',
    ])
    expect(lines[1]!.before).toMatchObject({ text: '临平的经销商说下月起每吨降八十元', about: '广寒茶业' })
  })

  it('heard on a visit, it is the visit’s customer’s; of a cancelled visit nothing is', async () => {
    const visit = await aVisit({ state: 'done', startsAt: now })
    const { kind, about, text: words, notedOn } = heard()
    const input = { kind, about, text: words, notedOn }
    const id = await recordOnVisit(sales, visit, input, now)
    const kept = await db.marketNote.findUniqueOrThrow({ where: { id } })
    expect(kept).toMatchObject({ visitId: visit.id, customerId: visit.customerId, ownerId: sales.id })
    const cancelled = await aVisit({ state: 'cancelled', startsAt: now })
    const refused = recordOnVisit(sales, cancelled, input, now)
    expect(await refusalOf(refused)).toEqual(['VIS-13 marketNotes:refused.notVisited'])
    await expect(recordOnVisit(writer, visit, input, now)).rejects.toThrow('visits.plan')
  })
})

describe('VIS-13: what was heard is summed per quarter', () => {
  it('every figure opens a list of so many; spelling and the edges of the quarter make no other sum', async () => {
    const one = await actorOf(await make.staff([{ role: 'sales' }]))
    await note(one, { about: '山海经纬', notedOn: '2026-10-01' })
    await note(one, { about: '山海 经纬', notedOn: '2026-11-02', text: '新开两家店' })
    await note(one, { about: '九色鹿', notedOn: '2026-11-03' })
    await note(one, { kind: 'market', about: null, notedOn: '2026-11-04' })
    await note(one, { about: '山海经纬', notedOn: '2026-09-30' })
    const gone = await note(one, { about: '山海经纬' })
    await withdrawNote(one, gone, { reason: '听错了', version: 1 }, now)
    const quarter = await quarterFor(one, { q: '', department: '' }, now)
    const model = quarterModel(translate.zh, quarter)
    expect(model.all).toMatchObject({ n: 4, before: 1 })
    const of = (name: string) =>
      model.sections
        .find((section) => section.name === name)!
        .lines.filter(({ n }) => n > 0)
        .map(({ word, n }) => [word, n])
    expect(of('kind')).toEqual([
      ['市场行情', 1],
      ['竞争对手', 3],
    ])
    expect(of('month')).toEqual([
      ['2026-10', 1],
      ['2026-11', 3],
    ])
    expect(of('about')).toEqual([
      ['山海 经纬', 2],
      ['九色鹿', 1],
    ])
    expect(of('department')).toEqual([['没有部门', 4]])
    const [first] = quarter.competitors
    expect(first).toMatchObject({ n: 2, before: 1 })
    expect(first!.newest.map(({ notedOn }) => notedOn)).toEqual(['2026-11-02', '2026-10-01'])
    const lines = [model.all, ...model.sections.flatMap((section) => section.lines)]
    const listed = await Promise.all(
      [...lines, { n: 2, href: competitorHref(quarter, first!.about) }].map(async ({ n, href }) => {
        const query = noteQuery.parse(Object.fromEntries(new URL(href, 'http://x').searchParams))
        return [href, n, (await notesFor(one, query)).count]
      }),
    )
    expect(listed.filter(([, n, count]) => n !== count)).toEqual([])
  })
})

describe('VIS-13: page by page', () => {
  it('is added by hand, nothing typed is lost, and is found in list, quarter, paper and file', async () => {
    const wrong = await browser.submit('/market-notes/new', { about: '九色鹿', text: '', notedOn: '2026-11-20' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('[name=about]').val()).toBe('九色鹿')
    const made = await browser.submit('/market-notes/new', {
      kind: 'product',
      about: '九色鹿',
      text: '新出一款低噪音轴承',
      notedOn: '2026-11-20',
    })
    expect(text(made, '.facts')).toContain('新出一款低噪音轴承')
    expect(text(await browser.visit('/market-notes?q=低噪'), '#list')).toContain('九色鹿')
    const quarter = await browser.visit('/market-notes/quarter')
    expect(text(quarter, 'h1')).toContain('2026Q4')
    expect(text(quarter, '#of-about')).toContain('九色鹿')
    // How many before and the change beside it read as one.
    expect(text(quarter, '.month-figures')).toMatch(/（上季度 \d+，[+−]\d+）/)
    const pdf = await browser.agent.get('/market-notes/quarter.pdf').buffer(true)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    const file = await browser.agent.get('/market-notes/file?q=低噪').buffer(true)
    expect(file.headers['content-disposition']).toContain('.xlsx')
    const lines = await db.auditEntry.findMany({
      where: { actorId: sales.id, action: { in: ['market_note.quarter_printed', 'market_note.exported'] } },
    })
    expect(lines.map(({ action }) => action).toSorted()).toEqual([
      'market_note.exported',
      'market_note.quarter_printed',
    ])
    const bad = await browser.visit('/market-notes?quarter=2026Q9&kind=x&department=abc&after=zz')
    expect(bad.status).toBe(200)
  })
})
