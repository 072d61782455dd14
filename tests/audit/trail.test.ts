import { beforeAll, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
let auditor: Browser

beforeAll(async () => {
  people = await theCast()
  auditor = await signIn(people.auditor)
})

it('AUD-04: the trail of a person by the hour before a moment, to the minute, on the page and in the file', async () => {
  const person = await make.staff()
  // 15:30 of the company's clock is 07:30 of the universal one.
  const moments = ['06:29:59', '06:30:00', '07:30:59', '07:31:00']
  for (const [n, time] of moments.entries())
    await pool.query(
      `insert into audit_entry (at, kind, actor_id, actor_name, action, subject, after)
       values ($1, 'read', $2, $3, 'customer.opened', 'customer:0', $4)`,
      [`2031-07-08T${time}Z`, person.id, person.name, JSON.stringify({ n })],
    )
  const query = `person=${person.number}&until=2031-07-08&hour=15%3A30`
  const page = await auditor.visit(`/audit?${query}`)
  const details = page
    .$('#list tbody td:nth-child(5)')
    .map((_at, cell) => page.$(cell).text())
    .get()
  expect(details).toEqual(['n: 2', 'n: 1'])
  expect(page.$('.filter').text()).toContain('2031-07-08 15:30 前一小时')
  expect(page.$('.filter a').attr('href')).not.toContain('15%3A30')
  const file = await auditor.agent.get(`/audit/file?${query}&format=csv`).set('Host', auditor.host)
  expect(file.text).toContain('n: 2')
  expect(file.text).not.toContain('n: 3')
  expect((await auditor.visit('/audit?until=2031-07-08&hour=25%3A00')).status).toBe(400)
})

it('AUD-03: an import tells its own history, and a person’s is of changes alone', async () => {
  const { rows } = await pool.query<{ id: string; number: string }>(
    `insert into customer_import (number, file_name, sha256, encoding, header, mapping, state, total, owner_id)
     values ('I19' || lpad((random() * 1e8)::int::text, 8, '0'), '蓬莱客户.csv', 'x', 'utf-8', '{名称}',
       '{"columns": ["name"], "kind": "organisation"}', 'done', 3, $1) returning id, number`,
    [people.cs_manager.id],
  )
  const { id, number } = rows[0]!
  const line = (kind: string, action: string, subject: string, after: object) =>
    pool.query(
      `insert into audit_entry (at, kind, actor_id, actor_name, action, subject, after)
       values ('2031-07-08T07:30:00Z', $1::audit_kind, $2, $3, $4, $5, $6)`,
      [kind, people.cs_manager.id, people.cs_manager.name, action, subject, JSON.stringify(after)],
    )
  await line('change', 'import.uploaded', `import:${id}`, { number, fileName: '蓬莱客户.csv', rows: 3 })
  await line('change', 'import.batch_done', `import:${id}`, { imported: 3 })
  await line('change', 'import.finished', `import:${id}`, { total: 3, imported: 2, warned: 0, duplicates: 1 })
  await line('read', 'import.rows_downloaded', `import:${id}`, { outcome: 'all' })
  const page = await auditor.visit(`/imports/${number}`)
  const items = page
    .$('.history li')
    .map((_at, item) => page.$(item).text().replace(/\s+/g, ' '))
    .get()
  expect(items).toHaveLength(3)
  expect(items[0]).toContain('下载了导入的行')
  expect(items[1]).toMatch(/完成了导入.*3 行，导入 2 行/)
  expect(items[2]).toMatch(/上传了导入文件.*蓬莱客户\.csv/)

  const person = await make.staff()
  await line('change', 'staff.suspended', `staff:${person.id}`, { state: 'suspended' })
  await line('access', 'session.started', `staff:${person.id}`, {})
  const history = (await auditor.visit(`/staff/${person.number}`)).$('.history li')
  expect(history).toHaveLength(1)
})

it('CMP-03: an auditor complained about finds no line of that case, on the page, in the file or by its number', async () => {
  const own = await make.staff([{ role: 'auditor' }])
  const [about, plain] = [await aComplaint({ accused: [own.id] }), await aComplaint()]
  const line = (subject: string, after: object) =>
    pool.query(
      `insert into audit_entry (at, kind, actor_name, action, subject, after)
       values ('2031-09-08T07:30:00Z', 'change', '系统', 'complaint.corrected', $1, $2)`,
      [subject, JSON.stringify(after)],
    )
  for (const { id, number } of [about, plain]) await line(`complaint:${id}`, { n: number })
  await line('complaints:0123456789abcdef', { outcomes: [about.number, plain.number] })
  const query = 'from=2031-09-08&until=2031-09-08'
  const seenBy = async (browser: Browser) => {
    const page = await browser.visit(`/audit?${query}`)
    const file = await browser.agent.get(`/audit/file?${query}&format=csv`).set('Host', browser.host)
    return { rows: page.$('#list tbody tr').length, texts: [page.$('#list').text(), file.text] }
  }
  const [others, ones] = [await seenBy(auditor), await seenBy(await signIn(own))]
  expect([others.rows, ones.rows]).toEqual([3, 2])
  for (const text of others.texts) expect(text).toContain(about.number)
  for (const text of ones.texts) {
    expect(text).toContain(plain.number)
    expect(text).not.toContain(about.number)
    expect(text).not.toContain(`complaint:${about.id}`)
  }
  const rowsOf = async (browser: Browser, { number }: { number: string }) =>
    (await browser.visit(`/audit?subject=${number}`)).$('#list tbody tr').length
  expect(await rowsOf(auditor, about)).toBeGreaterThan(0)
  expect(await rowsOf(await signIn(own), about)).toBe(0)
  expect(await rowsOf(await signIn(own), plain)).toBeGreaterThan(0)
})
