import { beforeAll, describe, expect, it } from 'vitest'
import { answerFacts, putFacts } from '../../src/complaints/statements/commands.ts'
import { puttingProblems } from '../../src/complaints/statements/rules.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint } from '../support/complaints.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
let fitter: Person
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  fitter = await make.staff([{ role: 'sales', department: '城东营业部' }])
})

const accusing = () => aComplaint({ departmentId: east, accused: [fitter.id], state: 'investigating' })
const facts = '11 月 21 日换三号门封条，22 日没有按约复查。'

describe('CMP-03: the facts put to whom it is about', () => {
  it('CMP-03: only to whom it is about, and while it is handled', () => {
    expect(puttingProblems({ state: 'telling', accused: [3n] }, 3n)).toEqual([])
    expect(puttingProblems({ state: 'telling', accused: [3n] }, 4n)).toMatchObject([{ rule: 'CMP-03' }])
    expect(puttingProblems({ state: 'closed', accused: [3n] }, 3n)).toMatchObject([{ rule: 'CMP-03' }])
  })

  it('CMP-03: that person is told, sees the facts and nothing else, answers once; the handlers read the answer', async () => {
    const complaint = await accusing()
    const head = await signIn(people.dept_head)
    await head.submit(`/complaints/${complaint.number}/statements`, { staffId: String(fitter.id), facts })
    const { id } = await db.complaintStatement.findFirstOrThrow({ where: { complaintId: complaint.id } })

    const browser = await signIn(fitter)
    const notices = await browser.visit('/notices')
    expect(notices.$('main').text()).toContain('请你就一件投诉的事实作出说明')
    const page = await browser.visit(`/statements/${id}`)
    expect(page.$('main').text()).toContain(facts)
    for (const hidden of [complaint.number, complaint.title, complaint.what, complaint.complainant!])
      expect(page.response.text).not.toContain(hidden)
    expect(notices.response.text).not.toContain(complaint.number)

    const answered = await browser.submit(`/statements/${id}`, { answer: '22 日在蓬莱路抢修，忘了打电话。' })
    expect(answered.$('main').text()).toContain('忘了打电话')
    expect(answered.$('form [name=answer]')).toHaveLength(0)
    expect(await refusalOf(answerFacts(await actorOf(fitter), id, { answer: '改口' }, now()))).toEqual([
      'CMP-03 judging:refused.answeredAlready',
    ])
    const seen = await head.visit(`/complaints/${complaint.number}`)
    expect(seen.$('#statements').text()).toContain('忘了打电话')
    expect((await head.visit('/notices')).$('main').text()).toContain('被投诉人作了说明')
  })

  it('CMP-03: nobody else opens or answers it, the complaint stays unknown, and somebody not complained about is asked nothing', async () => {
    const complaint = await accusing()
    await putFacts(await actorOf(people.dept_head), complaint.id, { staffId: fitter.id, facts }, now())
    const { id } = await db.complaintStatement.findFirstOrThrow({ where: { complaintId: complaint.id } })
    expect((await (await signIn(people.cs_manager)).visit(`/statements/${id}`)).status).toBe(404)
    expect((await (await signIn(fitter)).visit(`/complaints/${complaint.number}`)).status).toBe(404)
    await expect(answerFacts(await actorOf(people.front_desk), id, { answer: '替他说' }, now())).rejects.toThrow(
      NotFound,
    )
    const other = putFacts(await actorOf(people.dept_head), complaint.id, { staffId: people.sales.id, facts }, now())
    expect(await refusalOf(other)).toEqual(['CMP-03 judging:refused.notAccused'])
  })
})
