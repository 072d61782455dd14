import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { ReportInput } from '../../src/complaints/investigations/forms.ts'
import { saveReport } from '../../src/complaints/investigations/commands.ts'
import { peopleIn, reportProblems } from '../../src/complaints/investigations/rules.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let east: bigint
let head: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  head = await signIn(people.dept_head)
})

const whole: Omit<ReportInput, 'version'> = {
  course: '11 月 21 日换封条，当夜漏风。',
  causeKind: 'workmanship',
  cause: '封条型号装错。',
  responsible: [],
  responsibleText: '城东营业部安装组',
  conclusion: '投诉属实。',
  countermeasure: '当天换装加厚封条。',
  prevention: '领料时核对型号。',
  step: 'finish',
}
const fields = {
  course: whole.course,
  causeKind: 'workmanship',
  cause: whole.cause,
  responsible: '',
  responsibleText: '城东营业部安装组',
  conclusion: whole.conclusion,
  countermeasure: whole.countermeasure,
  prevention: whole.prevention,
}
const investigated = (more = {}) => aComplaint({ departmentId: east, state: 'investigating', ...more })

describe('rules', () => {
  it('CMP-09: every part of the report is asked for, and each missing one is named', () => {
    expect(reportProblems(whole)).toEqual([])
    const parts = ['course', 'causeKind', 'cause', 'conclusion', 'countermeasure', 'prevention'] as const
    fc.assert(
      fc.property(fc.subarray([...parts]), (missing) => {
        const report = {
          ...whole,
          ...Object.fromEntries(missing.map((part) => [part, part === 'causeKind' ? null : ''])),
        }
        expect(reportProblems(report).map(({ field }) => field)).toEqual(missing)
      }),
    )
  })

  it('CMP-09: somebody is responsible: persons, or a department or outside party', () => {
    expect(reportProblems({ ...whole, responsibleText: null })).toMatchObject([{ field: 'responsible' }])
    expect(reportProblems({ ...whole, responsibleText: null, responsible: ['何以宁'] })).toEqual([])
    expect(peopleIn('何以宁、C00004， 何以宁')).toEqual(['何以宁', 'C00004'])
  })
})

describe('the report', () => {
  it('CMP-09: saved before it is whole it is kept and nothing goes on; finished, a remedy is next and the cause known', async () => {
    const complaint = await investigated()
    const at = `/complaints/${complaint.number}`
    const saved = await head.submit(`${at}/investigation`, { course: '才开始问。', step: 'save' })
    expect(saved.$('#investigation').text()).toContain('草稿')
    expect(saved.$('.why-nots').text()).toContain('调查报告还没有完成')
    expect((await complaintNow(complaint)).state).toBe('investigating')
    expect((await head.visit(`${at}/investigation`)).$('[name=course]').val()).toContain('才开始问。')
    const done = await head.submit(`${at}/investigation`, {
      ...fields,
      responsible: people.sales.number,
      step: 'finish',
    })
    expect(done.$('#investigation').text()).toContain(people.sales.name)
    expect(await complaintNow(complaint)).toMatchObject({ state: 'proposing', cause: 'workmanship' })
  })

  it('CMP-09: finishing what is not whole is refused part by part; what was typed stays', async () => {
    const complaint = await investigated()
    const page = await head.submit(`/complaints/${complaint.number}/investigation`, {
      ...fields,
      prevention: '',
      step: 'finish',
    })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CMP-09"]').text()).toContain('预防')
    expect(page.$('[name=course]').val()).toContain('换封条')
    expect(await db.investigationReport.count({ where: { complaintId: complaint.id } })).toBe(0)
  })

  it('CMP-09: a person who is nobody is refused', async () => {
    const complaint = await investigated()
    const actor = await actorOf(people.dept_head)
    const unknown = { ...whole, responsible: ['无此人'], version: 0 }
    expect(await refusalOf(saveReport(actor, complaint.id, unknown, now()))).toEqual([
      'CMP-09 judging:refused.unknownPerson',
    ])
  })

  it('CMP-07: before it is judged nothing is investigated', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const early = saveReport(await actorOf(people.dept_head), complaint.id, { ...whole, version: 0 }, now())
    expect(await refusalOf(early)).toEqual(['CMP-07 complaints:refused.state'])
  })

  it('CMP-01: the department gives its opinion for the record card', async () => {
    const complaint = await investigated()
    const page = await head.submit(`/complaints/${complaint.number}/opinion`, { opinion: '同意赔偿，安装组自查。' })
    expect(page.$('#judgement').text()).toContain('同意赔偿，安装组自查。')
    expect(await complaintNow(complaint)).toMatchObject({ opinionById: people.dept_head.id })
  })
})

