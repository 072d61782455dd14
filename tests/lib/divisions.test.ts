import { expect, it } from 'vitest'
import { places } from '../../src/lib/divisions.ts'

const find = (full: string) => places.find((place) => place.full === full)

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
