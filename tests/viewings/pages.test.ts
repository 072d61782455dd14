import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itemFor } from '../../src/archive/queries.ts'
import { recordReading } from '../../src/archive/registering.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { openInEmergency } from '../../src/viewings/emergency.ts'
import { viewerOf } from '../../src/viewings/viewer.ts'
import { decide, requestAbout } from '../support/approving.ts'
import { pdfOf } from '../files/samples.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { asking, hour, itemsOf, later, now, ready, subjectOf } from './support.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('viewing_pages')

const kind = 'archive.viewing'
const pdf = pdfOf('盖章件')
let cast: Cast
let clerk: Browser
let archivist: Browser
let supervisor: Browser
let moment = now

beforeAll(async () => {
  moveClock(() => moment)
  cast = await theCast()
  await ready(cast.front_desk, cast.archivist, cast.info_supervisor, cast.cs_manager, cast.dept_head, cast.auditor)
  clerk = await signIn(cast.front_desk)
  archivist = await signIn(cast.archivist)
  supervisor = await signIn(cast.info_supervisor)
})
afterAll(() => moveClock(() => new Date()))

const { day, span, purpose, reason } = asking([])
const typed = { day, span, purpose, reason }
const numberIn = (url: string) => /\/viewings\/(Y\d+)/.exec(url)![1]!
const rowOf = (url: string) => db.viewing.findUniqueOrThrow({ where: { number: numberIn(url) } })
const textOf = async (browser: Browser, url: string) => (await browser.visit(url)).$('main').text().replace(/\s+/g, ' ')

/** A scan, with a name that says what it is. */
async function upload(browser: Browser, url: string, values: Record<string, string>, name = '介绍信.pdf', on = url) {
  const sending = browser.agent.post(url).set('Host', browser.host).set('Origin', `http://${browser.host}`)
  for (const [field, value] of Object.entries({ ...(await browser.fieldsOf(url, on)), ...values }))
    void sending.field(field, value)
  void sending.attach('file', pdf, name)
  const response = await sending
  return { status: response.status, url: response.get('Location') ?? url, text: response.text }
}

