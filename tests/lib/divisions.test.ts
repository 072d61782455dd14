import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divisionsWithin, findDivision, places, type Place } from '../../src/lib/divisions.ts'

const find = (full: string) => places.find((place) => place.full === full)
const typed = (province: string | null, city: string | null, district: string | null) =>
  findDivision({ province, city, district })

function ownNames(place: Place) {
  const names = { province: null as string | null, city: null as string | null, district: null as string | null }
  const fieldOf = { province: 'province', city: 'city', county: 'district' } as const
  for (let step: Place | null = place; step; step = step.within) names[fieldOf[step.level]] = step.full
  return names
}

it('CUS-10: knows provinces, cities and counties, each inside the one above', () => {
  expect(places.filter((place) => place.level === 'province')).toHaveLength(34)
  expect(find('淳安县')?.within?.full).toBe('杭州市')
  expect(find('杭州市')?.within?.full).toBe('浙江省')
  expect(find('浦东新区')?.within?.full).toBe('上海市')
})

it.each([
  ['恩施土家族苗族自治州', '恩施'],
  ['积石山保安族东乡族撒拉族自治县', '积石山'],
  ['新疆维吾尔自治区', '新疆'],
  ['浦东新区', '浦东'],
  ['和县', '和县'],
  ['香港特别行政区', '香港'],
])('%s is also called %s', (full, bare) => expect(find(full)?.bare).toBe(bare))

describe('CUS-10: the codes of GB/T 2260', () => {
  it.each([
    ['北京市', '110000'],
    ['杭州市', '330100'],
    ['淳安县', '330127'],
    ['浦东新区', '310115'],
    ['绿园区', '220106'],
    ['城口县', '500229'],
    ['仙桃市', '429004'],
    ['恩施土家族苗族自治州', '422800'],
    ['台湾省', '710000'],
    ['香港特别行政区', '810000'],
    ['澳门特别行政区', '820000'],
  ])('%s is %s', (full, code) => expect(find(full)?.code).toBe(code))

  it('are six digits, nine for the towns of a city without counties, and begin with the code above', () => {
    for (const { full, code, within } of places) {
      expect(code, full).toMatch(/^\d{6}(?:\d{3})?$/)
      if (within) expect(code.startsWith(within.code.replace(/(?:00)+$/, '')), full).toBe(true)
    }
  })

  it('belong to one division each', () => {
    const listed = places.filter(({ within }) => within?.full !== '台湾省').map(({ code }) => code)
    expect(new Set(listed).size).toBe(listed.length)
  })
})

describe('CUS-10: finding what was typed', () => {
  it('finds every place by its own full names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), (place) => {
        const names = ownNames(place)
        expect(findDivision(names)).toEqual({ ...names, code: place.code.slice(0, 6) })
      }),
      { numRuns: 4000 },
    )
  })

  it('what it answers finds itself again', () => {
    const part = fc.option(fc.constantFrom(...places.flatMap(({ full, bare }) => [full, bare])))
    fc.assert(
      fc.property(part, part, part, (province, city, district) => {
        const first = typed(province, city, district)
        if ('unknown' in first) return
        expect(findDivision(first)).toEqual(first)
      }),
      { numRuns: 2000 },
    )
  })

  it.each<[string | null, string | null, string | null, string]>([
    ['浙江', '杭州', '西湖', '浙江省 杭州市 西湖区 330106'],
    [' 浙江 ', '杭 州', null, '浙江省 杭州市 - 330100'],
    ['北京', '北京', '朝阳', '北京市 - 朝阳区 110105'],
    ['北京市', '市辖区', '朝阳区', '北京市 - 朝阳区 110105'],
    ['重庆市', '县', '城口县', '重庆市 - 城口县 500229'],
    [null, '上海', '浦东', '上海市 - 浦东新区 310115'],
    [null, '杭州', null, '浙江省 杭州市 - 330100'],
    [null, null, '淳安县', '浙江省 杭州市 淳安县 330127'],
    ['吉林', '吉林', null, '吉林省 吉林市 - 220200'],
    ['辽宁', '朝阳', '朝阳', '辽宁省 朝阳市 朝阳县 211321'],
    ['湖北', '仙桃', null, '湖北省 - 仙桃市 429004'],
    ['湖北省', '省直辖县级行政区划', '仙桃市', '湖北省 - 仙桃市 429004'],
    ['湖北', '恩施州', '恩施', '湖北省 恩施土家族苗族自治州 恩施市 422801'],
    ['浙江省', '义乌市', null, '浙江省 金华市 义乌市 330782'],
    ['浙江', '义乌', '义乌', '浙江省 金华市 义乌市 330782'],
    ['山东', '青岛', '即墨市', '山东省 青岛市 即墨区 370215'],
    ['广东', '东莞', '东莞', '广东省 东莞市 - 441900'],
    ['广东', '东莞', '长安镇', '广东省 东莞市 长安镇 441900'],
    ['广西', '南宁', null, '广西壮族自治区 南宁市 - 450100'],
    ['香港', '香港', '湾仔区', '香港特别行政区 - 湾仔区 810000'],
    ['台湾', '台北', '大安区', '台湾省 台北市 大安区 710000'],
    ['台湾省', '花莲县', null, '台湾省 花莲县 - 710000'],
    [null, '', null, '- - - -'],
  ])('%s / %s / %s is %s', (province, city, district, answer) => {
    const found = typed(province, city, district)
    if ('unknown' in found) throw new Error(`${found.unknown} ${found.text}`)
    expect([found.province, found.city, found.district, found.code].map((part) => part ?? '-').join(' ')).toBe(answer)
  })

  it.each<[string | null, string | null, string | null, string, string]>([
    ['蓬莱省', null, null, 'province', '蓬莱省'],
    ['吉林市', null, null, 'province', '吉林市'],
    ['浙江', '桃源府', null, 'city', '桃源府'],
    ['浙江', '苏州', null, 'city', '苏州'],
    ['浙江', '杭州', '姑苏区', 'district', '姑苏区'],
    ['浙江', '义乌市', '稠城街道', 'district', '稠城街道'],
    [null, null, '朝阳区', 'district', '朝阳区'],
    [null, null, '长安镇', 'district', '长安镇'],
    ['江苏', '苏州', '苏州工业园区', 'district', '苏州工业园区'],
  ])('%s / %s / %s is refused for its %4$s', (province, city, district, unknown, text) =>
    expect(typed(province, city, district)).toEqual({ unknown, text }),
  )
})

describe('CUS-10: choosing', () => {
  const names = (code: string | null) => divisionsWithin(code).map(({ full }) => full)

  it('offers the provinces, then what lies directly inside', () => {
    expect(names(null)).toHaveLength(34)
    expect(names('330000')).toContain('杭州市')
    expect(names('330000')).not.toContain('西湖区')
    expect(names('330100')).toContain('西湖区')
    expect(names('110000')).toContain('朝阳区')
    expect(names('420000')).toEqual(expect.arrayContaining(['武汉市', '仙桃市']))
    expect(names('330106')).toEqual([])
    expect(names('999999')).toEqual([])
  })
})
