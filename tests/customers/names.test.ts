import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameProblems, normaliseName, soundsLikeOrganisation } from '../../src/customers/names.ts'
import { isRegion, provinceNamed, withoutRegion } from '../../src/customers/places.ts'

const regions = [
  '',
  '浙江省',
  '杭州市',
  '福建省厦门市',
  '大连',
  '恩施州',
  '上海浦东新区',
  '桃江县',
  '大连经济技术开发区',
]
const tradeNames = ['桃源里', '九色鹿', '云梦泽', '青鸾渡', '望海楼台', '一二三', 'TCX']
const lines = ['机电', '冷链物流', '水产', '自来水', '', '塑料制品', '建筑工程']
const forms = [
  '有限公司',
  '（集团）有限责任公司',
  '股份有限公司',
  '厂',
  '店',
  '合作社',
  '(普通合伙)',
  '有限公司分公司',
  '',
]
const company = fc
  .tuple(...[regions, tradeNames, lines, forms].map((of) => fc.constantFrom(...of)))
  .map((parts) => parts.join(''))
const anything = fc.oneof(
  company,
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'浙江省杭州市县区（）()[]厂店有限公司集团分社A/、·. 　12'), maxLength: 20 }),
)

describe('CUS-03: the name as it is kept', () => {
  it.each([
    ['  桃源里 机电有限公司 ', '桃源里机电有限公司'],
    ['桃源里 ( 厦门)机电有限公司', '桃源里（厦门）机电有限公司'],
    ['桃源里[厦门]机电', '桃源里（厦门）机电'],
    ['桃源里便民店（０７）０１２店', '桃源里便民店（07）012店'],
    ['桃源里机电有限公司.', '桃源里机电有限公司'],
    ['桃源里机电有限公司（Taoyuanli Co., Ltd.）', '桃源里机电有限公司(Taoyuanli Co., Ltd.)'],
    ['Taoyuanli Electric Co., Ltd.', 'Taoyuanli Electric Co., Ltd.'],
    ['青鸾•雅渡机电', '青鸾·雅渡机电'],
  ])('%s is shown as %s', (typed, shown) => expect(normaliseName(typed).shown).toBe(shown))

  it('is settled after once', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('organisation', 'person'), (typed, kind) => {
        const once = normaliseName(typed, kind)
        expect(normaliseName(once.shown, kind)).toEqual(once)
      }),
    )
  })

  it('keeps an English name and another name apart', () => {
    expect(normaliseName('桃源里机电有限公司(Taoyuanli Co., Ltd.)')).toMatchObject({
      english: 'Taoyuanli Co., Ltd.',
      core: '桃源里机电',
    })
    expect(normaliseName('望海银行股份有限公司桃江支行(简称:望海银行桃江支行)').alias).toBe('望海银行桃江支行')
    expect(normaliseName('桃源里机电厂（普通合伙）').alias).toBeNull()
  })
})

describe('POOL-01: trade name and line of business', () => {
  it.each([
    ['浙江省杭州市桃源里机电有限公司', '桃源里', '机电'],
    ['桃源里机电股份有限公司', '桃源里', '机电'],
    ['桃源里(大连)机电有限公司', '桃源里', '机电'],
    ['桃源里机电（集团）有限责任公司', '桃源里', '机电'],
    ['桃源里实业集团有限公司', '桃源里', '实业'],
    ['九色鹿冷链物流（中国）有限公司', '九色鹿', '冷链物流'],
    ['恩施土家族苗族自治州云梦泽水产厂', '云梦泽', '水产'],
    ['上海浦东新区青鸾渡大酒店有限公司', '青鸾渡', '大酒店'],
    ['大连经济技术开发区望海塑料制品厂', '望海', '塑料制品'],
    ['桃源里塑料厂(有限公司)', '桃源里', '塑料'],
    ['上海市政工程有限公司', '上海', '市政工程'],
    ['胶北县自来水公司', '胶北', '自来水'],
    ['胶北市第二机械厂', '胶北', '第二机械'],
    ['九色鹿粮油加工厂', '九色鹿', '粮油加工'],
    ['桃源里粮油加工厂', '桃源里', '粮油加工'],
  ])('%s is %s + %s', (name, tradeName, line) => {
    expect(normaliseName(name)).toMatchObject({ tradeName, line, core: tradeName + line })
  })

  it('a branch is another customer than its company and than other branches', () => {
    const core = (name: string) => normaliseName(name).core
    const all = ['望海银行股份有限公司', '望海银行股份有限公司桃江支行', '望海银行股份有限公司青田支行'].map(core)
    expect(new Set(all).size).toBe(3)
    expect(core('桃源里机电有限公司德清分公司')).toBe('桃源里机电德清')
    expect(core('桃源里机电有限公司分公司')).toBe('桃源里机电分公司')
  })

  it.each([
    ['桃源里机电有限公司', '浙江桃源里机电有限责任公司'],
    ['桃源里（杭州）机电有限公司', '桃源里(宁波)机电厂'],
    ['Taoyuanli Electric Co., Ltd.', 'TAOYUANLI ELECTRIC LIMITED'],
  ])('%s and %s have the same core', (one, other) => {
    expect(normaliseName(one).core).toBe(normaliseName(other).core)
  })

  it('a core is never empty, and is made of its parts', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const { shown, core, tradeName, line } = normaliseName(name)
        if (shown !== '') expect(core).not.toBe('')
        expect(core.startsWith(tradeName + line)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('brackets, width and region do not change what a company is compared by', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('桃源里', '九色鹿', '云梦泽'),
        fc.constantFrom('机电', '冷链物流', '水产'),
        (trade, line) => {
          const core = normaliseName(`${trade}${line}有限公司`).core
          for (const region of regions) expect(normaliseName(`${region}${trade}${line}有限公司`).core).toBe(core)
          for (const pair of ['()', '（）', '[]', '【】'])
            expect(normaliseName(`${trade}${pair[0]}厦门${pair[1]}${line}有限公司`).core).toBe(core)
        },
      ),
    )
  })

  it('a person is compared by the name itself', () => {
    expect(normaliseName('林 九色', 'person')).toMatchObject({ shown: '林九色', core: '林九色' })
  })
})