describe('ARC-07: an application on its pages', () => {
  it('shows items, signers, levels and the three prohibitions; bad input comes back with all that was typed', async () => {
    const [item] = await itemsOf('confidential')
    const url = `/viewings/new?item=${item!.number}`
    const page = await clerk.visit(url)
    const text = page.$('main').text()
    for (const part of [item!.number, cast.dept_head.name, cast.cs_manager.name, '商密·机密', '三不准'])
      expect(text).toContain(part)
    expect(text).not.toContain(item!.title)
    expect(text).not.toContain(item!.customer.name)
    const wrong = await clerk.submit(url, { ...typed, reason: '看看', span: 'd2' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('.errors').text()).toContain('至少 10 个字')
    expect(wrong.$('textarea[name=reason]').val()).toBe('看看')
    expect(wrong.$('select[name=span] option[selected]').attr('value')).toBe('d2')
    const sent = await clerk.submit(url, typed)
    expect(sent.$('main').text()).toContain('待签署')
    expect(sent.$('main').text()).not.toContain(item!.title)
    expect(await textOf(clerk, '/viewings')).toContain(numberIn(sent.url))
    expect(await textOf(archivist, '/viewings/received')).toContain(numberIn(sent.url))
  })

  it('ARC-06: internal items are told to be open, with the way there; a marked one is not found by others', async () => {
    const [item] = await itemsOf('internal')
    const page = await clerk.visit(`/viewings/new?item=${item!.number}`)
    expect(page.$('.callout').text()).toContain('不用申请')
    expect(page.$(`.callout a[href="/archive/items/${item!.number}"]`)).toHaveLength(1)
    expect((await clerk.visit('/viewings/new?item=DA1999000001-01')).$('.callout').text()).toContain('没有找到')
  })

  it('opens in its window with a way to each item, and is ended there', async () => {
    const [item] = await itemsOf('secret')
    const { url } = await clerk.submit(`/viewings/new?item=${item!.number}`, typed)
    const row = await rowOf(url)
    for (const signer of [cast.dept_head, cast.archivist])
      await decide(await actorOf(signer), kind, subjectOf(row), 'approve', now)
    const open = await clerk.visit(url)
    expect(open.$('main').text()).toContain('可以查阅')
    expect(open.$(`a.btn[href="/archive/items/${item!.number}"]`)).toHaveLength(1)
    const ended = await clerk.submit(`${url}/end`, { reason: '看完了' })
    expect(ended.$('main').text()).toContain('已结束')
    expect(ended.$(`a.btn[href="/archive/items/${item!.number}"]`)).toHaveLength(0)
    expect((await clerk.visit(`${url}/end`)).status).toBe(200)
  })

  it('another clerk of another place finds no such application, nor its papers', async () => {
    const [item] = await itemsOf('secret')
    const { url } = await clerk.submit(`/viewings/new?item=${item!.number}`, typed)
    const stranger = await make.staff([{ role: 'front_desk', department: '城西营业部' }])
    await ready(stranger)
    const browser = await signIn(stranger)
    for (const path of [url, `${url}/end`, `${url}/sheet`, `${url}/letter`, `${url}/correction`])
      expect((await browser.visit(path)).status).toBe(404)
  })
})

describe('ARC-07: the seal on paper', () => {
  it('waits for the stamped sheet, which is printed and uploaded, and only then is signed', async () => {
    await under({ 'archive.seal': 'scan' }, async () => {
      const [item] = await itemsOf('secret')
      const { url } = await clerk.submit(`/viewings/new?item=${item!.number}`, typed)
      const row = await rowOf(url)
      expect(await db.approvalRequest.count({ where: { subject: subjectOf(row) } })).toBe(0)
      const sheet = await clerk.agent.get(`${url}/sheet`).set('Host', clerk.host)
      expect(sheet.get('Content-Type')).toBe('application/pdf')
      const none = await clerk.submit(`${url}/seal`, {})
      expect(none.$('.errors').text()).toContain('没有选扫描件')
      const sealed = await upload(clerk, `${url}/seal`, {}, '盖章件.pdf')
      expect(sealed.status).toBe(303)
      expect((await requestAbout(kind, subjectOf(row))).state).toBe('waiting')
      expect(await textOf(clerk, url)).toContain('待签署')
      const scan = await supervisor.agent.get(`${url}/sealed`).set('Host', supervisor.host).buffer()
      expect(scan.status).toBe(200)
      const opened = { subject: `customer:${row.customerId}`, action: 'viewing.paper_opened' }
      expect(await db.auditEntry.count({ where: opened })).toBe(1)
    })
  })
})

describe('ARC-08: outsiders', () => {
  const visitor = {
    visitorName: '鲁班',
    visitorUnit: '蓬莱律师事务所',
    visitorPaper: 'letter',
    visitorPaperNo: 'PL20261124007',
  }

  it('are registered with paper and scan first; the number is masked; classified items go to the manager', async () => {
    const [item] = await itemsOf('confidential')
    const url = `/viewings/visitors/new?item=${item!.number}`
    const none = await archivist.submit(url, { ...typed, ...visitor })
    expect(none.$('.errors').text()).toContain('没有选扫描件')
    expect(none.$('input[name=visitorName]').val()).toBe('鲁班')
    const sent = await upload(archivist, url, { ...typed, ...visitor })
    expect(sent.status).toBe(303)
    const row = await rowOf(sent.url)
    const steps = await db.approvalStep.findMany({ where: { requestId: row.requestId! }, select: { role: true } })
    expect(steps).toEqual([{ role: 'cs_manager' }])
    const text = await textOf(archivist, sent.url)
    expect(text).toContain('鲁班')
    expect(text).not.toContain(visitor.visitorPaperNo)
    const trail = await db.auditEntry.findMany({
      where: { action: 'viewing.visitor', subject: `customer:${row.customerId}` },
    })
    expect(JSON.stringify(trail.map(({ after }) => after))).not.toContain(visitor.visitorPaperNo)
  })

  it('view with the staff beside: register, trail and stamp carry both names', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    // Who registered the visitor does not sign.
    const second = await make.staff([{ role: 'archivist' }])
    const sent = await upload(archivist, `/viewings/visitors/new?item=${item!.number}`, { ...typed, ...visitor })
    const row = await rowOf(sent.url)
    const person = await actorOf(cast.archivist)
    expect((await viewerOf(person, item!, now)).visitor).toBeUndefined()
    const step = await db.approvalStep.findFirstOrThrow({ where: { requestId: row.requestId! } })
    expect(step.role).toBe('archivist')
    await decide(await actorOf(second), kind, subjectOf(row), 'approve', now)
    expect((await viewerOf(person, item!, now)).words).toBe(
      `${cast.archivist.name} ${cast.archivist.number}　陪同 鲁班（蓬莱律师事务所）`,
    )
    expect((await viewerOf(person, other!, now)).visitor).toBeUndefined()
    await recordReading(person, await itemFor(person, item!.number), { way: 'page' })
    const line = await db.itemReading.findFirstOrThrow({ where: { itemId: item!.id } })
    expect(line).toMatchObject({ visitor: '鲁班（蓬莱律师事务所）', viewingId: row.id, staffId: cast.archivist.id })
    expect(await textOf(archivist, `/viewings/register?item=${item!.number}`)).toContain('陪同 鲁班')
    expect((await archivist.visit(sent.url)).$('main').text()).toContain('陪同打开')
  })

  it('what was registered is not exchanged for other items afterwards, even where it came back', async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    const second = await make.staff([{ role: 'archivist' }])
    const sent = await upload(archivist, `/viewings/visitors/new?item=${item!.number}`, { ...typed, ...visitor })
    const row = await rowOf(sent.url)
    await decide(await actorOf(second), kind, subjectOf(row), 'return', now, '请写清哪一条款')
    const { version } = await rowOf(sent.url)
    const values = { ...typed, items: other!.number, version: String(version) }
    const answer = await archivist.submit(`${sent.url}/correction`, values)
    expect(answer.$('.errors').text()).toContain('已经不能修改')
    const held = await db.viewingItem.findMany({ where: { viewingId: row.id }, select: { itemId: true } })
    expect(held).toEqual([{ itemId: item!.id }])
  })

  it('are registered by nobody but who receives applications', async () => {
    expect((await clerk.visit('/viewings/visitors/new')).status).toBe(403)
  })
})

