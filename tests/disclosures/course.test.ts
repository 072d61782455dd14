import { createHash } from 'node:crypto'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fetchPackage, handOver, packDisclosure } from '../../src/disclosures/packing.ts'
import { disclosureFor } from '../../src/disclosures/queries.ts'
import {
  basisOf,
  disclosable,
  handedProblems,
  packProblems,
  periodProblems,
  signaturesOf,
} from '../../src/disclosures/rules.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { dayOf } from '../../src/lib/days.ts'
import { agreed, anItem } from '../support/archive.ts'
import { cardOf, decide } from '../support/approving.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'
import { pagesOf, textOf } from '../support/pdf.ts'
import { aCustomer, content, partner } from './given.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('disclosures')

let people: Cast
let sales: Browser
beforeAll(async () => {
  people = await theCast()
  sales = await signIn(people.sales)
  await agreed(people.info_supervisor, people.sales)
})

const kind = 'archive.disclosure'
const day = (n: number) => dateText(new Date(now().getTime() + n * 86_400_000))
type Customer = Awaited<ReturnType<typeof aCustomer>>
type Values = Record<string, string>

async function ask(customer: Customer, more: Values = {}) {
  const bound = more['agreement'] ?? (await partner()).number
  const page = await sales.submit('/disclosures/new', {
    agreement: bound,
    customer: customer.number,
    purpose: '送货需要联系地址',
    basis: 'contract',
    field_name: 'on',
    field_address: 'on',
    untilOn: day(30),
    ...more,
  })
  if (!page.url.startsWith('/disclosures/DW')) throw new Error(page.$('.errors').text() || `${page.status} ${page.url}`)
  const found = await db.disclosure.findUniqueOrThrow({ where: { number: /DW\d+/.exec(page.url)![0] } })
  return { ...found, subject: `disclosure:${found.id}` }
}
type Asked = Awaited<ReturnType<typeof ask>>
const stateOf = async ({ id }: Asked) => (await db.disclosure.findUniqueOrThrow({ where: { id } })).state
const seen = async ({ number }: Asked, by = people.info_supervisor) => disclosureFor(await actorOf(by), number)
const signedBy = async (asked: Asked, by: { id: bigint }) =>
  decide(await actorOf(by), kind, asked.subject, 'approve', now())

async function approved(customer: Customer, more: Values = {}) {
  const asked = await ask(customer, more)
  await signedBy(asked, people.info_supervisor)
  await signedBy(asked, people.cs_manager)
  return asked
}
const pack = async (asked: Asked, by = people.info_supervisor) => {
  const one = await seen(asked, by)
  return packDisclosure(await actorOf(by), one, one.version, now())
}
const fetch = async (asked: Asked) =>
  (await fetchPackage(await actorOf(people.info_supervisor), await seen(asked), now())).body as Buffer

