import { expect, it } from 'vitest'
import { companyPinyin, personPinyin } from '../../src/lib/pinyin.ts'

it.each([
  ['桃源里机电', 'taoyuanlijidian', 'tyljd'],
  ['望海银行', 'wanghaiyinhang', 'whyh'],
  ['重庆长亭', 'chongqingchangting', 'cqct'],
  ['绿女', 'lvnv', 'ln'],
  ['桃源TCL（05）店', 'taoyuantcl05dian', 'tytcl05d'],
  ['', '', ''],
])('a company: %s', (name, full, initials) => {
  expect(companyPinyin(name)).toMatchObject({ full, initials })
})

it.each([
  ['单一鸣', 'shanyiming', 'sym'],
  ['解小满', 'xiexiaoman', 'xxm'],
  ['尉迟九歌', 'yuchijiuge', 'ycjg'],
])('a person: %s', (name, full, initials) => {
  expect(personPinyin(name)).toMatchObject({ full, initials })
})

it('surname readings stay off in companies', () => {
  expect(companyPinyin('行知银行').full).toBe('xingzhiyinhang')
})

it('keeps the syllables apart', () => {
  expect(companyPinyin('西安TCL').syllables).toEqual(['xi', 'an'])
})
