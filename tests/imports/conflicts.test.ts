import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { importFor } from '../../src/imports/queries.ts'
import { rowsOf } from '../../src/imports/rows.ts'
import { sentencesOf } from '../../src/imports/sentences.ts'
import { make, theCast } from '../support/make.ts'
import { asOwner, codeOf, importer, upload, runImports } from './people.ts'

let actor: Actor
beforeAll(async () => {
  actor = await importer('C90003')
})

async function resultsFor(person: Actor, number: string) {
  const record = await importFor(person, number)
  const { rows } = await rowsOf(person, record, {})
  return rows.map((row) => ({ ...row, said: sentencesOf('zh', record.header, row.findings).join(' ') }))
}

test('POOL-01: alike by name or by telephone stays out, until the row says how it differs', async () => {
  const known = await make.customer({}, '扶桑甲号印刷有限公司')
  await asOwner(`update customer set phone = '13800008801', phone_digits = '13800008801' where number = $1`, [
    known.number,
  ])
  const rows = [
    '客户名称,电话,与已有客户的区别',
    '扶桑甲号印刷厂,13800008802,',
    '沧海甲号酒业有限公司,13800008801,',
    '扶桑甲号印刷厂,13800008803,同名，另在城北',
    '沧海乙号酒业有限公司,13800008801,共用一部电话',
  ]
  const number = await upload(actor, rows.join('\n'))
  await runImports()
  const results = await resultsFor(actor, number)
  expect(results.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'warned', 'warned'])
  expect(results[0]!.said).toContain(`疑似客户 ${known.number}：字号和行业相同`)
  expect(results[1]!.said).toContain(`疑似客户 ${known.number}：电话相同`)
  expect(results[2]!.said).toContain('同名，另在城北')
  const trail = await asOwner<{ why: string }>(
    `select why from audit_entry where action = 'customer.imported' and after->>'import' = $1 order by id`,
    [number],
  )
  expect(trail.map(({ why }) => why)).toEqual(['同名，另在城北', '共用一部电话'])
})

test('POOL-01: a certified code belongs to one, whatever the row says', async () => {
  const code = codeOf(11)
  const file = `客户名称,信用代码,电话,区别\n扶桑乙号机电有限公司,${code},13800008811,\n扶桑丙号木业有限公司,${code},13800008812,另一家`
  const number = await upload(actor, file)
  await runImports()
  const results = await resultsFor(actor, number)
  expect(results.map(({ outcome }) => outcome)).toEqual(['imported', 'duplicate'])
  expect(results[1]!.said).toContain('证照代码与客户')
})

test('POOL-01: of a customer out of sight only its stage and owner are told, no number and no name', async () => {
  const { sales } = await theCast()
  const hidden = await make.customer({ department: '城西营业部', ownerId: sales.id }, '扶桑丁号制冷有限公司')
  const [east] = await asOwner<{ id: string }>(`select id from department where name = '城东营业部'`)
  const grants = [
    { role: 'front_desk', scope: 'department', departmentIds: [BigInt(east!.id)], regionIds: [] },
  ] as const
  const desk = { ...(await importer('C90004')), grants }
  const number = await upload(desk, '客户名称,电话\n扶桑丁号制冷有限公司,13800008821', true, { departmentId: east!.id })
  await runImports()
  const [row] = await resultsFor(desk, number)
  expect(row).toMatchObject({ outcome: 'duplicate' })
  expect(row!.said).toContain(`潜在，暂存，归属 ${sales.name}`)
  expect(JSON.stringify(row!.findings)).not.toContain(hidden.number)
  expect((await resultsFor(actor, number))[0]!.said).toContain(hidden.number)
})

test('PRV-02: the file is its bringer’s own; to others telephones and codes in it are masked', async () => {
  const number = await upload(
    actor,
    '客户名称,电话,邮箱,别的\n扶桑戊号陶瓷有限公司,13800008831,a@example.cn,13800008832',
  )
  await runImports()
  expect((await resultsFor(actor, number))[0]!.cells).toEqual([
    '扶桑戊号陶瓷有限公司',
    '13800008831',
    'a@example.cn',
    '13800008832',
  ])
  const other = await importer('C90005')
  expect((await resultsFor(other, number))[0]!.cells).toEqual([
    '扶桑戊号陶瓷有限公司',
    '138****8831',
    'a***@example.cn',
    '***',
  ])
})
