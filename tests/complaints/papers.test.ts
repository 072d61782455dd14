import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { inCourse } from '../../src/complaints/papers/course.ts'
import { db, pool } from '../../src/db.ts'
import { bytesOf, fetchBytes } from '../attachments/desk.ts'
import { fillComplaint } from '../support/complaint-filled.ts'
import { aComplaint } from '../support/complaints.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { pagesOf, textOf } from '../support/pdf.ts'

let people: Cast
let manager: Browser
beforeAll(async () => {
  people = await theCast()
  manager = await signIn(people.cs_manager)
})

async function printed(number: string, kind: 'card' | 'form' | 'report', browser = manager) {
  const answer = await fetchBytes(browser, `/complaints/${number}/${kind}.pdf`)
  const pdf = bytesOf(answer)
  return {
    status: answer.status,
    pdf,
    type: answer.get('content-type'),
    text: answer.status === 200 ? textOf(pdf) : '',
  }
}
const printsOf = (id: bigint) =>
  db.auditEntry.findMany({ where: { subject: `complaint:${id}`, action: 'complaint.printed' }, orderBy: { id: 'asc' } })

it('CMP-20, CMP-01: the record card says all that was taken, the phone masked, and has room to sign', async () => {
  const accused = await make.staff()
  const customer = await make.customer()
  const complaint = await aComplaint({
    customerId: customer.id,
    phone: '13800000317',
    phoneDigits: '13800000317',
    product: '冷库门 LK-3',
    claim: '7860.00',
    hazard: true,
    accused: [accused.id],
  })
  const { pdf, type, text } = await printed(complaint.number, 'card')
  expect(type).toBe('application/pdf')
  const said = [
    complaint.title,
    complaint.what,
    '当天派人到场',
    '鹿鸣野',
    '138****0317',
    customer.name,
    '7,860.00',
    'LK-3',
  ]
  const edges = ['投诉记录卡', complaint.number, '内部', people.cs_manager.name, '第 1 页', '签字', '处理部门意见']
  for (const part of [...said, ...edges, accused.name, '人身、火、气、电险情']) expect(text).toContain(part)
  expect(text).not.toContain('13800000317')
  const [line] = await printsOf(complaint.id)
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  expect(line).toMatchObject({ kind: 'read', actorId: people.cs_manager.id, after: { paper: 'card', sha256 } })
})

it('CMP-20: the handling form has judgement, remedy and sum, signatures, contacts and closing', async () => {
  const complaint = await aComplaint()
  await fillComplaint(complaint.id, people.cs_manager.id)
  const { text } = await printed(complaint.number, 'form')
  const signed = `${people.cs_manager.name} 代`
  const parts = [
    '处理方案，第 1 轮',
    '8,340.00',
    signed,
    '告知进展',
    '法务',
    '应急会议',
    '320.50',
    '预防',
    '结案',
    '客户评分 4 分',
  ]
  for (const part of parts) expect(text).toContain(part)
  expect(text).toContain('一般 → 重要 · 上调：封条型号装错。')
})

it('CMP-17: what somebody is to pay is not on the form of whoever may not see it', async () => {
  const [{ id: departmentId }] = (
    await pool.query<{ id: string }>(`select id from department where name = '城东营业部'`)
  ).rows as [{ id: string }]
  const complaint = await aComplaint({ departmentId: BigInt(departmentId) })
  await fillComplaint(complaint.id, people.cs_manager.id)
  const { status, text } = await printed(complaint.number, 'form', await signIn(people.front_desk))
  expect(status).toBe(200)
  for (const secret of ['责任认定', '320.50', '99.25']) expect(text).not.toContain(secret)
})

