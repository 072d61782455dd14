import { expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { undoImport } from '../../src/imports/undoing/commands.ts'
import { addWorkingDays } from '../../src/calendar/reckoning.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { fileOf, importer, runImports, upload } from '../imports/people.ts'

it('CUS-05: what an import brings has twenty working days to be confirmed, and none once it is taken back', async () => {
  const actor = await importer('C90505')
  const number = await upload(actor, fileOf(3, '时'))
  await runImports()
  const clocks = () =>
    db.deadline.findMany({ where: { kind: 'customer.confirmation', customer: { import: { number } } } })
  const started = await clocks()
  expect(started.length).toBe(3)
  for (const { startedAt, dueAt, amount, rule } of started) {
    expect([amount, rule]).toEqual([20, 'CUS-05'])
    expect(dueAt).toEqual(addWorkingDays(await calendarAt(startedAt), startedAt, 20))
  }
  await undoImport(actor, number)
  await runImports()
  expect((await clocks()).filter(({ cancelledAt }) => cancelledAt === null)).toEqual([])
})
