import { describe, expect, it } from 'vitest'
import { passwordProblems, type Owner } from '../../src/session/passwords.ts'

const owner: Owner = {
  number: 'C00317',
  name: '柳毅书',
  pinyin: 'liu yi shu',
  phone: '19900000317',
  company: '桃源里机电',
}

describe('ACC-01: a new password', () => {
  it.each([
    ['too few characters', 'kx7!mvqa2', 'session:refused.short'],
    ['nine characters beyond the first plane', '𠮷'.repeat(9), 'session:refused.short'],
    ['more than bcrypt reads', 'kx7!mvqa2'.repeat(9), 'session:refused.long'],
    ['more bytes than bcrypt reads', '从前有座山山里有座庙庙里有个老和尚在讲故事给谁听呢', 'session:refused.long'],
    ['a common word with a tail', 'Password2026', 'session:refused.common'],
    ['a common word in spaces', 'pass word 123', 'session:refused.common'],
    ['one piece over and over', 'abcabcabcabc', 'session:refused.common'],
    ['a run of neighbours', 'bcdefghijklm', 'session:refused.common'],
    ['the staff number', 'xx c00317 wqpz', 'session:refused.personal'],
    ['the name', '柳毅书今天也来上班了', 'session:refused.personal'],
    ['the name in letters', 'LiuYiShu-qzvmx', 'session:refused.personal'],
    ['the phone', 'q19900000317z', 'session:refused.personal'],
    ['the company', '桃源里机电天下第一好', 'session:refused.personal'],
  ])('ACC-01: is refused for %s', (_why, password, reason) => {
    expect(passwordProblems(password, owner, 10)).toMatchObject([{ rule: 'ACC-01', field: 'newPassword', reason }])
  })

  it.each(['雨打芭蕉第三声落在石阶上', 'seven quiet herons', 'vqzmxkwpta', '4c8v1n6z0q'])(
    'ACC-01: is taken whatever kinds of characters it has: %s',
    (password) => expect(passwordProblems(password, owner, 10)).toEqual([]),
  )

  it('ACC-01: asks nothing about what the person has not told', () => {
    expect(passwordProblems('seven quiet herons', { ...owner, phone: null, company: null }, 10)).toEqual([])
  })
})