describe('ARC-15: two approvals, beforehand', () => {
  it('first the supervisor, then the manager; neither alone, neither twice, and nobody else', async () => {
    const asked = await ask(await aCustomer())
    expect(await refusalOf(signedBy(asked, people.cs_manager))).not.toBeNull()
    expect(await refusalOf(signedBy(asked, people.sales))).not.toBeNull()
    expect(await refusalOf(signedBy(asked, people.archivist))).not.toBeNull()
    expect(await signedBy(asked, people.info_supervisor)).toBe('next')
    expect(await stateOf(asked)).toBe('waiting')
    expect(await refusalOf(pack(asked))).toEqual(['ARC-15 disclosures:refused.notApproved'])
    expect(await refusalOf(signedBy(asked, people.info_supervisor))).not.toBeNull()
    expect(await signedBy(asked, people.cs_manager)).toBe('approved')
    expect(await stateOf(asked)).toBe('approved')
    const signed = await db.approvalStep.findMany({
      where: { request: { subject: asked.subject } },
      orderBy: { n: 'asc' },
    })
    expect(signed.map(({ role, decidedById }) => [role, decidedById])).toEqual([
      ['info_supervisor', people.info_supervisor.id],
      ['cs_manager', people.cs_manager.id],
    ])
  })

  it('two who click at the same moment: each signs one step, in the fixed order, and it is approved once', async () => {
    const asked = await ask(await aCustomer())
    const both = () => Promise.allSettled([signedBy(asked, people.cs_manager), signedBy(asked, people.info_supervisor)])
    await both()
    await both()
    expect(await stateOf(asked)).toBe('approved')
    const lines = await db.auditEntry.count({
      where: { subject: `customer:${asked.customerId}`, action: 'disclosure.approved' },
    })
    expect(lines).toBe(1)
  })

  it('the strict reading adds the general manager', () => {
    expect(signaturesOf(false).map(({ role }) => role)).toEqual(['info_supervisor', 'cs_manager'])
    expect(signaturesOf(true).map(({ role }) => role)).toEqual(['info_supervisor', 'cs_manager', 'general_manager'])
  })

  it('the card names fields and items, and no value of any of them', async () => {
    const customer = await aCustomer()
    const item = await anItem(customer, { secrecy: 'confidential', title: '广寒宫租约' })
    await content(item, { bytes: Buffer.from('租约'), name: '租约.txt' })
    await pool.query('update archive_item set keeper_id = $2 where id = $1', [item.id, people.sales.id])
    const asked = await ask(customer, { items: item.number, field_phone: 'on' })
    const card = await cardOf(await actorOf(people.info_supervisor), kind, asked.subject, now())
    const text = JSON.stringify(card)
    expect(text).toContain('电话')
    expect(text).toContain('广寒宫租约')
    expect(text).not.toContain('13800000317')
    expect(text).not.toContain('云外路')
    // Who may not know the item is told its number and mark alone, and not whose it is.
    const outsider = await cardOf(await actorOf(people.auditor), kind, asked.subject, now())
    expect(JSON.stringify(outsider)).toContain(item.number)
    expect(JSON.stringify(outsider)).not.toContain('广寒宫')
    expect(JSON.stringify(outsider)).not.toContain(customer.name)
  })

  it('a value or a content changed while it waits makes it void: nothing is decided about something else', async () => {
    const customer = await aCustomer()
    const asked = await ask(customer)
    await signedBy(asked, people.info_supervisor)
    await pool.query(`update customer set address = '另一处' where id = $1`, [customer.id])
    expect(await signedBy(asked, people.cs_manager)).toBe('void')
    expect(await stateOf(asked)).toBe('returned')
    const item = await anItem(customer)
    await content(item, { bytes: Buffer.from('第一版'), name: 'a.txt' })
    const other = await ask(customer, { items: item.number })
    await content(item, { bytes: Buffer.from('第二版'), name: 'a.txt', n: 2 })
    expect(await signedBy(other, people.info_supervisor)).toBe('void')
    // What is not given out may change as it likes.
    const third = await ask(customer)
    await pool.query(`update customer set phone = '13800000399' where id = $1`, [customer.id])
    expect(await signedBy(third, people.info_supervisor)).toBe('next')
  })

  it('returned, it is corrected and filed anew; refused, it is over', async () => {
    const asked = await ask(await aCustomer())
    await decide(await actorOf(people.info_supervisor), kind, asked.subject, 'return', now(), '请写明期限')
    const page = await sales.visit(`/disclosures/${asked.number}`)
    const way = page.$('main .acts a').attr('href')!
    const form = await sales.visit(way)
    expect(form.$('#f-purpose').text()).toContain('送货需要')
    expect(form.$('[name=field_address]').attr('checked')).toBeDefined()
    const again = await sales.submit('/disclosures/new', { purpose: '送货，期限三十天' }, way)
    const number = /DW\d+/.exec(again.url)![0]
    const { request } = await db.disclosure.findUniqueOrThrow({ where: { number }, include: { request: true } })
    expect(request!.followsId).toBe(asked.requestId)
    const other = await ask(await aCustomer())
    await decide(await actorOf(people.info_supervisor), kind, other.subject, 'refuse', now(), '没有必要')
    expect(await stateOf(other)).toBe('refused')
  })
})

