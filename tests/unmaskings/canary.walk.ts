import { afterAll, beforeAll, describe, it } from 'vitest'
import { cast, type Cast } from '../support/cast.ts'
import { theCast } from '../support/make.ts'
import { letGo, makeCanary } from './canary.ts'
import { expectMasked, expectMaskedFile } from './masked.ts'

let people: Cast
let canary: Awaited<ReturnType<typeof makeCanary>>
beforeAll(async () => {
  people = await theCast()
  canary = await makeCanary({ department: '城东营业部', region: '东区一片', own: true })
})
afterAll(() => letGo(canary))

const blind = ['logistics', 'security_admin', 'system_admin', 'nobody']

describe.each([...cast.map(({ role }) => role), 'nobody'] as const)('PRV-02 as %s', (role) => {
  it('PRV-02: no page, list, search, form, history or audit shows what is masked', () =>
    expectMasked(canary, people[role], blind.includes(role)))

  it('PRV-02: nor does the printed file', () => expectMaskedFile(canary, people[role]))
})
