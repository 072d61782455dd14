import fc from 'fast-check'
import { expect, it } from 'vitest'
import { companyPinyin } from '../../src/lib/pinyin.ts'
import { syllablesOf } from '../../src/lib/syllables.ts'

it.each([
  ['taoyuan', ['tao']],
  ['jidian', ['ji']],
  ['zhongl', ['zhong']],
  ['xian', []],
  ['tylj', []],
  ['k', []],
])('every way to cut %s has %j', (word, always) => expect(syllablesOf(word).always).toEqual(always))

it("xian is xian, xi'an, or xia and the start of another", () => {
  expect(
    syllablesOf('xian')
      .cuts?.map((cut) => cut.join(' '))
      .toSorted(),
  ).toEqual(['xi a', 'xi an', 'xia', 'xian'])
})

it('the syllables of a name are among the ways to cut its pinyin', () => {
  const han = fc.string({
    unit: fc.constantFrom(...'桃源里机电冷链鹿重庆厦门安西鹅阿欧儿女略光床窗雄泉'),
    minLength: 2,
    maxLength: 12,
  })
  fc.assert(
    fc.property(han, (name) => {
      const { full, syllables } = companyPinyin(name)
      const { cuts, always, begins } = syllablesOf(full)
      expect(syllables).toEqual(expect.arrayContaining(always))
      expect(begins).toContain(syllables[0])
      if (cuts) expect(cuts).toContainEqual(syllables)
    }),
  )
})

it('cuts any word in no time', () => {
  const started = performance.now()
  for (const word of ['xian'.repeat(15), 'a'.repeat(60), 'yuan'.repeat(15), 'z'.repeat(10_000)]) syllablesOf(word)
  expect(performance.now() - started).toBeLessThan(1_000)
})