describe('ARC-15, PRV-14: no agreement, no disclosure', () => {
  it('only to a partner who is bound today, and no longer than that', async () => {
    const customer = await aCustomer()
    const [over, short] = [await partner('2020-12-31'), await partner(day(10))]
    const form = await sales.visit('/disclosures/new')
    const offered = form
      .$('#f-agreement option')
      .toArray()
      .map((one) => form.$(one).val())
    expect(offered).toContain(short.number)
    expect(offered).not.toContain(over.number)
    await expect(ask(customer, { agreement: over.number })).rejects.toThrow('没有今天生效的保密协议')
    await expect(ask(customer, { agreement: 'XY404' })).rejects.toThrow('没有今天生效的保密协议')
    await expect(ask(customer, { agreement: short.number, untilOn: day(11) })).rejects.toThrow('保密协议只到')
    await ask(customer, { agreement: short.number, untilOn: day(10) })
  })

  it('ended before the decision, the packing, the download or the handover: refused at each', async () => {
    const end = (number: string, at: Date | null) =>
      pool.query('update agreement set ended_at = $2 where number = $1', [number, at])
    const bound = await partner()
    const asked = await ask(await aCustomer(), { agreement: bound.number })
    const over = ['PRV-14 disclosures:refused.agreementOver']
    await signedBy(asked, people.info_supervisor)
    await end(bound.number, now())
    expect(await refusalOf(signedBy(asked, people.cs_manager))).toEqual(over)
    expect((await cardOf(await actorOf(people.cs_manager), kind, asked.subject, now())).problems).toHaveLength(1)
    await end(bound.number, null)
    await signedBy(asked, people.cs_manager)
    await end(bound.number, now())
    expect(await refusalOf(pack(asked))).toEqual(over)
    await end(bound.number, null)
    await pack(asked)
    await end(bound.number, now())
    expect(await refusalOf(fetch(asked))).toEqual(over)
    const one = await seen(asked)
    const handing = { handedTo: '鹿鸣野 仓管', handedAt: now(), version: one.version }
    const supervisor = await actorOf(people.info_supervisor)
    expect(await refusalOf(handOver(supervisor, one, handing, now()))).toEqual(over)
  })

  it('who packs above internal is bound, too', async () => {
    const customer = await aCustomer()
    const item = await anItem(customer, { secrecy: 'secret' })
    await content(item, { bytes: Buffer.from('账目'), name: '账.txt' })
    const asked = await approved(customer, { items: item.number })
    await pool.query('update agreement set ended_at = $2 where staff_id = $1', [people.archivist.id, now()])
    expect(await refusalOf(pack(asked, people.archivist))).toEqual(['PRV-14 archive:refused.noAgreement'])
    await agreed(people.archivist)
    expect(await refusalOf(pack(asked, people.archivist))).toBeNull()
  })
})

