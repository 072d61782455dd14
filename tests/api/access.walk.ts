import { expect, it } from 'vitest'
import { table } from '../../src/access/table.ts'
import { apiRoutes } from '../../src/routes.ts'
import { aToken, documentNumber, program } from '../support/api.ts'
import { cast } from '../support/cast.ts'
import { aCreditCustomer, aRelease, daysAgo } from '../support/credit.ts'
import { theCast } from '../support/make.ts'

// An oracle of our own: it reads the table's cells, and shares no code with the policy it checks.
const rows = table as Record<string, string | Record<string, string>>
const acts: Record<string, string[]> = {
  'post /api/v1/shipments': ['releases.ship', 'ledger.record'],
  'post /api/v1/receipts': ['ledger.record'],
  'post /api/v1/releases': ['credit.request'],
  'get /api/v1/releases/:number': ['credit.view', 'releases.view'],
  'get /api/v1/customers/:number/credit': ['credit.view'],
}
const reaches = (role: string, act: string) => (rows[act] as Record<string, string>)[role] !== undefined

it('PPL-01: every address for programs names the acts of the table that it asks for', () => {
  const told = apiRoutes.map(({ method, path, allow }) => [
    `${method} ${path}`,
    allow.map(({ act }) => act as string).toSorted(),
  ])
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(acts).map(([key, some]) => [key, some.toSorted()])),
  )
})

it.each(cast.map(({ role }) => [role]))(
  'PPL-01: a token of %s does what the table says, and nothing else',
  { timeout: 60_000 },
  async (role) => {
    const people = await theCast()
    const customer = await aCreditCustomer({ ownerId: people.sales.id, department: '城东营业部', region: '东区一片' })
    const release = await aRelease(customer, { amount: '5.00' })
    const by = program((await aToken(people[role])).secret)
    const common = { customer: customer.number, amount: '1.00' }
    const bodies: Record<string, object> = {
      'post /api/v1/shipments': { ...common, document: documentNumber(), shippedOn: daysAgo(300) },
      'post /api/v1/receipts': { ...common, document: documentNumber(), receivedOn: daysAgo(0), way: 'cash' },
      'post /api/v1/releases': { ...common, document: documentNumber(), goods: '灯笼' },
    }
    for (const { method, path } of apiRoutes) {
      const key = `${method} ${path}`
      const address = path
        .slice('/api/v1'.length)
        .replace('/releases/:number', `/releases/${release.number}`)
        .replace(':number', customer.number)
      const answer = method === 'get' ? await by.get(address) : await by.post(address, bodies[key])
      const may = acts[key]!.filter((act) => reaches(role, act))
      // History is not the warehouse's, and goods that are held are not there for it.
      const open =
        {
          'post /api/v1/shipments': may.includes('ledger.record'),
          'get /api/v1/releases/:number': may.includes('credit.view'),
        }[key] ?? may.length > 0
      const wish = may.length === 0 ? [403] : open ? [200, 201] : [403, 404]
      expect([key, wish.includes(answer.status), answer.status]).toEqual([key, true, answer.status])
    }
  },
)
