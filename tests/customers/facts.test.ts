import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factColumns, factsOf, identityOf, isEmail, websiteOf, type Facts } from '../../src/customers/facts.ts'
import { factProblems } from '../../src/customers/fact-problems.ts'
import { correctionForms, newCustomerForm } from '../../src/customers/forms.ts'
import { factsWith } from '../support/make.ts'

const problemsOf = (more: Partial<Facts>) =>
  factProblems(factsWith(more)).map(({ rule, reason, field }) => `${rule} ${reason.split('.')[1]} (${field})`)

describe('CUS-03: names and codes', () => {
  // GB 32100-2015 §5 and GB 11643-1999 §4.3 give these two as their examples.
  it.each<[string, Partial<Facts>, string[]]>([
    ['the code in GB 32100', { code: '91350100M000100Y43' }, []],
    ['one character of it wrong', { code: '91350100M000100Y44' }, ['CUS-03 codeCheckDigit (code)']],
    ['one character missing', { code: '91350100M000100Y4' }, ['CUS-03 codeLength (code)']],
    ['letters that no code has', { code: '91350100M0001O0Y43' }, ['CUS-03 codeCharacters (code)']],
    ['the ID in GB 11643, for a person', { kind: 'person', name: '林九色', code: '11010519491231002X' }, []],
    [
      'one digit of it wrong',
      { kind: 'person', name: '林九色', code: '11010519491231003X' },
      ['CUS-03 codeCheckDigit (code)'],
    ],
    ['the ID of a person for an organisation', { code: '11010519491231002X' }, ['CUS-03 codeOfPerson (code)']],
    [
      'the code of an organisation for a person',
      { kind: 'person', name: '林九色', code: '91350100M000100Y43' },
      ['CUS-03 codeOfOrganisation (code)'],
    ],
    ['a Chinese name with its English one', { name: '广寒宫制冷有限公司(Moon Palace Ltd)' }, []],
    ['an English name alone', { name: 'Moon Palace Ltd' }, ['CUS-03 nameLatin (name)']],
    ['an English name where there is no other', { name: 'Moon Palace Ltd', noChineseName: true }, []],
    ['the English name first', { name: 'Moon Palace(广寒宫制冷有限公司)' }, ['CUS-03 nameReversed (name)']],
    ['two names in one', { name: '桃花渡轴承厂/桃花渡机械厂' }, ['CUS-03 nameJoined (name)']],
  ])('%s', (_, facts, expected) => expect(problemsOf(facts)).toEqual(expected))
})

describe('CUS-04: what is needed, and how it is written', () => {
  const unreached = { address: null } satisfies Partial<Facts>

  it.each<[string, Partial<Facts>, string[]]>([
    ['reached by address', {}, []],
    ['reached by telephone', { ...unreached, phone: '19900001234' }, []],
    ['reached by e-mail', { ...unreached, email: 'lin@example.cn' }, []],
    ['reached by WeChat', { ...unreached, wechat: 'jiuselu_88' }, []],
    ['a website alone reaches nobody', { ...unreached, website: 'www.example.cn' }, ['CUS-04 reachMissing (phone)']],
    [
      'nothing at all',
      { ...unreached, name: '', source: null, purpose: null },
      [
        'CUS-04 nameMissing (name)',
        'CUS-04 reachMissing (phone)',
        'CUS-04 sourceMissing (source)',
        'CUS-04 purposeMissing (purpose)',
      ],
    ],
    ['two telephones', { phone: '19900001234、0571-85550123' }, []],
    ['a telephone too short', { phone: '1990000123' }, ['CUS-04 phoneLength (phone)']],
    ['words for a telephone', { phone: '问前台' }, ['CUS-04 phoneUnknown (phone)']],
    ['an e-mail without a place', { email: 'lin@' }, ['CUS-04 emailForm (email)']],
    ['a website that runs something', { website: 'javascript:alert(1)' }, ['CUS-04 websiteForm (website)']],
  ])('%s', (_, facts, expected) => expect(problemsOf(facts)).toEqual(expected))

  it.each([
    ['www.example.cn', 'https://www.example.cn'],
    ['http://example.cn/关于', 'http://example.cn/%E5%85%B3%E4%BA%8E'],
    ['example.cn:8080/a', 'https://example.cn:8080/a'],
    ['https://user@example.cn', null],
    ['ftp://example.cn', null],
    ['广寒宫', null],
  ])('the website %s is %s', (typed, kept) => expect(websiteOf(typed)).toBe(kept))

  it.each([
    ['lin.jiuse@example.cn', true],
    ['林@例子.中国', true],
    ['a@b', false],
    ['a b@example.cn', false],
    ['a@example.cn,b@example.cn', false],
  ])('%s as an e-mail address: %s', (typed, fit) => expect(isEmail(typed)).toBe(fit))
})

