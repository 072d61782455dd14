import { expect, it } from 'vitest'
import { deviceOf } from '../../src/lib/devices.ts'
import { accountOf } from '../../src/session/queries.ts'
import { hashPassword, verifyPassword } from '../../src/session/hash.ts'

it('ACC-01: an account may be written in any width, case and spacing', () => {
  expect(accountOf(' Ｃ０03 17 ')).toBe('c00317')
})

it('ACC-01: nobody’s password is compared all the same, and never matches', async () => {
  const hash = await hashPassword('seven quiet herons')
  expect(await verifyPassword('seven quiet herons', hash)).toBe(true)
  expect(await verifyPassword('seven quiet heron', hash)).toBe(false)
  expect(await verifyPassword('seven quiet herons', null)).toBe(false)
})

it('names a device as people do', () => {
  const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0'
  expect(deviceOf(edge)).toBe('Edge Windows')
  expect(deviceOf('curl/8')).toBe('curl/8')
})
