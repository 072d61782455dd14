import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { undoImport } from '../../src/imports/undoing/commands.ts'
import '../support/connected.ts'
import { theCast } from '../support/make.ts'
import { asOwner, fileOf, importer, runImports, upload } from './people.ts'

let actor: Actor
beforeAll(async () => {
  await theCast()
  actor = await importer('I-approvals')
})

const requestsOf = (number: string) =>
  asOwner<{ state: string; step: string; by: string; n: number }>(
    `select r.state::text, s.state::text as step, r.filed_by_id::text as by, count(*)::int as n
     from approval_request r join approval_step s on s.request_id = r.id join customer c on c.id = r.customer_id
       join customer_import i on i.id = c.import_id
     where i.number = $1 and r.kind = 'customer.confirmation' group by 1, 2, 3`,
    [number],
  )

test('CUS-05: an import of 500 rows files 500 requests, and taking it back ends them', async () => {
  const number = await upload(actor, fileOf(500, '广寒'))
  await runImports()
  const by = String(actor.id)
  expect(await requestsOf(number)).toEqual([{ state: 'waiting', step: 'open', by, n: 500 }])
  await undoImport(actor, number)
  await runImports()
  expect(await requestsOf(number)).toEqual([{ state: 'void', step: 'skipped', by, n: 500 }])
})
