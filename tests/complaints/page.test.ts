import { beforeAll, describe, expect, it } from 'vitest'
import { ComplaintState } from '../../prisma/client/enums.ts'
import { assignComplaint, undoAssignment } from '../../src/complaints/assigning/commands.ts'
import { assignmentProblems } from '../../src/complaints/assigning/rules.ts'
import { trackOf } from '../../src/complaints/page/track.ts'
import { db } from '../../src/db.ts'
import { translate } from '../../src/i18n.ts'
import { now } from '../../src/lib/clock.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
let west: bigint
let head: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  people = await theCast()
  const idOf = async (name: string) => (await db.department.findFirstOrThrow({ where: { name } })).id
  east = await idOf('城东营业部')
  west = await idOf('城西营业部')
  head = await signIn(people.dept_head)
})

describe('the page', () => {
  it('CMP-03: names whom it is about and that they take no part; the phone stays masked', async () => {
    const complaint = await aComplaint({
      departmentId: east,
      accused: [people.sales.id],
      phone: '13800000317',
      phoneDigits: '13800000317',
    })
    const page = await head.visit(`/complaints/${complaint.number}`)
    expect(page.$('#facts').text()).toContain(`${people.sales.name}，不参与处理`)
    expect(page.$('#facts').text()).toContain('138****0317')
    expect(page.$('#facts a.unmask').attr('href')).toBe(`/complaints/${complaint.number}/phone`)
    expect(page.response.text).not.toContain('13800000317')
  })

  it('who sees the complaint sees whose it is; the way to the record only where that is in scope', async () => {
    const customer = await make.customer({ department: '城西营业部' })
    const complaint = await aComplaint({ departmentId: east, customerId: customer.id })
    const page = await head.visit(`/complaints/${complaint.number}`)
    expect(page.$('.page-head').text()).toContain(customer.name)
    expect(page.$(`a[href="/customers/${customer.number}"]`)).toHaveLength(0)
    const manager = await (await signIn(people.cs_manager)).visit(`/complaints/${complaint.number}`)
    expect(manager.$(`.page-head a[href="/customers/${customer.number}"]`)).toHaveLength(1)
  })

  it('AUD-01: opening it is recorded', async () => {
    const complaint = await aComplaint({ departmentId: east })
    await head.visit(`/complaints/${complaint.number}`)
    const [line] = await db.auditEntry.findMany({
      where: { subject: `complaint:${complaint.id}`, action: 'complaint.opened' },
    })
    expect(line).toMatchObject({ kind: 'read', actorId: people.dept_head.id })
  })

  it.each(Object.values(ComplaintState).filter((state) => state !== 'closed'))(
    'CMP-07: in %s the page opens, with one present step at most and no act that is not open',
    async (state) => {
      const complaint = await aComplaint({ departmentId: east, state })
      const page = await head.visit(`/complaints/${complaint.number}`)
      expect(page.status).toBe(200)
      expect(page.$('.track li[data-at=now]')).toHaveLength(state === 'void' ? 0 : 1)
      const hrefs = page
        .$('.page-head .acts a')
        .toArray()
        .map((one) => page.$(one).attr('href')!.split('/').at(-1))
      expect(hrefs.includes('judgement')).toBe(state === 'received')
      expect(hrefs.includes('investigation')).toBe(state === 'investigating')
      expect(hrefs.includes('assignment')).toBe(state !== 'void')
    },
  )

  it('CMP-08: a major one is negotiated where others are told; what is not founded is answered', async () => {
    const complaint = await complaintNow(await aComplaint({ hazard: true }))
    const none = { report: null, remedy: null, judge: null }
    const words = (more: object) => trackOf(translate.zh, { ...complaint, ...more }, none).map(({ word }) => word)
    expect(words({ level: 'major' })).toContain('与客户协商')
    expect(words({ level: 'important' })).toContain('告知客户')
    expect(words({ state: 'answering' })).toEqual(['受理', '判定', '答复', '结案'])
    expect(words({ state: 'closed', outcome: 'settled' })).toHaveLength(9)
  })
})

