import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeHeader, mappingProblems, suggestMapping, type Mapping } from '../../src/customers/intake/columns.ts'
import { judgeRow, type IntakeOptions } from '../../src/customers/intake/intake.ts'

// Invented: the check character is right, the company does not exist.
const uscc = '91330100MA0TAYLMN1'
const header = ['企业名称', '统一社会信用代码', '所在省份', '地区', '注册地址', '电话']
const mapping = suggestMapping(header)

/** Any UTF-16 at all, broken pairs and controls included. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units))

const judge = (cells: Partial<Record<(typeof header)[number], string>>, options?: IntakeOptions) => {
  const row: Record<string, string> = { 企业名称: '桃源里机电有限公司', 注册地址: '望海路12号', ...cells }
  const judged = judgeRow(
    header.map((title) => row[title] ?? ''),
    mapping,
    options,
  )
  const told = (findings: typeof judged.problems) =>
    findings.map(({ reason, column }) => `${column === null ? 'row' : header[column]} ${reason.split('.')[1]}`)
  return { ...judged, problems: told(judged.problems), warnings: told(judged.warnings) }
}

describe('CUS-15: what a column holds', () => {
  it.each([
    [
      ['企业名称', '统一社会信用代码', '注册日期', '企业类型', '注册资金', '经营范围', '所在省份', '地区', '注册地址'],
      ['name', 'code', 'registeredOn', 'companyType', 'capital', 'scope', 'province', 'city', 'address'],
    ],
    [
      ['序号', '*客户名称（必填）', '名称', '联系人', '手机', '固定电话', '传真'],
      [null, 'name', null, 'contact', 'phone', 'phone', null],
    ],
    [
      ['单位', '税号', '地址', '联系地址', '归属业务员', '备注'],
      ['name', 'code', 'address', null, 'owner', 'remark'],
    ],
    [
      ['Name', 'Phone', 'Address'],
      ['name', 'phone', 'address'],
    ],
    [
      ['甲方企业名称', '法人身份证号码', '主要联系电话'],
      ['name', 'code', 'phone'],
    ],
    [
      ['产品名称', '数量'],
      [null, null],
    ],
  ])('%j', (titles, fields) => expect(suggestMapping(titles)).toEqual(fields))

  it('knows a header from a title and from a row', () => {
    expect(looksLikeHeader(header)).toBe(true)
    expect(looksLikeHeader(['客户信息表', '', ''])).toBe(false)
    expect(looksLikeHeader(['桃源里机电有限公司', uscc, '浙江'])).toBe(false)
  })

  it('a mapping needs one name, and each field once', () => {
    expect(mappingProblems(['name', 'phone', 'phone', null])).toEqual([])
    expect(mappingProblems(['phone', null]).map((problem) => problem.reason)).toEqual([
      'customers:refused.mappingNameless',
    ])
    expect(mappingProblems(['name', 'name', 'address', 'address']).map((problem) => problem.field)).toEqual([
      'name',
      'address',
    ])
  })
})

describe('CUS-15: what becomes of a row', () => {
  it('a good row is kept as it is', () => {
    const good = judge({ 统一社会信用代码: uscc, 所在省份: '浙江', 地区: '杭州', 电话: '0571-85550123' })
    expect(good).toMatchObject({
      problems: [],
      warnings: [],
      fields: {
        name: { shown: '桃源里机电有限公司', core: '桃源里机电' },
        kind: 'organisation',
        code: { kind: 'uscc', value: uscc },
        phones: [{ shown: '0571-85550123' }],
        province: '浙江省',
        city: '杭州市',
        divisionCode: '330100',
        address: '望海路12号',
      },
    })
  })

  it.each([
    ['a lower-case code is put right', { 统一社会信用代码: uscc.toLowerCase() }, []],
    [
      'half-width brackets and spaces are put right',
      { 企业名称: '桃源里 (厦门) 机电有限公司', 统一社会信用代码: uscc },
      [],
    ],
    [
      'an old registration number is kept',
      { 统一社会信用代码: '3300002100001' },
      ['统一社会信用代码 codeOldRegistration'],
    ],
    ['no code', { 统一社会信用代码: 'N/A' }, ['统一社会信用代码 codeMissing']],
    ['no address', { 统一社会信用代码: uscc, 注册地址: 'N/A', 电话: '13800001234' }, ['注册地址 addressMissing']],
    [
      'no way to reach it',
      { 统一社会信用代码: uscc, 注册地址: 'N/A' },
      ['注册地址 addressMissing', 'row reachMissing'],
    ],
    ['an address that is only a province', { 统一社会信用代码: uscc, 注册地址: '陕西省' }, ['注册地址 addressVague']],
    ['a village is an address', { 统一社会信用代码: uscc, 注册地址: '淳安县王阜乡桃源村' }, []],
    [
      'a damaged address is kept',
      { 统一社会信用代码: uscc, 注册地址: '桃江县\ue5e5山镇望海路3号' },
      ['注册地址 addressDamaged'],
    ],
    [
      'a lost address is left out',
      { 统一社会信用代码: uscc, 注册地址: '\ufffd\ufffd\ufffd', 电话: '13800001234' },
      ['注册地址 addressBroken'],
    ],
    ['a province that is none', { 统一社会信用代码: uscc, 所在省份: '普通合伙' }, ['所在省份 provinceUnknown']],
    ['a city that is none', { 统一社会信用代码: uscc, 地区: '50(万)' }, ['地区 cityUnknown']],
    ['a city that is no more', { 统一社会信用代码: uscc, 所在省份: '上海', 地区: '闸北' }, ['地区 placeUnlisted']],
    ['a formula never worked out', { 统一社会信用代码: uscc, 电话: '#FORMULA!' }, ['电话 formulaUnworked']],
    ['a formula that went wrong', { 统一社会信用代码: uscc, 电话: '#REF!' }, ['电话 formulaError']],
    ['a full stop after the name', { 企业名称: '桃源里机电厂.', 统一社会信用代码: uscc }, ['企业名称 nameTidied']],
    [
      'a rare character typed by other means',
      { 企业名称: '桃源里\ue863机电厂', 统一社会信用代码: uscc },
      ['企业名称 nameRare'],
    ],
    [
      'a bracket without its other half',
      { 企业名称: '桃源里（厦门机电厂', 统一社会信用代码: uscc },
      ['企业名称 nameUnpaired'],
    ],
    ['a phone that cannot be read', { 统一社会信用代码: uscc, 电话: '13800001234/同上' }, ['电话 phoneUnread']],
    ['a phone that became a number', { 统一社会信用代码: uscc, 电话: '1.38E+10' }, ['电话 phoneRounded']],
    ['numbers kept as text by a spreadsheet', { 统一社会信用代码: `="${uscc}"`, 电话: "'057185550123" }, []],
  ])('kept: %s', (_, cells, warnings) => expect(judge(cells)).toMatchObject({ problems: [], warnings }))

  it.each([
    ['no name', { 企业名称: ' N/A ' }, ['企业名称 nameMissing']],
    ['two names', { 企业名称: '桃源里机电有限公司/九色鹿冷链有限公司' }, ['企业名称 nameJoined']],
    ['a Latin name', { 企业名称: 'Taoyuanli Co., Ltd.' }, ['企业名称 nameLatin']],
    ['a name with holes', { 企业名称: '桃源\ufffd机电有限公司' }, ['企业名称 nameBroken']],
    ['a wrong check digit', { 统一社会信用代码: `${uscc.slice(0, 17)}2` }, ['统一社会信用代码 codeCheckDigit']],
    ['a code that became a number', { 统一社会信用代码: '9.1330100E+17' }, ['统一社会信用代码 codeRounded']],
    ['words for a code', { 统一社会信用代码: '正在办理' }, ['统一社会信用代码 codeCharacters']],
    [
      'a code that cannot be read',
      { 统一社会信用代码: '\ufffd\ufffd\ufffd\ufffd' },
      ['统一社会信用代码 codeCharacters'],
    ],
    ['cells one column too far', { 统一社会信用代码: '望海路12号', 所在省份: uscc }, ['所在省份 rowShifted']],
    ['an endless address', { 注册地址: '望'.repeat(201) }, ['注册地址 addressTooLong']],
  ])('rejected: %s', (_, cells, problems) => expect(judge(cells).problems).toEqual(problems))

  it('a row of rubbish has one reason, not six', () => {
    const lost = '\ufffd\ufffd\u07b9\ufffd˾'
    const judged = judge({ 企业名称: lost, 统一社会信用代码: lost, 所在省份: uscc, 地区: lost, 注册地址: lost })
    expect(judged).toMatchObject({ problems: ['row rowBroken'], warnings: [] })
  })

  it('rows longer or shorter than the header are told', () => {
    const row = ['桃源里机电有限公司', uscc, '浙江', '杭州', '望海路12号', '']
    expect(judgeRow([...row, '', ' '], mapping)).toMatchObject({ problems: [], warnings: [] })
    expect(judgeRow([...row, '多'], mapping).problems).toMatchObject([
      { reason: 'customers:refused.rowLong', params: { cells: 7, columns: 6 } },
    ])
    expect(judgeRow(row.slice(0, 5), mapping).warnings).toMatchObject([{ reason: 'customers:finding.rowShort' }])
  })

  it('a Latin name passes when the importing person states that there is no Chinese one', () => {
    expect(
      judge({ 企业名称: 'Taoyuanli Co., Ltd.', 统一社会信用代码: uscc }, { noChineseName: true }).problems,
    ).toEqual([])
  })

  it('a resident ID makes a person of a name, and is refused on a company', () => {
    const codes = Array.from('0123456789X', (check) => `33010019900228001${check}`)
    const people = codes.map((code) => judge({ 企业名称: '林九色', 统一社会信用代码: code }))
    const person = people.find((judged) => judged.fields.code?.kind === 'resident_id')!
    expect(person.fields.kind).toBe('person')
    expect(person.problems).toEqual([])
    expect(judge({ 统一社会信用代码: person.fields.code!.value }).problems).toEqual(['统一社会信用代码 codeOfPerson'])
  })

  it.each([
    ['个人', 'person', []],
    ['企业客户', 'organisation', []],
    ['VIP', 'organisation', ['customers:finding.kindUnknown']],
    ['', 'organisation', []],
  ])('the kind column says %s', (text, kind, warnings) => {
    const judged = judgeRow(['林九色工作室', text, '13800001234'], ['name', 'kind', 'phone'])
    expect(judged.fields.kind).toBe(kind)
    expect(judged.warnings.map((warning) => warning.reason)).toEqual(warnings)
  })

  it('two phone columns are both read, each number once', () => {
    const judged = judgeRow(['桃源里机电厂', '13800001234', '138 0000 1234、0571-85550123'], ['name', 'phone', 'phone'])
    expect(judged.fields.phones.map((phone) => phone.shown)).toEqual(['13800001234', '0571-85550123'])
  })

  it('every other column has a home, and what has none is told', () => {
    const texts: [Mapping[number], string][] = [
      ['name', '桃源里机电有限公司（桃源里机电行）'],
      ['alias', '桃机、老桃源'],
      ['phone', '0571-85550123'],
      ['phone', '13800001234'],
      ['contact', '林九色、沈望舒'],
      ['post', '厂长'],
      ['email', 'A@Example.CN；b@example.cn；不是邮箱'],
      ['wechat', 'taoyuan_li'],
      ['website', 'www.example.cn'],
      ['plate', '浙a12345/看不懂'],
      ['district', '西湖区'],
      ['city', '杭州'],
      ['owner', '陆停云'],
      ['registeredOn', '1984年6月1日'],
      ['companyType', '有限责任公司'],
      ['capital', '50万元'],
      ['scope', '机电'],
      ['remark', '老客户'],
      ['remark', '季付'],
      ['distinction', '另一家'],
    ]
    const { fields, warnings, problems } = judgeRow(
      texts.map(([, text]) => text),
      texts.map(([field]) => field),
    )
    expect(problems).toEqual([])
    expect(warnings.map(({ reason }) => reason.split('.')[1]).toSorted()).toEqual(['emailUnread', 'plateUnread'])
    expect(fields).toMatchObject({
      aliases: ['桃机', '老桃源', '桃源里机电行'],
      contacts: ['林九色', '沈望舒'],
      post: '厂长',
      email: 'a@example.cn',
      secondEmail: 'b@example.cn',
      wechat: 'taoyuan_li',
      website: 'https://www.example.cn',
      plates: ['浙A12345'],
      province: '浙江省',
      city: '杭州市',
      district: '西湖区',
      divisionCode: '330106',
      owner: '陆停云',
      remark: '老客户；季付',
      distinction: '另一家',
      details: { foundedOn: '1984-06-01', companyType: '有限责任公司', capital: '50万元', scope: '机电' },
    })
  })

  it.each([
    ['post', '厂长', 'postAlone'],
    ['email', 'a@example.cn b@example.cn', 'emailsTooMany'],
    ['website', 'javascript:alert(1)', 'websiteUnread'],
    ['alias', '很'.repeat(61), 'aliasesTooMany'],
    ['remark', '长'.repeat(2001), 'textCut'],
    ['phone', Array.from({ length: 9 }, (_, at) => `1380000123${at}`).join('/'), 'phonesTooMany'],
    ['contact', '林'.repeat(61), 'contactsTooMany'],
    ['contact', '12345', 'contactUnread'],
  ] as const)('what of %s cannot be kept is told', (field, text, finding) => {
    const { warnings } = judgeRow(['桃源里机电有限公司', text, '望海路12号'], ['name', field, 'address'])
    expect(warnings.map(({ reason }) => reason)).toContain(`customers:finding.${finding}`)
  })

  it('PRV-02: a telephone that cannot be read is not told in full', () => {
    const { warnings } = judgeRow(['桃源里机电有限公司', '138000012345678901'], ['name', 'phone'])
    expect(JSON.stringify(warnings)).not.toContain('0000')
  })

  it('a foreign name stands alone only for organisations whose importer says so', () => {
    const judged = (name: string, noChineseName: boolean) => judgeRow([name], ['name'], { noChineseName }).fields
    expect(judged('Taoyuanli Co., Ltd.', true).noChineseName).toBe(true)
    expect(judged('桃源里机电有限公司', true).noChineseName).toBe(false)
  })

  it('answers to anything, and refuses what has no name', () => {
    const cells = fc.array(anyText, { maxLength: 9 })
    fc.assert(
      fc.property(cells, (row) => {
        const judged = judgeRow(row, mapping)
        if (judged.problems.length === 0) expect(judged.fields.name.core).not.toBe('')
        expect(JSON.stringify(judged.fields)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      { numRuns: 300 },
    )
  })

  it('takes no longer for a hostile row', () => {
    const started = performance.now()
    const long = [
      '（'.repeat(30_000),
      '9'.repeat(30_000),
      '浙'.repeat(30_000),
      '市'.repeat(30_000),
      '镇'.repeat(30_000),
      '0 '.repeat(15_000),
    ]
    judgeRow(long, mapping)
    judgeRow(
      long.map(() => '桃源里（'.repeat(7_000)),
      mapping,
    )
    judgeRow(
      long.map(() => '公司（集团）'.repeat(5_000)),
      mapping,
    )
    judgeRow(
      long.map(() => '县'.repeat(30_000)),
      mapping,
    )
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})
