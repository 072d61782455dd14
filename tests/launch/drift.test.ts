import { expect, it } from 'vitest'
import { owner } from '../support/database.ts'
import { missingFrom } from '../support/schemaEngine.ts'

// When this fails, what it shows is the next migration.sql (or what schema.prisma does not say yet).
it('the migrations make the database that schema.prisma describes', async () => {
  expect(await missingFrom(owner)).toBe('')
})
