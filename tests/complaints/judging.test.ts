import { beforeAll, describe, expect, it } from 'vitest'
import { ComplaintState } from '../../prisma/client/enums.ts'
import type { Judgement } from '../../src/complaints/judging/rules.ts'
import { actOf, judgementProblems } from '../../src/complaints/judging/rules.ts'
import { judgeComplaint, voidComplaint } from '../../src/complaints/judging/commands.ts'
import { complaintStates, type ComplaintAct } from '../../src/complaints/states.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { Refused } from '../../src/lib/refused.ts'
import { decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let east: bigint
let manager: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  manager = await signIn(people.cs_manager)
})

const trailOf = async ({ id }: { id: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: `complaint:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
const runningOf = async ({ id }: { id: bigint }) =>
  (await db.deadline.findMany({ where: { subject: `complaint:${id}`, metAt: null, cancelledAt: null } }))
    .map(({ kind }) => kind)
    .toSorted()
const judged = (more: Partial<Record<string, string>> = {}) => ({
  verdict: 'founded',
  reasonable: 'yes',
  kind: 'repair_quality',
  departmentId: String(east),
  judgement: '封条型号装错，与客户说的一致。',
  ...more,
})
const input = (more: Partial<Judgement> = {}, version = 1) => ({
  verdict: 'founded' as const,
  reasonable: true,
  kind: 'repair_quality' as const,
  departmentId: east,
  judgement: '封条型号装错，与客户说的一致。',
  version,
  ...more,
})

/** CMP-07, CMP-08, CMP-11, CMP-20, CMP-22: written down from the rulebook, not from the machine. */
const course: Record<ComplaintState, Partial<Record<ComplaintAct, ComplaintState>>> = {
  received: { found: 'investigating', dismiss: 'answering', ask_acceptance: 'accepting', void: 'void' },
  accepting: { accept: 'investigating', dismiss: 'answering', decline: 'received' },
  investigating: { report: 'proposing', dismiss: 'answering', void: 'void' },
  proposing: { submit: 'approving', dismiss: 'answering' },
  approving: { approve: 'telling', refuse: 'proposing' },
  telling: { tell: 'asking', reject: 'proposing', give_up: 'improving' },
  asking: { satisfy: 'improving', dissatisfy: 'proposing', give_up: 'improving' },
  improving: { close: 'closed' },
  answering: { close: 'closed', rejudge: 'received' },
  closed: { reopen: 'proposing', rejudge: 'received' },
  void: {},
}
const acts = [...new Set(Object.values(course).flatMap((row) => Object.keys(row)))] as ComplaintAct[]

describe('the course', () => {
  it.each(Object.values(ComplaintState).flatMap((state) => acts.map((act) => [state, act] as const)))(
    'CMP-07: %s, %s: leads on, or is refused',
    (state, act) => {
      const to = course[state][act]
      if (to) expect(complaintStates.next(state, act)).toBe(to)
      else expect(() => complaintStates.next(state, act)).toThrow(Refused)
    },
  )

  it('CMP-20: what is founded is not closed on any way that has no approved remedy', () => {
    const reached = new Set<ComplaintState>()
    const walk = (state: ComplaintState) => {
      if (reached.has(state)) return
      reached.add(state)
      for (const act of complaintStates.acts(state)) {
        // Found out to be not founded, or void: no founded complaint any more.
        if (act === 'approve' || act === 'dismiss' || act === 'void') continue
        walk(complaintStates.next(state, act))
      }
    }
    walk('investigating')
    expect([...reached].toSorted()).toEqual(['approving', 'investigating', 'proposing'])
  })

  it('CMP-07: founded without a department is refused, whatever else is; only founded ones are investigated', () => {
    expect(judgementProblems({ verdict: 'founded', departmentId: null })).toMatchObject([{ rule: 'CMP-07' }])
    expect(judgementProblems({ verdict: 'founded', departmentId: 1n })).toEqual([])
    expect(judgementProblems({ verdict: 'customer', departmentId: null })).toEqual([])
    expect([actOf('founded'), actOf('founded', true), actOf('unfounded'), actOf('customer', true)]).toEqual([
      'found',
      'accept',
      'dismiss',
      'dismiss',
    ])
  })
})

describe('judging', () => {
  it('CMP-07: the head judges on the page; kind, department and reason stand there, and the investigation is next', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const browser = await signIn(people.dept_head)
    const page = await browser.submit(`/complaints/${complaint.number}/judgement`, judged({ kind: 'service_quality' }))
    expect(page.url).toBe(`/complaints/${complaint.number}`)
    expect(page.$('#judgement').text()).toContain('成立')
    expect(page.$('#judgement').text()).toContain('封条型号装错')
    expect(page.$('.track li[data-at=now]').text()).toContain('调查')
    expect(await complaintNow(complaint)).toMatchObject({
      state: 'investigating',
      kind: 'service_quality',
      founded: true,
      reasonable: true,
      judgedById: people.dept_head.id,
    })
    expect(await trailOf(complaint)).toContain('complaint.judged')
  })

  it('CMP-07: not founded is answered, its remedy clock stops, and no remedy is asked for', async () => {
    const complaint = await aComplaint({ departmentId: east, ownerId: people.front_desk.id })
    expect(await runningOf(complaint)).toContain('complaint.remedy')
    const page = await manager.submit(`/complaints/${complaint.number}/judgement`, judged({ verdict: 'customer' }))
    expect(page.$('.track li').text()).toContain('答复')
    expect(page.$('.track li').text()).not.toContain('提出方案')
    expect(await complaintNow(complaint)).toMatchObject({ state: 'answering', founded: false, cause: 'customer' })
    expect(await runningOf(complaint)).not.toContain('complaint.remedy')
  })

  it('CMP-07: a founded one needs a department; what was typed stays', async () => {
    const complaint = await aComplaint()
    const page = await manager.submit(`/complaints/${complaint.number}/judgement`, judged({ departmentId: '' }))
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CMP-07"]').text()).toContain('责任部门')
    expect(page.$('[name=judgement]').val()).toContain('封条型号')
    expect((await complaintNow(complaint)).state).toBe('received')
  })

  it('CMP-07: judged once; the form of another moment is refused', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const actor = await actorOf(people.cs_manager)
    await judgeComplaint(actor, complaint.id, input({}, complaint.version), now())
    expect(await refusalOf(judgeComplaint(actor, complaint.id, input({}, complaint.version), now()))).toEqual([
      'CMP-07 complaints:refused.movedOn',
    ])
    const { version } = await complaintNow(complaint)
    expect(await refusalOf(judgeComplaint(actor, complaint.id, input({}, version), now()))).toEqual([
      'CMP-07 complaints:refused.movedOn',
    ])
  })

  it('CMP-07: another department: a handler who cannot work there is not its handler any more', async () => {
    const head = await make.staff([{ role: 'dept_head', department: '城西营业部' }])
    const west = (await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })).id
    const complaint = await aComplaint({ departmentId: west, ownerId: head.id })
    await judgeComplaint(await actorOf(people.cs_manager), complaint.id, input({}, complaint.version), now())
    expect(await complaintNow(complaint)).toMatchObject({ departmentId: east, ownerId: null })
  })

  it('CMP-14: another kind may have another clock', async () => {
    await under({ 'complaints.service_clock': 'days' }, async () => {
      const complaint = await aComplaint({ departmentId: east })
      expect(await runningOf(complaint)).toContain('complaint.done')
      const actor = await actorOf(people.cs_manager)
      await judgeComplaint(actor, complaint.id, input({ kind: 'service_quality' }, complaint.version), now())
      expect(await runningOf(complaint)).toContain('complaint.done_days')
      expect(await runningOf(complaint)).not.toContain('complaint.done')
    })
  })
})

describe('ending without a remedy', () => {
  it('CMP-07: what the investigation shows to be not founded is answered, with the reason', async () => {
    const complaint = await aComplaint({ departmentId: east, state: 'investigating' })
    const browser = await signIn(people.dept_head)
    const page = await browser.submit(`/complaints/${complaint.number}/dismissal`, { reason: '门是客户自行改装的。' })
    expect(page.url).toBe(`/complaints/${complaint.number}`)
    expect(await complaintNow(complaint)).toMatchObject({ state: 'answering', founded: false })
    expect(await trailOf(complaint)).toContain('complaint.dismissed')
  })

  it('CMP-07: void with a reason stops every clock and comes not back', async () => {
    const complaint = await aComplaint()
    const page = await manager.submit(`/complaints/${complaint.number}/void`, { reason: '与上一件重复登记。' })
    expect(page.$('.status-tag').first().text()).toContain('已作废')
    expect(await runningOf(complaint)).toEqual([])
    const { version } = await complaintNow(complaint)
    const again = voidComplaint(await actorOf(people.cs_manager), complaint.id, { reason: '再来', version }, now())
    expect(await refusalOf(again)).toEqual(['CMP-07 complaints:refused.state'])
    expect(page.$('.page-head .acts a[href$="/judgement"]').length).toBe(0)
  })

  it('CMP-07: without a reason nothing is void', async () => {
    const complaint = await aComplaint()
    const page = await manager.submit(`/complaints/${complaint.number}/void`, { reason: '' })
    expect(page.status).toBe(422)
    expect((await complaintNow(complaint)).state).toBe('received')
  })
})

describe('CMP-22: the course of stores', () => {
  const store = <T>(work: () => Promise<T>) => under({ 'complaints.course': 'store' }, work)

  it('CMP-22: the store judges, its superior accepts in the inbox, and it goes on as judged', () =>
    store(async () => {
      const complaint = await aComplaint({ departmentId: east })
      const subject = `complaint:${complaint.id}`
      const page = await (await signIn(people.dept_head)).submit(`/complaints/${complaint.number}/judgement`, judged())
      expect(page.$('.status-tag').first().text()).toContain('待受理意见')
      const request = await requestAbout('complaint.acceptance', subject)
      expect(request.customerId).toBeNull()
      const seen = await manager.visit(`/approvals/${request.number}`)
      expect(seen.$('main').text()).toContain('封条型号装错')
      await decide(await actorOf(people.cs_manager), 'complaint.acceptance', subject, 'approve', now())
      expect(await complaintNow(complaint)).toMatchObject({
        state: 'investigating',
        founded: true,
        departmentId: east,
        judgedById: people.dept_head.id,
      })
    }))

  it('CMP-22: refused, it is to be judged again', () =>
    store(async () => {
      const complaint = await aComplaint({ departmentId: east })
      const actor = await actorOf(people.dept_head)
      await judgeComplaint(actor, complaint.id, input({ verdict: 'unfounded' }, complaint.version), now())
      const subject = `complaint:${complaint.id}`
      await decide(await actorOf(people.cs_manager), 'complaint.acceptance', subject, 'refuse', now(), '再问问师傅')
      expect((await complaintNow(complaint)).state).toBe('received')
      expect(await trailOf(complaint)).toContain('complaint.judgement_declined')
    }))

  it('CMP-22, CMP-03: neither who judged nor whom it is about signs', () =>
    store(async () => {
      const boss = await make.staff([{ role: 'cs_manager' }])
      const complaint = await aComplaint({ departmentId: east, accused: [people.cs_manager.id] })
      await judgeComplaint(await actorOf(boss), complaint.id, input({}, complaint.version), now())
      const { id } = await requestAbout('complaint.acceptance', `complaint:${complaint.id}`)
      const [step] = await db.approvalStep.findMany({ where: { requestId: id } })
      expect(step!.excluded.toSorted()).toEqual([boss.id, people.cs_manager.id].toSorted())
    }))
})

type Browser = Awaited<ReturnType<typeof signIn>>
const statusOf = async (browser: Browser, number: string, path: string) =>
  (await browser.visit(`/complaints/${number}${path}`)).status

describe('permissions', () => {
  const paths = [
    'judgement',
    'dismissal',
    'void',
    'assignment',
    'level',
    'level/lowering',
    'level/grave',
    'investigation',
    'opinion',
    'statements',
  ]
  const may: Partial<Record<keyof Cast, string[]>> = {
    front_desk: ['assignment', 'level'],
    dept_head: ['judgement', 'dismissal', 'assignment', 'level', 'investigation', 'opinion', 'statements'],
    cs_manager: paths,
    general_manager: ['level'],
    sales_director: [],
    auditor: [],
  }
  it.each(Object.keys(may) as (keyof Cast)[])(
    'PPL-01: what %s can open of a complaint of the department',
    async (role) => {
      const complaint = await aComplaint({ departmentId: east, accused: [people.sales.id] })
      const browser = await signIn(people[role])
      for (const path of paths) {
        const { status } = await browser.visit(`/complaints/${complaint.number}/${path}`)
        // What is to be judged is not dismissed, nor the lowest level lowered: the address says so, to whom it is open.
        const opened = path === 'dismissal' || path === 'level/lowering' ? 422 : 200
        expect([path, status]).toEqual([path, may[role]!.includes(path) ? opened : 403])
      }
    },
  )

  it('CMP-03: for whom it is about, every address answers as if there were no such complaint', async () => {
    const complaint = await aComplaint({ departmentId: east, accused: [people.cs_manager.id] })
    // Whose role opens all of them: each would answer 200 (above), and none is refused by the table alone.
    for (const path of ['', ...paths.map((one) => `/${one}`)])
      for (const number of [complaint.number, 'T2099999999'])
        expect([path, await statusOf(manager, number, path)]).toEqual([path, 404])
  })
})
