import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { readSheet } from '../../src/sheets/reading.ts'
import { Readable } from 'node:stream'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { theCast } from '../support/make.ts'

let people: Cast
let auditor: Browser
const day = '2031-05-06'

beforeAll(async () => {
  people = await theCast()
  auditor = await signIn(people.auditor)
  await pool.query(
    `insert into audit_entry (at, kind, actor_id, actor_name, action, subject, after, why)
     values ('2031-05-05T15:59:59Z', 'change', $1, $2, 'customer.corrected', 'customer:0', '{"name": "前一天"}', null),
       ('2031-05-05T16:00:00Z', 'change', $1, $2, 'customer.corrected', 'customer:0', '{"phone": "13800000317"}', '=1+1'),
       ('2031-05-06T15:59:59Z', 'read', $1, $2, 'customer.opened', 'customer:0', null, null),
       ('2031-05-06T16:00:00Z', 'read', $1, $2, 'customer.opened', 'customer:0', null, null)`,
    [people.sales.id, people.sales.name],
  )
})

const fetched = async (query: string) => {
  const response = await auditor.agent
    .get(`/audit/file?${query}`)
    .set('Host', auditor.host)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', () => done(null, Buffer.concat(parts)))
    })
  return { status: response.status, name: response.get('Content-Disposition'), body: response.body as Buffer }
}

describe('AUD-02: the filtered trail', () => {
  it('AUD-02: is shown by days of the company’s clock, first and last included, and kept while paging', async () => {
    const { $ } = await auditor.visit(`/audit?from=${day}&until=${day}`)
    expect($('#list tbody tr')).toHaveLength(2)
    expect($('#from-day').attr('value')).toBe(day)
    expect($('a[download]').first().attr('href')).toContain(`from=${day}`)
    expect((await auditor.visit(`/audit?from=${day}&until=${day}&kind=read`)).$('#list tbody tr')).toHaveLength(1)
    expect((await auditor.visit('/audit?from=2031-02-30')).status).toBe(400)
  })

  it('AUD-02: leaves as CSV, masked as on the page, with nothing a spreadsheet would run, and is itself recorded', async () => {
    const { status, name, body } = await fetched(`from=${day}&until=${day}&format=csv`)
    expect(status).toBe(200)
    expect(name).toMatch(/trail-\d{12}\.csv/)
    const rows = body.toString('utf8').trimEnd().split('\r\n')
    expect(rows).toHaveLength(4)
    expect(rows[0]).toBe('\uFEFF时间,人员,类别,事项,对象,内容,地址,请求')
    expect(rows.join()).not.toContain('13800000317')
    expect(rows[2]).toContain(`'=1+1; phone: 138****0317`)
    expect(rows[3]).toContain(people.auditor.number)
    const lines = await db.auditEntry.findMany({
      where: { actorId: people.auditor.id, action: { in: ['trail.exported', 'trail.export_finished'] } },
      orderBy: { id: 'desc' },
      take: 2,
    })
    expect(lines).toMatchObject([
      { kind: 'read', after: { rows: 2 } },
      { kind: 'read', after: { format: 'csv', from: day, until: day } },
    ])
  })

  it('AUD-02: leaves as a workbook with the same rows', async () => {
    const { body } = await fetched(`from=${day}&until=${day}`)
    const sheet = await readSheet(Readable.from([body]), { filename: 'trail.xlsx', isHeader: () => true })
    expect(sheet.header).toHaveLength(8)
    expect(sheet.header[1]).toBe('人员')
  })

  it('PPL-01: only whoever audits takes it out', async () => {
    for (const person of [people.security_admin, people.info_supervisor, people.general_manager])
      expect((await (await signIn(person)).visit('/audit/file')).status).toBe(403)
  })
})