describe('ARC-15: the package', () => {
  it('holds exactly the approved fields and the approved contents, byte by byte, and no more', async () => {
    const customer = await aCustomer()
    const [one, two, left] = [
      await anItem(customer, { title: '供货合同' }),
      await anItem(customer, { title: '送货单' }),
      await anItem(customer, { title: '不在其中的密约' }),
    ]
    const bytes = [Buffer.from('合同第一条 云外\n'.repeat(500)), Buffer.from([0, 1, 2, 255, 254, 0, 10, 13])]
    await content(one, { bytes: Buffer.from('旧版合同不给'), name: '合同.txt' })
    await content(one, { bytes: bytes[0]!, name: '供货合同（终）.txt', n: 2 })
    await content(two, { bytes: bytes[1]!, name: '单.pdf', type: 'application/pdf' })
    await content(left, { bytes: Buffer.from('密约正文绝不外传'), name: '密约.txt' })
    const asked = await approved(customer, { items: `${one.number}, ${two.number}` })
    const { sha256, password } = await pack(asked)
    expect(password).toBeNull()
    const pdf = await fetch(asked)
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256)
    expect((await db.disclosure.findUniqueOrThrow({ where: { id: asked.id } })).packageSha).toBe(sha256)

    const enclosed = await enclosedIn(pdf)
    expect([...enclosed.keys()].toSorted()).toEqual(
      [`${one.number} 供货合同（终）.txt`, `${two.number} 单.pdf`].toSorted(),
    )
    expect(enclosed.get(`${one.number} 供货合同（终）.txt`)!.equals(bytes[0]!)).toBe(true)
    expect(enclosed.get(`${two.number} 单.pdf`)!.equals(bytes[1]!)).toBe(true)

    const text = textOf(pdf).replace(/[\s|]/g, '')
    for (const wanted of [customer.name, '云外路18号', asked.recipient, asked.number, '送货需要联系地址'])
      expect(text).toContain(wanted.replace(/\s/g, ''))
    // A fingerprint takes two lines of its column, whatever stands in the one beside.
    const column = pagesOf(pdf)
      .flat()
      .map((piece) => piece.text.replace(/\s/g, ''))
      .filter((piece) => /^[0-9a-f]{4,}$/.test(piece))
      .join('')
    for (const hash of bytes.map((of) => createHash('sha256').update(of).digest('hex'))) expect(column).toContain(hash)
    for (const unwanted of [
      '13800000317',
      'deer@taoyuan',
      'luming_317',
      '秘而不宣',
      '只欠东风',
      'guanghan',
      '密约',
      '旧版',
    ])
      expect(text).not.toContain(unwanted)
    const raw = await everythingIn(pdf)
    for (const unwanted of ['13800000317', 'luming_317', '密约正文绝不外传', '旧版合同不给', '只欠东风一笔'])
      expect(raw.includes(Buffer.from(unwanted))).toBe(false)
    // The guard of the guard: what is in there is found this way.
    expect(raw.includes(Buffer.from('合同第一条 云外'))).toBe(true)
  })

  it('only fields: nothing is enclosed; only items: no field stands in it', async () => {
    const customer = await aCustomer()
    const fields = await approved(customer, { field_phone: 'on' })
    await pack(fields)
    const pdf = await fetch(fields)
    expect((await enclosedIn(pdf)).size).toBe(0)
    expect(textOf(pdf)).toContain('13800000317')
    const item = await anItem(customer)
    await content(item, { bytes: Buffer.from('只有它'), name: '它.txt' })
    const items = await approved(customer, { items: item.number, field_name: '', field_address: '' })
    await pack(items)
    const other = await fetch(items)
    expect((await enclosedIn(other)).size).toBe(1)
    expect(textOf(other)).not.toContain('云外路')
  })

  it('a change after the approval: neither the old nor the new goes out', async () => {
    const customer = await aCustomer()
    const asked = await approved(customer)
    await pool.query(`update customer set address = '新地址一号' where id = $1`, [customer.id])
    const changed = ['ARC-15 disclosures:refused.changedSince']
    expect(await refusalOf(pack(asked))).toEqual(changed)
    await pool.query(`update customer set address = '云外路18号', remark = '别的改了不要紧' where id = $1`, [
      customer.id,
    ])
    expect(await refusalOf(pack(asked))).toBeNull()
    const item = await anItem(customer)
    await content(item, { bytes: Buffer.from('甲'), name: '甲.txt' })
    const other = await approved(customer, { items: item.number })
    await pool.query(`update archive_item set secrecy = 'secret' where id = $1`, [item.id])
    expect(await refusalOf(pack(other))).toEqual(changed)
    await pool.query(`update archive_item set secrecy = 'internal' where id = $1`, [item.id])
    await content(item, { bytes: Buffer.from('乙'), name: '甲.txt', n: 2 })
    expect(await refusalOf(pack(other))).toEqual(changed)
  })

  it('as an encrypted file it opens with its password alone, which is shown once', async () => {
    const customer = await aCustomer()
    const item = await anItem(customer)
    const bytes = Buffer.from('加密以后也一字不差')
    await content(item, { bytes, name: '密.txt' })
    const asked = await approved(customer, { items: item.number, way: 'encrypted_file' })
    const { password } = await pack(asked)
    expect(password).toMatch(/^\w{12}$/)
    const pdf = await fetch(asked)
    expect(pdf.includes(bytes)).toBe(false)
    await expect(enclosedIn(pdf)).rejects.toThrow(/password/i)
    await expect(enclosedIn(pdf, 'wrong')).rejects.toThrow(/password/i)
    const enclosed = await enclosedIn(pdf, password!)
    expect([...enclosed.values()][0]!.equals(bytes)).toBe(true)
    expect(
      JSON.stringify(await db.auditEntry.findMany({ where: { subject: `customer:${customer.id}` } }), plain),
    ).not.toContain(password)
  })

  it('is made once, by whoever may, however many press at once', async () => {
    const asked = await approved(await aCustomer())
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => pack(asked)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(pack(asked))).toEqual(['ARC-15 disclosures:refused.packedAlready'])
    const manager = await signIn(people.cs_manager)
    expect((await manager.post(`/disclosures/${asked.number}/packing`, {})).status).toBe(403)
    expect((await manager.agent.get(`/disclosures/${asked.number}/package`)).status).toBe(403)
  })

  it('nothing leaves without its lines: packing, each download, and the register of viewing', async () => {
    const customer = await aCustomer()
    const item = await anItem(customer)
    await content(item, { bytes: Buffer.from('登记'), name: '登.txt' })
    const asked = await approved(customer, { items: item.number })
    const lines = async () =>
      (await db.itemReading.findMany({ where: { itemId: item.id } })).map(({ way, n, staffId }) => [way, n, staffId])
    expect(await lines()).toEqual([])
    await pack(asked)
    expect(await lines()).toEqual([['download', 1, people.info_supervisor.id]])
    await fetch(asked)
    expect(await lines()).toHaveLength(2)
    const trail = await db.auditEntry.findMany({
      where: { subject: `customer:${customer.id}` },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action)).toEqual([
      'disclosure.asked',
      'disclosure.approved',
      'disclosure.packed',
      'item.opened',
      'disclosure.fetched',
      'item.opened',
    ])
    expect(JSON.stringify(trail, plain)).not.toContain('云外路')
  })
})

