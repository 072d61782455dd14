import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { json } from '../../src/imports/store.ts'
import { theCast } from '../support/make.ts'
import { rowOf, workbookOf } from '../support/zip.ts'
import { asOwner, importer, receive, start, upload, runImports } from './people.ts'

let actor: Actor
beforeAll(async () => {
  actor = await importer('C90002')
})

const customersOf = (number: string) =>
  asOwner(
    `select c.* from customer c join customer_import i on i.id = c.import_id where i.number = $1 order by c.number`,
    [number],
  )
const findingsOf = async (number: string) => {
  const rows = await asOwner<{ reasons: string[] | null }>(
    `select array(select f->>'reason' from jsonb_array_elements(r.findings) f) as reasons
     from customer_import_row r join customer_import i on i.id = r.import_id where i.number = $1 order by line`,
    [number],
  )
  return rows.map(({ reasons }) => reasons)
}

test('CUS-04, CUS-10, CUS-15: what a row says is kept, each in its place', async () => {
  const { sales } = await theCast()
  const titles =
    '客户名称,简称,联系人,职务,联系电话,手机,邮箱,微信,网址,省份,城市,区县,地址,车牌,归属业务员,成立日期,注册资本,经营范围,备注'
  const row = `瀛洲庚号机电有限公司,瀛机,"林九色、沈望舒",厂长,0571-85559901,13800009901,a@example.cn,ying_zhou,www.example.cn,浙江,杭州,西湖区,望海路12号,浙A12345,${sales.number},1984/6/1,50万元,机电,老客户`
  const number = await upload(actor, `${titles}\n${row}`)
  await runImports()
  expect(await findingsOf(number)).toEqual([[]])
  const [customer] = await customersOf(number)
  expect(customer).toMatchObject({
    name: '瀛洲庚号机电有限公司',
    aliases: ['瀛机'],
    phone: '0571-85559901',
    more_phones: [],
    email: 'a@example.cn',
    wechat: 'ying_zhou',
    website: 'https://www.example.cn',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    division_code: '330106',
    address: '望海路12号',
    plates: ['浙A12345'],
    owner_id: String(sales.id),
    source: 'existing',
    purpose: 'service',
    remark: '老客户',
    details: { foundedOn: '1984-06-01', capital: '50万元', scope: '机电' },
    standing: 'provisional',
    phone_digits: '057185559901 13800009901',
  })
  const contacts = await asOwner('select name, post, phones, main from contact where customer_id = $1 order by id', [
    customer!['id'],
  ])
  expect(contacts).toEqual([
    { name: '林九色', post: '厂长', phones: ['13800009901'], main: true },
    { name: '沈望舒', post: null, phones: [], main: false },
  ])
  // CUS-14: by a contact, an alias or a plate.
  const grams = customer!['grams'] as string[]
  expect(grams).toEqual(expect.arrayContaining(['九色', '瀛机', 'a1']))
})

test('CUS-15: an owner who cannot be one is told, and the customer has none', async () => {
  const { sales, finance } = await theCast()
  const [twin] = await asOwner<{ id: string }>(
    `insert into staff (number, name, pinyin, password_hash) values ('C90091', $1, 'x', 'x') returning id`,
    [sales.name],
  )
  await asOwner(`insert into role_grant (staff_id, role, scope) values ($1, 'sales', 'company')`, [twin!.id])
  const rows = [
    '客户名称,电话,业务员',
    '瀛洲辛号茶业有限公司,13800009911,查无此人',
    `瀛洲壬号茶业有限公司,13800009912,${finance.number}`,
    `瀛洲癸号茶业有限公司,13800009913,${sales.name}`,
  ]
  const number = await upload(actor, rows.join('\n'))
  await runImports()
  expect(await findingsOf(number)).toEqual([
    ['imports:finding.ownerUnknown'],
    ['imports:finding.ownerMayNot'],
    ['imports:finding.ownerAmbiguous'],
  ])
  expect((await customersOf(number)).map((customer) => customer['owner_id'])).toEqual([null, null, null])
  await asOwner(`update staff set name = '试一人' where id = $1`, [twin!.id])
})

test('CUS-04: a row without any way to reach the customer is kept with a warning', async () => {
  const number = await upload(actor, '客户名称\n方丈己号水产有限公司')
  await runImports()
  expect(await findingsOf(number)).toEqual([['customers:finding.reachMissing']])
  expect(await customersOf(number)).toMatchObject([{ standing: 'provisional' }])
})

test('CUS-03: companies with a foreign name only are taken when the importer says there is no Chinese one', async () => {
  const file = '客户名称,电话\nFangzhang Trading Ltd,13800009921'
  const refused = await upload(actor, file)
  const taken = await receive(actor, file)
  await start(actor, taken, { noChineseName: true })
  await runImports()
  expect(await findingsOf(refused)).toEqual([['customers:refused.nameLatin']])
  expect(await customersOf(taken)).toMatchObject([{ no_chinese_name: true }])
})

test('CUS-15: a workbook goes in as a file of text does; formulas and rounded codes are told', async () => {
  const cells = (...texts: string[]) => texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')
  const rows = [
    rowOf('客户名称', '信用代码', '电话', '成立日期'),
    `<row>${cells('蓬壶甲号木业有限公司', '')}<c><v>13800009931</v></c><c s="1"><v>46348</v></c></row>`,
    `<row>${cells('蓬壶乙号木业有限公司', '')}<c><f>VLOOKUP(1,A:B,2)</f></c></row>`,
    `<row>${cells('蓬壶丙号木业有限公司')}<c><v>9.13301001234567E+17</v></c></row>`,
  ]
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
  const number = await upload(actor, workbookOf([{ name: '客户', rows: rows.join('') }], { styles }))
  await runImports()
  expect((await findingsOf(number)).map((some) => some?.filter((reason) => !reason.endsWith('Missing')))).toEqual([
    [],
    ['customers:finding.formulaUnworked'],
    ['customers:refused.codeRounded'],
  ])
  expect(await customersOf(number)).toMatchObject([
    { phone: '13800009931', details: { foundedOn: '2026-11-22' } },
    { phone: null },
  ])
})

test('G-06: hostile text goes in as text', async () => {
  const name = `<img src=x onerror=alert>桃源' drop table customer--有限公司`
  const file = `客户名称,电话,备注\n"${name}",13800009941,"=cmd|' /C calc'!A0\u0007\ud800"`
  const number = await upload(actor, file)
  await runImports()
  const [customer] = await customersOf(number)
  expect(customer).toMatchObject({ name })
  expect(String(customer!['remark'])).toContain("=cmd|' /C calc'!A0")
})

test('half a character and NUL are marked, a written \\u0000 stays what it is', () => {
  const texts = ['\ud800', 'a\0b', '\\u0000', '\\\ud800', '\\\\u0000', '𬭳', '\u0007', '"']
  expect(JSON.parse(json(texts))).toEqual([
    '\uFFFD',
    'a\uFFFDb',
    '\\u0000',
    '\\\uFFFD',
    '\\\\u0000',
    '𬭳',
    '\u0007',
    '"',
  ])
})
