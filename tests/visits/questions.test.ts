import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { addQuestion, moveQuestion, retireQuestion } from '../../src/visits/questions/commands.ts'
import { questionsFor } from '../../src/visits/questions/queries.ts'
import { mostQuestions, movedOrder, questionProblems } from '../../src/visits/questions/rules.ts'
import { submitReport } from '../../src/visits/reports/commands.ts'
import { reportForm } from '../../src/visits/reports/forms.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, refusalOf, theCast } from '../support/make.ts'
import { aVisit, visitNow } from '../support/visits.ts'

const now = dayStart('2027-03-01')
let manager: Actor
let sales: Actor
beforeAll(async () => {
  const people = await theCast()
  manager = await actorOf(people.cs_manager)
  sales = await actorOf(people.sales)
})
// Files share a database: what reports of others must answer is asked no more.
afterAll(async () => void (await pool.query('update visit_question set retired_at = now() where retired_at is null')))

const whole = {
  version: '0',
  reached: 'reached',
  content: '谈',
  findings: '无',
  feedback: '无',
  competitors: '无',
  nextStep: '寄样',
}
const one = (question: string, more: object = {}) => ({
  question,
  target: 'peer' as const,
  grade: null,
  required: false,
  ...more,
})
const idOf = async (question: string) => (await db.visitQuestion.findFirstOrThrow({ where: { question } })).id

it('VIS-06: the same question is asked once of the same visits, and not too many of them', () => {
  const known = [one('有没有积压的货？')]
  const reasons = (...of: Parameters<typeof questionProblems>) => questionProblems(...of).map(({ reason }) => reason)
  expect(reasons(one('有没有积压的货？'), known)).toEqual(['visitQuestions:refused.same'])
  expect(reasons(one('有没有积压的货？', { grade: 'A' }), known)).toEqual([])
  const full = Array.from({ length: mostQuestions }, (_, n) => one(`第 ${n} 问`))
  expect(reasons(one('再一问'), full)).toEqual(['visitQuestions:refused.tooMany'])
})

it('VIS-06: moving changes places with the neighbour, and back', () => {
  const ids = fc.uniqueArray(fc.bigInt({ min: 1n, max: 999n }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(ids, fc.nat(), (all, at) => {
      const id = all[at % all.length]!
      const up = movedOrder(all, id, 'up')
      expect(up.toSorted()).toEqual(all.toSorted())
      expect(up.indexOf(id)).toBe(Math.max(0, all.indexOf(id) - 1))
      if (all.indexOf(id) > 0) expect(movedOrder(up, id, 'down')).toEqual(all)
    }),
  )
})

it('VIS-06: a required question is asked in the report of such a visit, and answered; retired, its answers stay', async () => {
  await addQuestion(manager, one('货架上有谁的货？', { required: true }), now)
  await addQuestion(manager, one('店里几个人？'), now)
  await moveQuestion(manager, await idOf('店里几个人？'), { way: 'up' })
  const asked = await questionsFor({ target: 'peer', grade: null })
  expect(asked.map(({ question }) => question)).toEqual(['店里几个人？', '货架上有谁的货？'])
  expect(await questionsFor({ target: 'potential', grade: null })).toEqual([])

  const visit = await aVisit({
    party: '蓬莱纸业',
    customerId: null,
    target: 'peer',
    startsAt: new Date('2026-11-20T02:00:00Z'),
    state: 'done',
  })
  const browser = await signIn((await theCast()).sales)
  const url = `/visits/${visit.number}/report`
  const page = await browser.submit(url, whole)
  expect(page.status).toBe(422)
  expect(page.$('.errors').text()).toContain('货架上有谁的货？')
  const id = await idOf('货架上有谁的货？')
  const done = await browser.submit(url, { ...whole, [`answer-${id}`]: '山海经纬的' })
  expect(done.$('#report').text()).toContain('山海经纬的')

  await retireQuestion(manager, id, now)
  expect((await questionsFor({ target: 'peer', grade: null })).map(({ question }) => question)).toEqual([
    '店里几个人？',
  ])
  await submitReport(
    sales,
    await visitNow(visit),
    reportForm.parse({ ...whole, version: '1', content: '又谈' }),
    new Date(),
  )
  expect((await browser.visit(`/visits/${visit.number}`)).$('#report').text()).toContain('山海经纬的')
})

it('VIS-06: set by the customer service manager alone; what is wrong comes back', async () => {
  const { cs_manager } = await theCast()
  await expect(addQuestion(sales, one('可以吗？'), now)).rejects.toThrow(Forbidden)
  const browser = await signIn(cs_manager)
  const wrong = await browser.submit('/visits/questions', { question: '' })
  expect(wrong.status).toBe(422)
  const page = await browser.submit('/visits/questions', { question: '仓库多大？', target: 'target', required: 'on' })
  expect(page.$('main').text()).toContain('仓库多大？')
  const id = await idOf('仓库多大？')
  const gone = await browser.submit(`/visits/questions/${id}/retirement`, {}, '/visits/questions')
  expect(gone.$('main').text()).toContain('停用的')
  expect(await refusalOf(moveQuestion(manager, id, { way: 'up' }))).toEqual(['VIS-06 visitQuestions:refused.gone'])
  const lines = await db.auditEntry.findMany({ where: { subject: 'visit_questions:1', actorId: cs_manager.id } })
  expect(lines.map(({ action }) => action)).toContain('visit_question.retired')
})
