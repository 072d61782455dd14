import { load } from 'cheerio'
import { beforeAll, describe, expect, it } from 'vitest'
import { judgeComplaint } from '../../src/complaints/judging/commands.ts'
import { saveReport } from '../../src/complaints/investigations/commands.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
let west: bigint
let head: Browser
let manager: Browser
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  west = (await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })).id
  head = await signIn(people.dept_head)
  manager = await signIn(people.cs_manager)
})

/** The conflict screen: each row's three columns, and its form as a browser would send it. */
function screenOf({ status, text }: { status: number; text: string }) {
  const $ = load(text)
  const rows = $('.conflict tbody tr')
    .toArray()
    .map((row) => [
      $(row).find('th').text(),
      ...$(row)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text().trim()),
    ])
  const form = $('form:has(input[name=version])')
  const sent = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]))
  return { status, rows, sent, text: $('main').text(), rules: $('main [data-rule]').length, forms: form.length }
}

const progress = (at: string) => manager.submit(`${at}/progress`, { text: '配件明天到货。' })
const judgement = { verdict: 'founded', reasonable: 'yes', judgement: '封条型号装错，与客户说的一致。' }
const trailOf = async ({ id }: { id: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: `complaint:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )

describe('two write the same report', () => {
  it('CMP-09: whoever saves second sees the three columns, chooses field by field, and nothing typed is lost', async () => {
    const complaint = await aComplaint({ departmentId: east, state: 'investigating' })
    const at = `/complaints/${complaint.number}/investigation`
    await head.submit(at, { course: '门不严。', cause: '待查。', step: 'save' })
    const opened = await head.fieldsOf(at)
    await manager.submit(at, { course: '主管写的经过。', causeKind: 'workmanship', step: 'save' })
    const mine = { ...opened, course: '我写的经过。\r\n第二行。', conclusion: '我写的结论。', step: 'save' }
    const screen = screenOf(await head.post(at, mine))
    expect(screen).toMatchObject({ status: 409, forms: 1 })
    expect(screen.text).toContain(people.cs_manager.name)
    expect(screen.rows).toEqual([
      ['经过', '门不严。', '主管写的经过。', '我写的经过。\n第二行。'],
      ['原因类别', '（空）', expect.not.stringContaining('workmanship'), expect.stringContaining('你没有改')],
      ['结论', '（空）', '（空）', '我写的结论。'],
    ])
    // As preselected: mine where I wrote, theirs where only they did.
    expect((await head.post(at, screen.sent)).status).toBe(303)
    const report = await db.investigationReport.findFirstOrThrow({ where: { complaintId: complaint.id } })
    expect(report).toMatchObject({
      course: '我写的经过。\n第二行。',
      causeKind: 'workmanship',
      cause: '待查。',
      conclusion: '我写的结论。',
      version: 3,
    })
    expect((await trailOf(complaint)).filter((action) => action === 'complaint.report_saved')).toHaveLength(3)
  })

  it('CMP-09: another act on the complaint is no conflict of its report, nor are two who wrote the same', async () => {
    const complaint = await aComplaint({ departmentId: east, state: 'investigating', ownerId: people.dept_head.id })
    const at = `/complaints/${complaint.number}`
    const opened = await head.fieldsOf(`${at}/investigation`)
    await progress(at)
    expect((await head.post(`${at}/investigation`, { ...opened, course: '经过一。', step: 'save' })).status).toBe(303)
    const same = { ...opened, ...(await manager.fieldsOf(`${at}/investigation`)), version: '0', step: 'save' }
    expect((await manager.post(`${at}/investigation`, same)).status).toBe(303)
  })

  it('CMP-09: finished by another meanwhile, what was typed stands beside it and can be copied, with why and no button', async () => {
    const complaint = await aComplaint({ departmentId: east, state: 'investigating' })
    const at = `/complaints/${complaint.number}/investigation`
    const opened = await head.fieldsOf(at)
    const whole = {
      course: '别人的经过。',
      causeKind: 'workmanship' as const,
      cause: '型号装错。',
      responsible: [],
      responsibleText: '安装组',
      conclusion: '属实。',
      countermeasure: '换装。',
      prevention: '核对型号。',
      step: 'finish' as const,
      version: 0,
    }
    await saveReport(await actorOf(people.cs_manager), complaint.id, whole, now())
    const screen = screenOf(await head.post(at, { ...opened, course: '我写了半天的经过。', step: 'save' }))
    expect(screen).toMatchObject({ status: 409, forms: 0 })
    expect(screen.rows[0]).toEqual(['经过', '（空）', '别人的经过。', '我写了半天的经过。'])
    expect(screen.text).toContain('可以抄走')
    expect(screen.text).toContain('CMP-07')
    expect((await db.investigationReport.findFirstOrThrow({ where: { complaintId: complaint.id } })).course).toBe(
      '别人的经过。',
    )
  })
})

describe('two judge', () => {
  const opening = async (more = {}) => {
    const complaint = await aComplaint({ departmentId: east, ownerId: people.dept_head.id, ...more })
    const at = `/complaints/${complaint.number}`
    const opened = await manager.fieldsOf(`${at}/judgement`)
    const sent = { ...opened, ...judgement, kind: 'repair_quality', departmentId: String(east) }
    return { complaint, at, sent }
  }

  it('CMP-07: what another set in the same fields is chosen; the reason written goes along', async () => {
    const { complaint, at, sent } = await opening()
    await manager.submit(`${at}/correction`, { kind: 'service_quality' })
    await manager.submit(`${at}/assignment`, { departmentId: String(west), ownerId: '', reason: '城西的车。' })
    const screen = screenOf(await manager.post(`${at}/judgement`, sent))
    expect(screen.status).toBe(409)
    expect(screen.rows.map(([label, before, theirs]) => [label, before, theirs])).toEqual([
      ['类别', '维修质量', '服务质量'],
      ['责任部门', '城东营业部', '城西营业部'],
    ])
    expect((await manager.post(`${at}/judgement`, screen.sent)).status).toBe(303)
    expect(await complaintNow(complaint)).toMatchObject({
      state: 'investigating',
      kind: 'service_quality',
      departmentId: west,
      judgement: judgement.judgement,
    })
  })

  it('CMP-07: an entry of progress meanwhile is no conflict', async () => {
    const { complaint, at, sent } = await opening()
    await progress(at)
    expect((await manager.post(`${at}/judgement`, sent)).status).toBe(303)
    expect((await complaintNow(complaint)).state).toBe('investigating')
  })

  it('CMP-07: judged by another meanwhile, both judgements stand beside each other and the first one holds', async () => {
    const { complaint, at, sent } = await opening()
    const other = {
      verdict: 'unfounded' as const,
      reasonable: false,
      kind: 'repair_quality' as const,
      departmentId: east,
      judgement: '现场看过，门是好的。',
      version: complaint.version,
    }
    await judgeComplaint(await actorOf(people.cs_manager), complaint.id, other, now())
    const screen = screenOf(await manager.post(`${at}/judgement`, sent))
    expect(screen).toMatchObject({ status: 409, forms: 0 })
    expect(screen.rows.map(([label, , theirs, mine]) => [label, theirs, mine])).toEqual([
      ['判定', '不成立', '成立'],
      ['要求是否合理', '不合理', '合理'],
      ['判定理由', '现场看过，门是好的。', judgement.judgement],
    ])
    expect((await complaintNow(complaint)).founded).toBe(false)
  })
})

describe('two write the same remedy', () => {
  const proposing = () => aComplaint({ departmentId: east, ownerId: people.dept_head.id, state: 'proposing' })
  const item = (text: string, amount = '') => ({ kind1: 'visit', text1: text, amount1: amount })

  it('CMP-10: row by row the three columns; what was chosen is saved on top of the newest', async () => {
    const complaint = await proposing()
    const at = `/complaints/${complaint.number}/remedy`
    const opened = await head.fieldsOf(at)
    await manager.submit(at, { ...item('主管派人上门', '200'), reason: '先止损。', act: 'draft' })
    const screen = screenOf(
      await head.post(at, { ...opened, ...item('我派两个人上门', '500'), reason: '', act: 'draft' }),
    )
    expect(screen.status).toBe(409)
    expect(screen.rows.map(([label, before, theirs, mine]) => [label, before, theirs, mine])).toEqual([
      [expect.stringContaining('1'), '（空）', '主管派人上门', '我派两个人上门'],
      [expect.stringContaining('1'), '（空）', '200.00', '500.00'],
      ['理由', '（空）', '先止损。', expect.stringContaining('你没有改')],
    ])
    expect((await head.post(at, { ...screen.sent, amount1: '200.00' })).status).toBe(303)
    const [remedy] = await db.remedy.findMany({ where: { complaintId: complaint.id }, include: { items: true } })
    expect([remedy!.reason, remedy!.items.map(({ text, amount }) => [text, amount.toFixed(2)])]).toEqual([
      '先止损。',
      [['我派两个人上门', '200.00']],
    ])
  })

  it('CMP-10: progress entered meanwhile is no conflict', async () => {
    const complaint = await proposing()
    const at = `/complaints/${complaint.number}`
    const opened = await head.fieldsOf(`${at}/remedy`)
    await progress(at)
    const kept = await head.post(`${at}/remedy`, { ...opened, ...item('上门'), reason: '', act: 'draft' })
    expect(kept.status).toBe(303)
  })

  it('CMP-10: a form that came back refused neither overwrites what another kept meanwhile, nor quarrels with itself', async () => {
    const complaint = await proposing()
    const at = `/complaints/${complaint.number}/remedy`
    const opened = await head.fieldsOf(at)
    await manager.submit(at, { ...item('主管派人上门'), reason: '先止损。', act: 'draft' })
    const unread = await head.post(at, { ...opened, ...item('我派人上门', '八千'), reason: '', act: 'draft' })
    expect(unread.status).toBe(422)
    const { sent } = screenOf(unread)
    expect((await head.post(at, { ...sent, amount1: '800', act: 'draft' })).status).toBe(409)
    const again = screenOf(await head.post(at, { ...(await head.fieldsOf(at)), reason: '', act: 'submit' }))
    expect([again.status, again.text.includes('CMP-10')]).toEqual([422, true])
    expect((await head.post(at, { ...again.sent, reason: '写了理由。', act: 'submit' })).status).toBe(303)
    expect((await complaintNow(complaint)).state).toBe('approving')
    const late = screenOf(await head.post(at, { ...opened, ...item('迟到的方案'), reason: '', act: 'draft' }))
    expect([late.status, late.forms]).toEqual([409, 0])
    expect(late.rows.flat()).toContain('迟到的方案')
  })
})

describe('two give the department’s opinion', () => {
  it('CMP-01: the three columns where the opinion was written meanwhile, and none where something else was done', async () => {
    const complaint = await aComplaint({ departmentId: east, ownerId: people.dept_head.id, state: 'investigating' })
    const at = `/complaints/${complaint.number}`
    const opened = await head.fieldsOf(`${at}/opinion`)
    await progress(at)
    expect((await head.post(`${at}/opinion`, { ...opened, opinion: '同意赔偿。' })).status).toBe(303)
    const screen = screenOf(
      await manager.post(`${at}/opinion`, { ...(await sentBy(manager, at)), opinion: '不同意。' }),
    )
    expect(screen.rows).toEqual([['处理部门意见', '（空）', '同意赔偿。', '不同意。']])
    expect((await manager.post(`${at}/opinion`, screen.sent)).status).toBe(303)
    expect((await complaintNow(complaint)).opinion).toBe('不同意。')
  })

  const sentBy = async (browser: Browser, at: string) => {
    const fields = await browser.fieldsOf(`${at}/opinion`)
    // As if opened before the other one wrote.
    return { ...fields, version: String(Number(fields['version']) - 1) }
  }
})
