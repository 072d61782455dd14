import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { bytesOf, errorsOf, fetchBytes, upload } from '../attachments/desk.ts'
import { pdfOf, pictureOf } from '../files/samples.ts'
import { aComplaint } from '../support/complaints.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { load } from 'cheerio'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
let manager: Browser
beforeAll(async () => {
  people = await theCast()
  manager = await signIn(people.cs_manager)
})

const lastOf = (complaintId: bigint) =>
  db.attachment.findFirstOrThrow({ where: { complaintId }, orderBy: { id: 'desc' } })
const linesOf = (id: bigint) =>
  db.auditEntry.findMany({
    where: { subject: `complaint:${id}`, action: { startsWith: 'attachment.' } },
    orderBy: { id: 'asc' },
  })

async function withFile(content: Buffer, name: string, more: Parameters<typeof aComplaint>[0] = {}) {
  const complaint = await aComplaint(more)
  const home = `/complaints/${complaint.number}`
  const answer = await upload(manager, `${home}/attachments/new`, { content, name }, { note: '现场' })
  if (answer.status !== 303) throw new Error(errorsOf({ $: load(answer.text) }).join(' '))
  return { complaint, home, place: `${home}/attachments/${(await lastOf(complaint.id)).id}`, content }
}

describe('the files of a complaint', () => {
  it('AUD-01: one is taken, stands on the page and in the history, and comes back byte by byte', async () => {
    const { complaint, home, place, content } = await withFile(pdfOf('温度记录'), '温度记录 1121.pdf')
    const { $ } = await manager.visit(home)
    expect($('#attachments').text()).toContain('温度记录 1121')
    expect($(`#history a[href="${place}"]`).text()).toContain('温度记录 1121')
    expect(bytesOf(await fetchBytes(manager, `${place}/versions/1/file`)).equals(content)).toBe(true)
    const lines = await linesOf(complaint.id)
    expect(lines.map(({ action, kind }) => `${kind} ${action}`)).toEqual([
      'change attachment.added',
      'read attachment.opened',
    ])
    expect((await manager.visit(`${home}/history?kind=attachments`)).$('.history').text()).toContain('上传附件')
  })

  it('a newer version, another title, removal: the same as with a customer', async () => {
    const { complaint, home, place } = await withFile(await pictureOf('png', 40, 30, '#101317'), '三号库门缝.png')
    const newer = await upload(manager, `${place}/versions/new`, {
      content: await pictureOf('png', 40, 30, '#202327'),
      name: '三号库门缝 02.png',
    })
    expect(newer.status).toBe(303)
    await manager.submit(`${place}/correction`, { title: '门缝照片' })
    await manager.submit(`${place}/removal`, { reason: '传错了' })
    expect((await manager.visit(`${home}/attachments`)).$('table').text()).toContain('已移除')
    expect((await linesOf(complaint.id)).map(({ action }) => action)).toEqual(
      ['added', 'renewed', 'corrected', 'removed'].map((act) => `attachment.${act}`),
    )
    expect((await manager.visit(home)).$('#attachments').text()).not.toContain('门缝照片')
  })

  it('CUS-16: refused with its reason: none, another content under a name, the same twice', async () => {
    const { home } = await withFile(pdfOf('一'), '一.pdf')
    for (const [file, said] of [
      [{ content: '不是 PDF', name: '假.pdf' }, ''],
      [{ content: pdfOf('一'), name: '又一.pdf' }, '同样内容'],
    ] as const) {
      const answer = await upload(manager, `${home}/attachments/new`, file)
      expect(answer.status).toBe(422)
      expect(errorsOf({ $: load(answer.text) }).join(' ')).toContain(said)
    }
  })

  it('belongs to one host: not reached by the number of another, or of a customer', async () => {
    const { place } = await withFile(pdfOf('二'), '二.pdf')
    const id = place.split('/').at(-1)
    const other = await aComplaint()
    const customer = await make.customer()
    expect((await manager.visit(`/complaints/${other.number}/attachments/${id}`)).status).toBe(404)
    expect((await manager.visit(`/customers/${customer.number}/attachments/${id}`)).status).toBe(404)
    await expect(
      pool.query('insert into attachment (title, created_at) values ($1, $2)', ['无主', '2026-11-24T02:40:00Z']),
    ).rejects.toThrow('attachment_of_one')
  })

  it('CMP-03: whom it is about gets no byte; who only reads adds nothing', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const { complaint, home, place } = await withFile(pdfOf('三'), '三.pdf', { accused: [person.id] })
    const ways = [`${home}/attachments`, place, `${place}/versions/1/file`, `${place}/versions/1/pdf`]
    const accused = await signIn(person)
    for (const way of [...ways, `${home}/attachments/new`]) expect((await accused.visit(way)).status, way).toBe(404)
    const auditor = await signIn(people.auditor)
    for (const way of ways) expect((await fetchBytes(auditor, way)).status, way).toBe(200)
    for (const form of [`${home}/attachments/new`, `${place}/versions/new`, `${place}/correction`, `${place}/removal`])
      expect((await auditor.visit(form)).status, form).toBe(403)
    expect((await auditor.visit(home)).$('#attachments .more a')).toHaveLength(0)
    expect((await linesOf(complaint.id)).filter(({ actorId }) => actorId === person.id)).toEqual([])
  })
})