describe('CMP-22: the report of stores', () => {
  const store = <T>(work: () => Promise<T>) => under({ 'complaints.course': 'store' }, work)

  it('CMP-22: the supervising department reviews, the general manager approves; only then a remedy follows', () =>
    store(async () => {
      const complaint = await investigated()
      const subject = `complaint:${complaint.id}`
      const page = await head.submit(`/complaints/${complaint.number}/investigation`, { ...fields, step: 'finish' })
      expect(page.$('#investigation').text()).toContain('审批中')
      expect(page.$('.why-nots').text()).toContain('调查报告在审批中')
      const again = saveReport(await actorOf(people.dept_head), complaint.id, { ...whole, version: 1 }, now())
      expect(await refusalOf(again)).toEqual(['CMP-22 judging:refused.reportWaiting'])
      await decide(await actorOf(people.cs_manager), 'complaint.report', subject, 'approve', now())
      expect((await complaintNow(complaint)).state).toBe('investigating')
      await decide(await actorOf(people.general_manager), 'complaint.report', subject, 'approve', now())
      expect(await complaintNow(complaint)).toMatchObject({ state: 'proposing', cause: 'workmanship' })
      expect((await db.investigationReport.findFirstOrThrow({ where: { complaintId: complaint.id } })).state).toBe(
        'finished',
      )
    }))

  it('CMP-22: returned, it is a draft again, to be finished anew', () =>
    store(async () => {
      const complaint = await investigated()
      const actor = await actorOf(people.dept_head)
      await saveReport(actor, complaint.id, { ...whole, version: 0 }, now())
      const subject = `complaint:${complaint.id}`
      await decide(await actorOf(people.cs_manager), 'complaint.report', subject, 'return', now(), '责任人要写到人')
      const report = await db.investigationReport.findFirstOrThrow({ where: { complaintId: complaint.id } })
      expect(report.state).toBe('draft')
      await saveReport(actor, complaint.id, { ...whole, version: report.version }, now())
      expect((await requestAbout('complaint.report', subject)).state).toBe('waiting')
    }))

  it('CMP-22, CMP-03: the supervising role is the company’s choice; whom it is about sees nothing in the register either', () =>
    under({ 'complaints.course': 'store', 'complaints.supervising_role': 'area_manager' }, async () => {
      const boss = await make.staff([{ role: 'general_manager' }])
      const complaint = await investigated({ accused: [boss.id] })
      await saveReport(await actorOf(people.dept_head), complaint.id, { ...whole, version: 0 }, now())
      const subject = `complaint:${complaint.id}`
      const { id } = await requestAbout('complaint.report', subject)
      const steps = await db.approvalStep.findMany({ where: { requestId: id }, orderBy: { n: 'asc' } })
      expect([steps[0]!.insteadOf ?? steps[0]!.role, steps[1]!.role]).toEqual(['area_manager', 'general_manager'])
      const card = await cardOf(await actorOf(boss), 'complaint.report', subject, now())
      expect(JSON.stringify(card)).not.toContain(complaint.title)
      expect(card.asked).toEqual([])
    }))
})
