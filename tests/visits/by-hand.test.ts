import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VisitState } from '../../prisma/client/enums.ts'
import { pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { signIn } from '../support/browser.ts'
import { theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'

beforeEach(() => moveClock(() => new Date('2027-03-01T02:00:00Z')))
afterEach(() => moveClock(() => new Date()))

/** Which forms of a visit can be sent in which state; every other address is typed by hand. */
const open: Record<string, VisitState[]> = {
  rescheduling: ['approved'],
  replacement: ['approved'],
  cancellation: ['approved'],
  appointment: ['approved'],
  spendings: ['approved'],
  report: ['done', 'reported'],
}
const states: VisitState[] = ['approved', 'done', 'reported', 'cancelled']

describe('VIS-05: an address typed by hand', () => {
  it('VIS-05, VIS-06: shows the refusal with its rule where its form could not be sent, and the form where it could', async () => {
    const browser = await signIn((await theCast()).sales)
    const ahead = new Date(now().getTime() + 2 * 86_400_000)
    for (const state of states) {
      const visit = await aVisit({ startsAt: ahead, state })
      for (const [end, able] of Object.entries(open)) {
        const page = await browser.visit(`/visits/${visit.number}/${end}`)
        const expected = able.includes(state) ? [200, 1, 0] : [422, 0, 1]
        const forms = page.$('main form[method=post]').length > 0 ? 1 : 0
        const rules = page.$('.errors [data-rule]').length > 0 ? 1 : 0
        expect([page.status, forms, rules], `${end} of a visit ${state}`).toEqual(expected)
      }
    }
  })

  it('VIS-06: what is overdue is not moved: its form says so', async () => {
    const browser = await signIn((await theCast()).sales)
    const visit = await aVisit({ startsAt: new Date(now().getTime() - 5 * 86_400_000), state: 'approved' })
    await pool.query('update visit set report_due_at = $2 where id = $1', [visit.id, new Date(now().getTime() - 1000)])
    const page = await browser.visit(`/visits/${visit.number}/rescheduling`)
    expect(page.$('.errors [data-rule="VIS-06"]').text()).toContain('不能再改期')
  })
})