describe('CUS-03: what is refused', () => {
  const reasons = (name: string, kind: 'organisation' | 'person' = 'organisation', stated = {}) =>
    nameProblems(name, kind, stated).map((problem) => problem.reason.replace('customers:refused.', ''))

  it.each([
    ['', ['nameMissing']],
    [' 　', ['nameMissing']],
    ['桃源里机电有限公司/九色鹿冷链物流有限公司', ['nameJoined']],
    ['桃源里机电／九色鹿冷链', ['nameJoined']],
    ['桃源里机电有限公司、九色鹿冷链物流有限公司', ['nameJoined']],
    ['桃源里机电有限公司；九色鹿冷链', ['nameJoined']],
    ['Taoyuanli Electric Co., Ltd.', ['nameLatin']],
    ['Taoyuanli Electric (桃源里机电有限公司)', ['nameReversed']],
    ['桃源\ufffd机电有限公司', ['nameBroken']],
    ['妗冩簮閲屾満鐢佃澶囨湁闄愬叕鍙', ['nameBroken']],
    ['12345', ['nameWordless']],
    ['厂', ['nameTooShort']],
    ['桃'.repeat(121), ['nameTooLong']],
    ['桃'.repeat(120), []],
    ['桃源里机电有限公司', []],
    ['桃源里机电有限公司(Taoyuanli Co., Ltd.)', []],
    ['桃源里TCX电器', []],
    ['桃源里供销社收购、农药门市', []],
    ['桃源里24/7便利店', []],
    ['桃源里机电（原九色鹿/青鸾渡）', []],
    ['9X（中国）', []],
  ])('%s: %j', (name, expected) => expect(reasons(name)).toEqual(expected))

  it('a Latin name alone passes where it is stated that there is no Chinese one', () => {
    expect(reasons('Taoyuanli Fjord A/S', 'organisation', { noChineseName: true })).toEqual([])
  })

  it.each([
    ['林九色', []],
    ['Ottilie Fjordsen', []],
    ['林九色、何一宁', ['nameJoined']],
    ['林九色/何一宁', ['nameJoined']],
  ])('a person %s: %j', (name, expected) => expect(reasons(name, 'person')).toEqual(expected))

  it('says how many names were joined', () => {
    expect(nameProblems('桃源里机电/九色鹿冷链/云梦泽水产', 'organisation')).toEqual([
      { rule: 'CUS-03', reason: 'customers:refused.nameJoined', field: 'name', params: { names: 3 } },
    ])
  })

  it('answers to anything', () => {
    fc.assert(fc.property(anything, (name) => void nameProblems(name, 'organisation')))
  })
})

describe('places', () => {
  it.each([
    ['浙江省杭州市淳安县桃源里机电', '桃源里机电', '淳安'],
    ['恩施州鹤峰桃源里机电', '桃源里机电', '鹤峰'],
    ['青岛市场开发', '市场开发', '青岛'],
    ['东方桃源里机电', '东方桃源里机电', null],
    ['兴业县桃源里机电', '桃源里机电', '兴业'],
    ['嘉兴市王店镇桃源里塑料', '桃源里塑料', '王店'],
    ['九色鹿机电', '九色鹿机电', null],
    ['桃源里机电', '里机电', '桃源'],
  ])('%s without its region is %s', (name, rest, place) => expect(withoutRegion(name)).toEqual({ rest, place }))

  it.each(['中国', '厦门', '福建省厦门市', '上海浦东新区', '香港'])('%s is a region', (text) => {
    expect(isRegion(text)).toBe(true)
  })

  it.each([
    ['江苏', '江苏省'],
    ['广西', '广西壮族自治区'],
    ['内蒙古自治区', '内蒙古自治区'],
    ['北京市', '北京市'],
    ['香港', '香港特别行政区'],
    ['普通合伙', null],
    ['杭州', null],
  ])('the province %s is %s', (text, full) => expect(provinceNamed(text)).toBe(full))

  it.each([
    ['桃源里机电厂', true],
    ['望海银行桃江支行', true],
    ['林九色', false],
  ])('%s sounds like an organisation: %s', (name, sounds) => expect(soundsLikeOrganisation(name)).toBe(sounds))
})