describe('CUS-02, CUS-10, CUS-14: relation, places, other names and plates', () => {
  it.each<[string, Partial<Facts>, string[]]>([
    ['a cooperating party of no kind', { relation: 'cooperating' }, ['CUS-02 cooperationMissing (cooperation)']],
    ['a cooperating bank', { relation: 'cooperating', cooperation: 'bank' }, []],
    ['a place that is there', { province: '浙江', city: '杭州', district: '西湖' }, []],
    ['no such province', { province: '蓬莱' }, ['CUS-10 provinceUnknown (province)']],
    ['a city of another province', { province: '浙江省', city: '南京市' }, ['CUS-10 cityUnknown (city)']],
    ['ten other names', { aliases: Array.from({ length: 10 }, (_, at) => `别名${at}`).join('、') }, []],
    [
      'eleven other names',
      { aliases: Array.from({ length: 11 }, (_, at) => `别名${at}`).join('、') },
      ['CUS-14 aliases (aliases)'],
    ],
    ['plates as people write them', { plates: '浙a·12345，浙AD12345' }, []],
    ['no plate', { plates: '一辆面包车' }, ['CUS-14 plateForm (plates)']],
  ])('%s', (_, facts, expected) => expect(problemsOf(facts)).toEqual(expected))
})

describe('what is kept', () => {
  it('is tidied: names, places, telephones, plates, e-mail', () => {
    const kept = factColumns(
      factsWith({
        name: ' 广寒宫（杭州）制冷有限公司 ',
        phone: '199 0000 1234, 0571 85550123',
        email: 'Lin@Example.CN',
        city: '杭州',
        plates: '浙a·12345',
        aliases: '广寒；月宫、广寒',
      }),
    )
    expect(kept).toMatchObject({
      phone: '19900001234',
      morePhones: ['0571-85550123'],
      email: 'lin@example.cn',
      province: '浙江省',
      city: '杭州市',
      divisionCode: '330100',
      plates: ['浙A12345'],
      aliases: ['广寒', '月宫'],
    })
  })

  it('a business customer has no kind of cooperation, whatever was chosen before', () => {
    expect(factColumns(factsWith({ relation: 'business', cooperation: 'bank' })).cooperation).toBeNull()
  })

  it('comes back from the form as it is: saving what one sees changes nothing', () => {
    const some = fc.record({
      phone: fc.constantFrom(null, '19900001234', '0571 85550123、13800001234'),
      aliases: fc.constantFrom(null, '广寒, 月宫', '桂子'),
      plates: fc.constantFrom(null, '浙a12345；浙AD12345'),
      website: fc.constantFrom(null, 'www.example.cn', 'https://example.cn/a/'),
      city: fc.constantFrom(null, '杭州', '宁波市'),
    })
    fc.assert(
      fc.property(some, (more) => {
        const once = factColumns(factsWith(more))
        expect(factColumns({ ...factsWith(), ...factsOf(once) })).toEqual(once)
      }),
    )
  })

  it('POOL-01: is compared by name, certified code and every telephone', () => {
    const facts = factsWith({
      name: '广寒宫制冷有限公司',
      code: '91350100M000100Y43',
      phone: '19900001234、0571-85550123',
    })
    expect(identityOf(facts)).toMatchObject({
      kind: 'organisation',
      code: { kind: 'uscc', value: '91350100M000100Y43' },
      phones: ['19900001234', '057185550123'],
    })
  })
})

describe('the forms', () => {
  it('the sections together hold every fact of a new customer, each once', () => {
    const { identity, reach, background } = correctionForms
    const own = [identity, reach, background].flatMap((section) => Object.keys(section.shape))
    const shared = new Set(['distinction', 'version', 'way', 'wayNote'])
    const facts = own.filter((name) => !shared.has(name))
    expect(new Set(facts).size).toBe(facts.length)
    const whole = Object.keys(newCustomerForm.shape).filter(
      (name) => !['departmentId', 'regionId', 'distinction'].includes(name),
    )
    expect(facts.toSorted()).toEqual(whole.toSorted())
  })

  it.each(['id', 'number', 'ownerId', 'standing', 'life', 'version', 'createdById', 'withdrawnAt'])(
    'no new customer brings its own %s',
    (name) => {
      const typed = { name: '广寒宫', kind: 'organisation', relation: 'business', [name]: '1' }
      expect(newCustomerForm.safeParse(typed).success).toBe(false)
    },
  )
})