describe('ARC-15: handed over', () => {
  it('to whom and when, once; from then on nobody fetches it', async () => {
    const asked = await approved(await aCustomer())
    const supervisor = await signIn(people.info_supervisor)
    const page = await supervisor.submit(`/disclosures/${asked.number}/packing`, {}, `/disclosures/${asked.number}`)
    expect(page.$('#package').text()).toContain('登记交付')
    const early = await supervisor.submit(`/disclosures/${asked.number}/handover`, {
      handedTo: '鹿鸣野',
      handedAt: '2020-01-01T08:00',
    })
    expect(early.$('.errors').text()).toContain('不能早于制作')
    const done = await supervisor.submit(`/disclosures/${asked.number}/handover`, { handedTo: '鹿鸣野 仓管' })
    expect(done.$('main').text()).toContain('交付给 鹿鸣野 仓管')
    expect(done.$('#package a, #package button')).toHaveLength(0)
    expect(await refusalOf(fetch(asked))).toEqual(['ARC-15 disclosures:refused.handedAlready'])
    const list = await supervisor.visit(`/disclosures?q=${asked.number}`)
    expect(list.$('#list').text()).toContain('已交付')
    const register = await supervisor.agent
      .get('/disclosures/register.pdf')
      .buffer(true)
      .parse(binary as never)
    expect(textOf(register.body as Buffer)).toContain('已交付')
  })

  it('the period is over at midnight by the company’s clock', async () => {
    const base = {
      state: 'approved',
      fromOn: dayOf('2027-03-01'),
      untilOn: dayOf('2027-03-10'),
      handedAt: null,
    } as const
    const reasons = (today: string) => packProblems({ ...base, packedAt: null }, today).map(({ reason }) => reason)
    expect(reasons('2027-02-28')).toEqual(['disclosures:refused.notBegun'])
    expect(reasons('2027-03-01')).toEqual([])
    expect(reasons('2027-03-10')).toEqual([])
    expect(reasons('2027-03-11')).toEqual(['disclosures:refused.over'])
    const at = (ms: number) => new Date(Date.parse('2027-03-05T02:30:40Z') + ms)
    expect(handedProblems(at(0), at(0), at(0))).toEqual([])
    expect(handedProblems(at(1), at(0), at(0))).toHaveLength(1)
    expect(handedProblems(at(-40_000), at(0), at(0))).toEqual([])
    expect(handedProblems(at(-40_001), at(0), at(0))).toHaveLength(1)
  })
})