it('CMP-20, CMP-09: the investigation report prints where there is one, and only there', async () => {
  const complaint = await aComplaint()
  expect((await printed(complaint.number, 'report')).status).toBe(404)
  expect(await printsOf(complaint.id)).toEqual([])
  await fillComplaint(complaint.id, people.cs_manager.id, '封条型号装错，师傅没有核对。')
  const { text } = await printed(complaint.number, 'report')
  for (const part of ['调查报告', '事情经过', '责任人', '对策', '预防', '封条型号装错，师傅没有核对。', '安装维修质量'])
    expect(text).toContain(part)
  await pool.query(`update investigation_report set state = 'draft', finished_at = null where complaint_id = $1`, [
    complaint.id,
  ])
  expect((await printed(complaint.number, 'report')).text).toContain('起草中，不是最后的文本')
})

it('CMP-20: thirty contacts and long texts go over pages, each with its number', async () => {
  const complaint = await aComplaint({ what: '冷库门漏风。'.repeat(600) })
  await fillComplaint(complaint.id, people.cs_manager.id, '换装加厚封条，夜间留人测温。'.repeat(20), 30)
  const { pdf, text } = await printed(complaint.number, 'form')
  const pages = pagesOf(pdf).length
  expect(pages).toBeGreaterThan(5)
  expect(text).toContain(`第 ${pages} 页，共 ${pages} 页`)
})

it('CMP-20: a complaint of which nothing is known but its matter prints, and says what is missing', async () => {
  const complaint = await aComplaint({ anonymous: true, complainant: null, wants: null })
  const { text } = await printed(complaint.number, 'form')
  for (const part of ['匿名', '还没有判定', '没有记录', '总经理']) expect(text).toContain(part)
})

it('CMP-26: the ways to complain stand on every paper', async () => {
  const complaint = await aComplaint()
  await fillComplaint(complaint.id, people.cs_manager.id)
  await pool.query(`update company set complaint_phone = '400-000-0317', complaint_person = '沈既白'`)
  for (const kind of ['card', 'form', 'report'] as const) {
    const { text } = await printed(complaint.number, kind)
    expect(text, kind).toContain('400-000-0317')
    expect(text, kind).toContain('沈既白')
  }
  await pool.query('update company set complaint_phone = null, complaint_person = null')
  expect((await printed(complaint.number, 'card')).text).toContain('还没有公布投诉渠道')
})

it('CMP-03: nothing is printed for whom the complaint is about, nor for who may not print', async () => {
  const person = await make.staff([{ role: 'cs_manager' }])
  const complaint = await aComplaint({ accused: [person.id] })
  await fillComplaint(complaint.id, people.cs_manager.id)
  const [accused, auditor] = [await signIn(person), await signIn(people.auditor)]
  for (const kind of ['card', 'form', 'report'] as const) {
    expect((await printed(complaint.number, kind, accused)).status).toBe(404)
    expect((await printed(complaint.number, kind, auditor)).status).toBe(403)
  }
  expect(await printsOf(complaint.id)).toEqual([])
  const { $ } = await manager.visit(`/complaints/${complaint.number}`)
  for (const kind of ['card', 'form', 'report'])
    expect($(`a[href="/complaints/${complaint.number}/${kind}.pdf"]`)).toHaveLength(1)
  const seen = await auditor.visit(`/complaints/${complaint.number}`)
  expect(seen.$('a[href$=".pdf"]')).toHaveLength(0)
})

describe('CMP-20: the course on the handling form', () => {
  const at = (time: string) => ({ at: new Date(`2026-11-23T${time}Z`), time })
  const orderOf = (...times: string[]) =>
    inCourse(times.map(at))
      .toSorted((one, other) => one.place - other.place)
      .map(({ time }) => time)

  it('CMP-20: what is known to the minute stands behind the step before it, in the same minute only', () => {
    expect(orderOf('02:10:41.000', '02:10:00.000', '02:10:50.000')).toEqual([
      '02:10:41.000',
      '02:10:00.000',
      '02:10:50.000',
    ])
    expect(orderOf('02:10:41.000', '02:09:00.000')).toEqual(['02:09:00.000', '02:10:41.000'])
  })
})
