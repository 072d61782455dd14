import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { make } from '../support/make.ts'
import { under } from '../support/regulation.ts'

const name = (at: number) => `霜序浮舟${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'[at]}茶行`
let manager: Browser
let managerId: bigint
beforeAll(async () => {
  const person = await make.staff([{ role: 'cs_manager' }])
  managerId = person.id
  manager = await signIn(person)
  for (let at = 0; at < 20; at++) await make.customer({}, name(at))
})
const recorded = async () =>
  (
    await db.auditEntry.findMany({
      where: { action: 'customers.searched', actorId: managerId },
      orderBy: { id: 'asc' },
    })
  ).map(({ kind, subject, after }) => ({ kind, subject, after }))

describe('AUD-01: a search that finds many is a read', () => {
  it('CAL-03 audit.search_results: twenty are looked for, twenty-one are recorded', async () => {
    await under({ 'audit.search_results': 20 }, async () => {
      await manager.visit(`/customers?q=${encodeURIComponent('霜序浮舟')}`)
      expect(await recorded()).toEqual([])
      await make.customer({}, name(20))
      await manager.visit(`/customers?q=${encodeURIComponent('霜序浮舟')}`)
      const search = new URLSearchParams({ q: '霜序浮舟' }).toString()
      expect(await recorded()).toEqual([{ kind: 'read', subject: 'customers', after: { search, count: 21 } }])
    })
  })

  it('once for a search, not with its pages; the list of everybody is none', async () => {
    const before = (await recorded()).length
    await under({ 'audit.search_results': 20 }, async () => {
      await manager.visit('/customers')
      const first = await db.customer.findFirstOrThrow({ where: { name: name(3) }, select: { number: true } })
      await manager.visit(`/customers?q=${encodeURIComponent('霜序浮舟')}&after=${first.number}`)
    })
    expect(await recorded()).toHaveLength(before)
  })
})