describe('ARC-15: the application', () => {
  it('says what cannot be, each in its sentence, and keeps what was typed', async () => {
    const customer = await aCustomer()
    const foreign = await anItem(await aCustomer())
    const paper = await anItem(customer)
    const secret = await anItem(customer, { secrecy: 'top_secret', title: '绝密的桃源图' })
    const cases: [Values, string][] = [
      [{ customer: 'K2026999999' }, '没有这位客户'],
      [{ items: foreign.number }, '查不到，不是这位客户的，或你无权'],
      [{ items: secret.number }, '查不到，不是这位客户的，或你无权'],
      [{ items: 'DA2026999999-01' }, '查不到，不是这位客户的，或你无权'],
      [{ items: paper.number }, '没有电子内容'],
      [{ field_name: '', field_address: '' }, '还没有选字段'],
      [{ untilOn: day(-1), fromOn: day(-2) }, '结束的日子已经过去'],
      [{ untilOn: day(400) }, '期间最长 366 天'],
      [{ fromOn: day(3), untilOn: day(2) }, '结束早于开始'],
    ]
    const before = await db.disclosure.count()
    for (const [values, sentence] of cases) await expect(ask(customer, values)).rejects.toThrow(sentence)
    expect(await db.disclosure.count()).toBe(before)
    const page = await sales.submit('/disclosures/new', {
      customer: customer.number,
      purpose: '桃源目的',
      field_phone: 'on',
    })
    expect(page.status).toBe(422)
    expect(page.$('#f-purpose').text()).toContain('桃源目的')
    expect(page.$('[name=field_phone]').attr('checked')).toBeDefined()
  })

  it('is seen by its applicant, those who sign, pack and check, and nobody else', async () => {
    const asked = await ask(await aCustomer())
    const status = async (role: keyof Cast) =>
      (await (await signIn(people[role])).visit(`/disclosures/${asked.number}`)).status
    for (const role of ['sales', 'info_supervisor', 'cs_manager', 'general_manager', 'archivist', 'auditor'] as const)
      expect([role, await status(role)]).toEqual([role, 200])
    for (const role of ['front_desk', 'finance', 'dept_head'] as const)
      expect([role, await status(role)]).toEqual([role, 404])
  })

  it('a period is no longer than the recipient is bound, ever', () => {
    const at = (n: number) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10)
    const days = fc.integer({ min: -5, max: 800 })
    fc.assert(
      fc.property(days, days, days, fc.option(days), (from, until, today, bound) => {
        const problems = periodProblems(
          { fromOn: at(from), untilOn: at(until) },
          at(today),
          bound === null ? null : at(bound),
        )
        const good = until >= from && until >= today && until - from < 366 && (bound === null || until <= bound)
        expect(problems.length === 0).toBe(good)
      }),
    )
  })

  it('any other value or content is another basis', () => {
    const ground = {
      agreement: 'XY1',
      fields: { name: '甲', phone: null },
      items: [{ number: 'DA1', secrecy: 'internal', n: 1, sha256: 'a', gone: false }],
    }
    const base = basisOf(ground)
    expect(basisOf({ ...ground, fields: { phone: null, name: '甲' } })).toBe(base)
    const others = [
      { ...ground, agreement: 'XY2' },
      { ...ground, fields: { name: '乙', phone: null } },
      { ...ground, fields: { name: '甲' } },
      { ...ground, items: [] },
      ...(['n', 'sha256', 'secrecy', 'gone'] as const).map((name) => ({
        ...ground,
        items: [{ ...ground.items[0]!, [name]: name === 'gone' ? true : 2 }],
      })),
    ]
    expect(new Set([base, ...others.map((one) => basisOf(one as typeof ground))]).size).toBe(others.length + 1)
    expect(new Set(disclosable).size).toBe(disclosable.length)
  })
})

const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

function binary(res: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const pieces: Buffer[] = []
  res.on('data', (piece: Buffer) => pieces.push(piece))
  res.on('end', () => done(null, Buffer.concat(pieces)))
}

/** What a reader's list of attachments holds. */
async function enclosedIn(pdf: Buffer, password?: string): Promise<Map<string, Buffer>> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0, ...(password ? { password } : {}) })
  try {
    const doc = await task.promise
    const found = ((await doc.getAttachments()) ?? {}) as Record<string, { filename: string; content: Uint8Array }>
    return new Map(Object.values(found).map(({ filename, content: bytes }) => [filename, Buffer.from(bytes)]))
  } finally {
    await task.destroy()
  }
}

/** Every stream of the file, unpacked, one behind the other. */
async function everythingIn(pdf: Buffer): Promise<Buffer> {
  const { inflateSync } = await import('node:zlib')
  const parts: Buffer[] = [pdf]
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue
    const end = pdf.indexOf('endstream', at)
    try {
      parts.push(inflateSync(pdf.subarray(at + 7, end)))
    } catch {
      parts.push(pdf.subarray(at + 7, end))
    }
  }
  return Buffer.concat(parts)
}
