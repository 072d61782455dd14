import { describe, expect, it } from 'vitest'
import { ownPath } from '../../src/lib/own-path.ts'

describe('ownPath', () => {
  it.each(['/', '/customers', '/customers?page=2&q=%E6%9F%B3', '/imports/D2026000001'])('keeps %s', (address) =>
    expect(ownPath(address)).toBe(address),
  )

  it.each([
    undefined,
    '',
    'customers',
    '//elsewhere.invalid',
    '/\\elsewhere.invalid',
    '\\\\elsewhere.invalid',
    'https://elsewhere.invalid/',
    'https:elsewhere.invalid',
    'javascript:alert(1)',
    '/%2felsewhere.invalid',
    '/%5Celsewhere.invalid',
    '/\t/elsewhere.invalid',
    '/\n/elsewhere.invalid',
    ' //elsewhere.invalid',
    '/.//elsewhere.invalid',
    '/a/..//elsewhere.invalid',
  ])('leads home instead of to %j', (address) => expect(ownPath(address)).toBe('/'))
})