describe('ARC-07: emergency viewing', () => {
  const why = '客户在现场，须立即核对解除条款，负责人出差联系不上'
  const values = { purpose: 'customer_request', reason: why }

  it('opens at once for three hours; supervisor, archivist, keeper and skipped signers are told at once', async () => {
    const [item] = await itemsOf('secret')
    const opened = await clerk.submit(`/viewings/emergency?item=${item!.number}`, values)
    const row = await rowOf(opened.url)
    expect(row).toMatchObject({ emergency: true, state: 'approved', fromAt: now, untilAt: later(3 * hour) })
    const clerkActor = await actorOf(cast.front_desk)
    expect((await itemFor(clerkActor, item!.number)).window).toBe(true)
    moment = later(3 * hour)
    expect((await itemFor(clerkActor, item!.number)).window).toBe(false)
    moment = now
    const told = await db.notice.findMany({
      where: { subject: subjectOf(row) },
      select: { staffId: true, kind: true, urgent: true },
    })
    const has = (person: { id: bigint }, of: string) =>
      told.some((one) => one.staffId === person.id && one.kind === of && one.urgent)
    expect(has(cast.info_supervisor, 'viewing.emergency')).toBe(true)
    expect(has(cast.archivist, 'viewing.emergency')).toBe(true)
    expect(has(cast.dept_head, 'viewing.skipped')).toBe(true)
    expect(has(cast.archivist, 'viewing.skipped')).toBe(true)
    const [item2] = await itemsOf('secret')
    const second = await clerk.submit(`/viewings/emergency?item=${item2!.number}`, values)
    expect(second.$('.errors').text()).toContain(row.number)
    const [top] = await itemsOf('top_secret')
    expect((await clerk.submit(`/viewings/emergency?item=${top!.number}`, values)).$('.errors').text()).toContain(
      '绝密',
    )
    const short = await clerk.submit(`/viewings/emergency?item=${item2!.number}`, { ...values, reason: '急' })
    expect(short.$('.errors').text()).toContain('20 个字')
  })

  it('is reviewed by somebody else: without good grounds it ends, and an incident is recorded', async () => {
    const row = await db.viewing.findFirstOrThrow({
      where: { applicantId: cast.front_desk.id, emergency: true },
      orderBy: { id: 'desc' },
    })
    const clock = { subject: subjectOf(row), kind: 'viewing.review' }
    expect(await db.deadline.findFirst({ where: clock })).toMatchObject({ metAt: null, rule: 'ARC-07' })
    const url = `/viewings/${row.number}/review`
    expect((await clerk.visit(url)).status).toBe(403)
    expect(await textOf(archivist, '/viewings/received')).toContain(row.number)
    const short = await supervisor.submit(url, { verdict: 'unjustified', note: '不急' })
    expect(short.status).toBe(422)
    const done = await supervisor.submit(url, { verdict: 'unjustified', note: '客户并不在现场，可以走正常申请' })
    expect(done.$('main').text()).toContain('不正当')
    expect(await db.viewing.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
      state: 'ended',
      justified: false,
    })
    expect((await db.deadline.findFirstOrThrow({ where: clock })).metAt).toEqual(now)
    expect(await db.incident.count({ where: { customerId: row.customerId, kind: 'overreach' } })).toBe(1)
    const again = await supervisor.submit(url, { verdict: 'justified', note: '已经复核过，再来一次试试' })
    expect(again.$('.errors').text()).toContain('已经复核过')
  })

  it('twenty at once of one person: one opens', async () => {
    const person = await make.staff([{ role: 'front_desk', department: '城东营业部' }])
    await ready(person)
    const actor = await actorOf(person)
    const items = await itemsOf(...Array.from({ length: 20 }, () => 'secret' as const))
    const results = await Promise.allSettled(
      items.map(({ number }) => openInEmergency(actor, { items: [number], purpose: 'service', reason: why }, now)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('ARC-07: the register of viewing', () => {
  it('answers in one click who viewed this customer, and leaves as a file that the trail knows', async () => {
    const [item] = await itemsOf('secret')
    const [elsewhere] = await itemsOf('secret')
    const keeper = await actorOf(cast.archivist)
    for (const one of [item!, elsewhere!])
      await recordReading(keeper, await itemFor(keeper, one.number), { way: 'page' })
    const url = `/viewings/register?customer=${item!.customer.number}`
    const page = await archivist.visit(url)
    expect(page.$('main').text()).toContain(item!.number)
    expect(page.$('main').text()).not.toContain(elsewhere!.number)
    for (const filter of [
      `person=${cast.archivist.number}`,
      `item=${item!.number}`,
      'from=2026-11-24&until=2026-11-24',
    ])
      expect(await textOf(archivist, `/viewings/register?${filter}`)).toContain(item!.number)
    expect(await textOf(archivist, '/viewings/register?from=2026-11-25')).not.toContain(item!.number)
    expect(await textOf(archivist, '/viewings/register?from=gestern')).toContain('日期看不懂')
    const file = await archivist.agent
      .get(`/viewings/register/file?customer=${item!.customer.number}`)
      .set('Host', archivist.host)
    expect(file.text).toContain(item!.title)
    expect(file.text).not.toContain(elsewhere!.number)
    const number = /(E\d{10})/.exec(file.get('Content-Disposition')!)![1]!
    const actions = await db.auditEntry.findMany({
      where: { subject: `export:${number}` },
      select: { action: true },
      orderBy: { id: 'asc' },
    })
    expect(actions.map(({ action }) => action)).toEqual(['viewing.register_exported', 'viewing.register_finished'])
  })

  it('ARC-02: of a classified item the register tells number, mark and viewer, not what it is', async () => {
    const [item] = await itemsOf('confidential')
    const keeper = await actorOf(cast.archivist)
    await recordReading(keeper, await itemFor(keeper, item!.number), { way: 'page' })
    const reader = await make.staff([{ role: 'archivist' }])
    await ready(reader)
    const browser = await signIn(reader)
    const text = await textOf(browser, `/viewings/register?item=${item!.number}`)
    expect(text).toContain(item!.number)
    expect(text).not.toContain(item!.title)
    expect(text).not.toContain(item!.customer.name)
    expect(await textOf(browser, `/viewings/register?customer=${item!.customer.number}`)).not.toContain(item!.number)
    expect(await textOf(supervisor, `/viewings/register?customer=${item!.customer.number}`)).toContain(item!.title)
  })

  it('ARC-19: without an acknowledgement nobody comes to any of it', async () => {
    const person = await make.staff([{ role: 'archivist' }])
    const browser = await signIn(person)
    for (const path of ['/viewings', '/viewings/received', '/viewings/register', '/viewings/new'])
      expect((await browser.agent.get(path).set('Host', browser.host)).get('Location')).toContain('/acknowledgement')
    await pool.query('delete from role_grant where staff_id = $1', [person.id])
  })
})