describe('assigning', () => {
  it('a new handler is told, the remedy’s clock begins, and it can be taken back for some seconds', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const page = await head.submit(`/complaints/${complaint.number}/assignment`, {
      departmentId: String(east),
      ownerId: String(people.front_desk.id),
    })
    expect(page.$('#judgement').text()).toContain(people.front_desk.name)
    const notice = { staffId: people.front_desk.id, kind: 'complaint.assigned', subject: `complaint:${complaint.id}` }
    expect(await db.notice.count({ where: notice })).toBe(1)
    const [clock] = await db.deadline.findMany({
      where: { subject: `complaint:${complaint.id}`, kind: 'complaint.remedy' },
    })
    expect(clock).toMatchObject({ ownerId: people.front_desk.id })
    const undo = page.$('.notice form')
    const sent = Object.fromEntries(undo.serializeArray().map(({ name, value }) => [name, value]))
    expect((await head.post(undo.attr('action')!, sent)).status).toBe(303)
    expect(await complaintNow(complaint)).toMatchObject({ ownerId: null, departmentId: east })
    expect(await db.notice.count({ where: notice })).toBe(0)
    const running = { subject: `complaint:${complaint.id}`, kind: 'complaint.remedy', cancelledAt: null }
    expect(await db.deadline.count({ where: running })).toBe(0)
  })

  it('after the seconds it is not taken back', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const actor = await actorOf(people.dept_head)
    const wish = { departmentId: east, ownerId: people.front_desk.id, reason: null }
    await assignComplaint(actor, complaint.id, wish, now())
    const late = new Date(now().getTime() + 3_600_000)
    expect(await refusalOf(undoAssignment(actor, complaint.id, late))).toEqual(['CMP-13 judging:refused.undoLate'])
  })

  it('CMP-13: to somebody else only with a reason, to the same not at all, and not when it has ended', () => {
    const at = { state: 'investigating' as const, departmentId: 1n, ownerId: 2n }
    expect(assignmentProblems(at, { departmentId: 1n, ownerId: 3n, reason: null })).toMatchObject([{ field: 'reason' }])
    expect(assignmentProblems(at, { departmentId: 1n, ownerId: 3n, reason: '休假' })).toEqual([])
    expect(assignmentProblems(at, { departmentId: 1n, ownerId: 2n, reason: '再派' })).toMatchObject([
      { reason: 'judging:refused.sameAssignment' },
    ])
    expect(assignmentProblems({ ...at, ownerId: null }, { departmentId: 1n, ownerId: 3n, reason: null })).toEqual([])
    expect(
      assignmentProblems({ ...at, state: 'closed' }, { departmentId: 1n, ownerId: 3n, reason: 'x' }),
    ).toMatchObject([{ rule: 'CMP-07' }])
  })

  it('CMP-03: whom it is about, who left the place and who has no part in complaints are not handlers', async () => {
    const complaint = await aComplaint({ departmentId: east, accused: [people.sales.id] })
    const actor = await actorOf(people.cs_manager)
    const elsewhere = await make.staff([{ role: 'sales', department: '城西营业部' }])
    for (const ownerId of [people.sales.id, elsewhere.id, people.archivist.id])
      expect(
        await refusalOf(assignComplaint(actor, complaint.id, { departmentId: east, ownerId, reason: null }, now())),
      ).toEqual(['CMP-03 judging:refused.notHandler'])
    const page = await head.visit(`/complaints/${complaint.number}/assignment`)
    expect(page.$(`[name=ownerId] option[value="${people.sales.id}"]`)).toHaveLength(0)
    expect(page.$(`[name=ownerId] option[value="${people.archivist.id}"]`)).toHaveLength(0)
    await assignComplaint(actor, complaint.id, { departmentId: west, ownerId: elsewhere.id, reason: null }, now())
    expect(await complaintNow(complaint)).toMatchObject({ departmentId: west, ownerId: elsewhere.id })
    const stranger = await actorOf(await make.staff([{ role: 'dept_head', department: '客户服务部' }]))
    const taking = { departmentId: west, ownerId: null, reason: '我来' }
    await expect(assignComplaint(stranger, complaint.id, taking, now())).rejects.toThrow(Forbidden)
  })
})
