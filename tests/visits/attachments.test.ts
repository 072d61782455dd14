import { beforeAll, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { errorsOf, fetchBytes, upload } from '../attachments/desk.ts'
import { signIn } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'

beforeAll(async () => void (await theCast()))

const note = { content: '会谈纪要：先试一批。', name: '纪要.txt' }

it('CUS-16: files of a visit hang on the visit; who sees it opens them, who went adds them, and the trail of its customer tells', async () => {
  const { sales } = await theCast()
  const visit = await aVisit({ startsAt: new Date('2026-11-20T02:00:00Z'), state: 'done' })
  const place = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  await pool.query('update visit set department_id = $2 where id = $1', [visit.id, place])
  const browser = await signIn(sales)
  const all = `/visits/${visit.number}/attachments`
  const sent = await upload(browser, `${all}/new`, note)
  expect(sent.status).toBe(303)
  const file = await db.attachment.findFirstOrThrow({ where: { visitId: visit.id } })
  expect(file).toMatchObject({ customerId: null, complaintId: null, title: '纪要' })
  const page = await browser.visit(`/visits/${visit.number}`)
  expect(page.$('#attachments').text()).toContain('纪要')
  const again = await upload(browser, `${all}/new`, note)
  expect(again.status).toBe(422)

  const [line] = await db.auditEntry.findMany({
    where: { subject: `customer:${visit.customerId}`, action: 'attachment.added' },
  })
  expect(line).toMatchObject({ after: { attachment: '纪要', visit: visit.number, part: `attachment:${file.id}` } })
  const customer = await db.customer.findUniqueOrThrow({ where: { id: visit.customerId! } })
  const history = await browser.visit(`/customers/${customer.number}/history`)
  expect(history.$(`.history a[href="${all}/${file.id}"]`)).toHaveLength(1)
  const rowOf = (shown: typeof history) =>
    shown.$(`.history > li:has(> a[href="/visits/${visit.number}"]) .file-chips a[href="${all}/${file.id}"]`)
  expect(rowOf(history)).toHaveLength(1)
  expect(page.$(`.history .file-chips a[href="${all}/${file.id}"]`).text()).toContain('纪要')
  const filesAlone = await browser.visit(`/customers/${customer.number}/history?kind=attachments`)
  expect(filesAlone.$('.history > li')).toHaveLength(1)
  expect(filesAlone.$('.history').text()).toContain('纪要')

  const reader = await signIn((await theCast()).dept_head)
  const bytes = await fetchBytes(reader, `${all}/${file.id}/versions/1/file`)
  expect((bytes.body as Buffer).toString('utf8')).toBe(note.content)
  expect((await reader.visit(`${all}/new`)).status).toBe(403)
  const stranger = await signIn(await make.staff([{ role: 'sales' }]))
  expect((await stranger.visit(`${all}/${file.id}`)).status).toBe(404)
  expect((await fetchBytes(stranger, `${all}/${file.id}/versions/1/file`)).status).toBe(404)
  expect((await reader.visit(`/customers/${customer.number}/attachments/${file.id}`)).status).toBe(404)
  expect(errorsOf(await browser.visit(`${all}/new`))).toEqual([])

  await browser.submit(`${all}/${file.id}/removal`, { reason: '传错了一份' })
  const later = await browser.visit(`/customers/${customer.number}/history`)
  expect(rowOf(later)).toHaveLength(0)
  expect(later.$(`.history > li > a[href="${all}/${file.id}"]`)).toHaveLength(2)
})
