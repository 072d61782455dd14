import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { decide } from '../support/approving.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf } from '../support/make.ts'
import { at } from '../calendar/office.ts'
import { aRoom, asListed, asRows, begin, fourParts, handOn, theTeam, words, type Team } from './walk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('transfer_course')

let team: Team
/** Sessions do not last over days: everybody comes in anew. */
async function stand(text: string) {
  moveClock(() => at(text))
  team = await theTeam()
}
let room: string
let safe: string
beforeAll(async () => {
  await stand('2026-02-13 10:00')
  room = await aRoom()
  safe = await aRoom(true)
})
afterAll(() => moveClock(() => new Date()))

const stateOf = async (id: bigint) => (await db.transfer.findUniqueOrThrow({ where: { id } })).state
const dueOf = async (kind: string, id: bigint) =>
  (
    await db.deadline.findFirstOrThrow({
      where: { kind, subject: `transfer:${id}`, cancelledAt: null },
      orderBy: { id: 'desc' },
    })
  ).dueAt

describe('ARC-03: the whole course of a transfer', () => {
  it('three signatures in time over 补班 and the holidays; items, places, tasks and history follow', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13' })
    expect(made.page.url).toBe(`${made.at}/items`)
    // Three working days: the working Saturday 02-14, then 02-24 and 02-25 after the Spring Festival.
    expect(await dueOf('transfer.hand_over', made.id)).toEqual(at('2026-02-25 17:30'))
    expect(words(await team.officer.visit('/'), 'main')).toContain('归档移交等我签')

    const saved = await team.officer.submit(`${made.at}/items`, asRows(fourParts.slice(0, 2)))
    expect(saved.url).toBe(made.at)
    expect(words(saved, 'main')).toContain('清单里还没有：项目调查资料、客户或企业资料')
    await team.officer.submit(`${made.at}/items`, asRows(fourParts))
    await stand('2026-02-14 16:00')
    const handed = await team.officer.submit(`${made.at}/handing-over`)
    expect(words(handed, '#notice')).toContain('已签字移交')
    expect(await dueOf('transfer.check', made.id)).toEqual(at('2026-02-25 17:30'))
    expect(words(await team.checker.visit('/'), 'main')).toContain('归档移交等我签')
    expect((await team.officer.agent.get(`${made.at}/check`)).status).toBe(403)

    const checked = await team.checker.submit(`${made.at}/check`, { ...(await asListed(made.id)), sign: 'on' })
    expect(words(checked, '#notice')).toContain('等档案员点收')
    const taken = await team.archivist.submit(`${made.at}/taking`, {
      ...(await asListed(made.id)),
      place: `${room} 1-1-1`,
      sign: 'on',
    })
    const file = await db.customerFile.findUniqueOrThrow({
      where: { customerId: made.customer.id },
      include: { volumes: true },
    })
    expect(words(taken, '#notice')).toContain(`已入库：档案 ${file.number}，4 项，权证 0 件，复制任务 1 项`)
    const items = await db.archiveItem.findMany({ where: { fileId: file.id }, orderBy: { n: 'asc' } })
    // ARC-24: numbers follow from the file's number.
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3, 4].map((n) => `${file.number}-0${n}`))
    expect(items.map(({ pages }) => pages)).toEqual([3, 12, 20, 1])
    expect(file.kind).toBe('loan')
    expect(file.volumes.map(({ part }) => part).sort()).toEqual([
      'approval',
      'contracts',
      'customer_papers',
      'investigation',
    ])
    expect(items.every(({ placeId }) => placeId !== null)).toBe(true)
    // ARC-22
    expect(items.map(({ durable }) => durable)).toEqual([true, true, false, true])
    const task = await db.task.findFirstOrThrow({ where: { customerId: made.customer.id } })
    expect([task.title.includes(items[2]!.number), task.ownerId]).toEqual([true, team.people.archivist.id])

    const trail = words(await team.officer.visit(made.at), '.history')
    expect(trail).toContain('经办人签字移交归档资料')
    expect(trail).toContain('档案员签字点收入库')
    expect(words(taken, '.signers')).toMatch(/陆停云 已签.*何以宁 已签.*温知非 已签/u)
    const told = await db.notice.findMany({
      where: { subject: `transfer:${made.id}` },
      select: { kind: true, staffId: true },
    })
    expect(told).toContainEqual({ kind: 'transfer.taken', staffId: team.people.sales.id })
    expect(told).toContainEqual({ kind: 'transfer.waiting', staffId: team.people.archivist.id })
  })

  it('counts that differ stop both signatures and stand out; what was counted goes back with it', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13' })
    await team.officer.submit(`${made.at}/items`, asRows(fourParts))
    await team.officer.submit(`${made.at}/handing-over`)
    const counted = { ...(await asListed(made.id)), 'rows.2.pages': '11' }
    const refused = await team.checker.submit(`${made.at}/check`, { ...counted, sign: 'on' })
    expect(refused.status).toBe(422)
    expect(words(refused, '.errors')).toMatch(/第 2 项“借款合同”清单 12 页，点得 11 页.*ARC-03/u)
    // Nothing typed is lost.
    expect(refused.$('[name="rows.2.pages"]').val()).toBe('11')
    const uncounted = await team.checker.submit(`${made.at}/check`, { 'rows.1.pages': '', sign: 'on' })
    expect(words(uncounted, '.errors')).toContain('第 1 项“立项审批表”还没有点数')
    const saved = await team.checker.submit(`${made.at}/check`, counted)
    expect(words(saved, 'main')).toContain('1 项与清单不符')
    const back = await team.checker.submit(`${made.at}/return`, { reason: '借款合同少一页，请核对' })
    expect(words(back, 'main')).toContain('退回理由：借款合同少一页，请核对')
    expect(await stateOf(made.id)).toBe('listing')

    await handOn(team, made)
    const short = { ...(await asListed(made.id)), 'rows.3.pages': '19' }
    await team.archivist.submit(`${made.at}/taking`, short)
    await team.archivist.submit(`${made.at}/sending-back`, { reason: '调查报告点得 19 页' })
    expect(words(await team.checker.visit(`${made.at}/check`), 'main')).toContain('档案员上次点得 19 页')
    expect(await db.archiveItem.count({ where: { customerId: made.customer.id } })).toBe(0)
  })

  it('later than 3 + 2 nobody signs before the reason is approved, by none of the three', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13' })
    await team.officer.submit(`${made.at}/items`, asRows(fourParts))
    // The limit is the close of 02-27; 02-28 is a working Saturday.
    await stand('2026-02-27 17:30')
    expect(words(await team.officer.visit(made.at), 'main')).not.toContain('写明原因')
    await stand('2026-02-28 09:00')
    const refused = await team.officer.submit(`${made.at}/handing-over`)
    expect(words(refused, '.errors')).toMatch(/最迟 2026-02-27 17:30.*ARC-03/u)
    const asked = await team.officer.submit(`${made.at}/lateness`, { reason: '客户出国，补签字页' })
    expect(words(asked, 'main')).toContain('待批准')
    const { id: requestId } = await db.approvalRequest.findFirstOrThrow({ where: { subject: `transfer:${made.id}` } })
    const [step] = await db.approvalStep.findMany({ where: { requestId } })
    expect(step!.role).toBe('cs_manager')
    const { sales, front_desk, archivist } = team.people
    expect(step!.excluded).toEqual(expect.arrayContaining([sales.id, front_desk.id, archivist.id]))
    await decide(
      await actorOf(team.people.cs_manager),
      'archive.transfer',
      `transfer:${made.id}`,
      'approve',
      at('2026-02-28 10:00'),
    )
    const handed = await team.officer.submit(`${made.at}/handing-over`)
    expect(words(handed, '#notice')).toContain('已签字移交')
    expect(words(handed, '.history')).toContain('批准迟交归档资料')
    const checked = await team.checker.submit(`${made.at}/check`, { ...(await asListed(made.id)), sign: 'on' })
    expect(words(checked, '#notice')).toContain('已签字')
  })

  it('the supplement list holds B up until it is settled or may follow', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13' })
    await team.officer.submit(`${made.at}/items`, asRows(fourParts))
    await team.officer.submit(`${made.at}/handing-over`)
    await team.checker.submit(`${made.at}/supplements/new`, {
      what: '保证合同缺签字页\n\n身份证复印件',
      dueOn: '2026-02-24',
    })
    const told = await db.notice.findFirstOrThrow({
      where: { subject: `transfer:${made.id}`, kind: 'transfer.supplement' },
    })
    expect([told.staffId, (told.params as { items: number }).items]).toEqual([team.people.sales.id, 2])
    const seen = await team.checker.visit(made.at)
    expect(seen.$('a[href$="/supplements/2/following"]').text()).toBe('允许随后补')
    const full = { ...(await asListed(made.id)), sign: 'on' }
    const held = await team.checker.submit(`${made.at}/check`, full)
    expect(words(held, '.errors')).toContain('补充清单还有 2 项没补齐')
    await team.checker.submit(`${made.at}/supplements/1/settlement`, { note: '签字页 2 页' })
    await team.checker.submit(`${made.at}/supplements/2/following`, { reason: '客户下周寄来原件' })
    const page = await team.officer.visit(made.at)
    expect(words(page, 'main')).toContain('随后补：客户下周寄来原件')
    const signed = await team.checker.submit(`${made.at}/check`, full)
    expect(words(signed, '#notice')).toContain('已签字')
    const clocks = await db.deadline.findMany({
      where: { kind: 'transfer.supplement', customerId: made.customer.id },
      orderBy: { id: 'asc' },
    })
    expect(clocks.map(({ metAt }) => metAt !== null)).toEqual([true, false])
    const pdf = await team.officer.agent.get(`${made.at}/supplements.pdf`)
    expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf'])
  })

  it('cancelled, its clocks stop; a list is taken from an earlier one of the kind', async () => {
    await stand('2026-02-13 10:00')
    const first = await begin(team, { endedOn: '2026-02-13' })
    await team.officer.submit(`${first.at}/items`, asRows(fourParts))
    const made = await begin(team, { endedOn: '2026-02-13', template: first.number })
    const copied = await db.transferItem.findMany({ where: { transferId: made.id }, orderBy: { n: 'asc' } })
    expect(copied.map(({ title, pages }) => [title, pages])).toEqual(fourParts.map(({ title }) => [title, 0]))
    const refused = await team.officer.submit(`${made.at}/handing-over`)
    expect(words(refused, '.errors')).toContain('第 1 行“立项审批表”没有页数')
    const ended = await team.officer.submit(`${made.at}/cancellation`, { reason: '项目重复建单' })
    expect(words(ended, 'main')).toContain('取消理由：项目重复建单')
    const clock = await db.deadline.findFirstOrThrow({ where: { subject: `transfer:${made.id}` } })
    expect(clock.cancelledAt).not.toBeNull()
    const late = await team.officer.submit(`${made.at}/cancellation`, { reason: '再取消一次' })
    expect(words(late, '.errors')).toMatch(/已是“已取消”（陆停云，2026-02-13 10:00）/u)
  })
})

describe('the list as a form', () => {
  it('errors stand beside their rows and lose nothing; five more rows come with what was saved', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13' })
    const typed = asRows([
      { title: '借款合同', part: 'contracts', pages: '12' },
      { title: '', pages: '7' },
    ])
    const wrong = await team.officer.submit(`${made.at}/items`, typed)
    expect(wrong.status).toBe(422)
    expect(words(wrong, '.errors')).toContain('第 2 行 材料名称')
    expect([wrong.$('[name="rows.1.title"]').val(), wrong.$('[name="rows.2.pages"]').val()]).toEqual(['借款合同', '7'])
    const future = await team.officer.submit(`${made.at}/items`, asRows([{ title: '合同', datedOn: '2026-03-01' }]))
    expect(words(future, '.errors')).toContain('日期在今天以后')
    const more = await team.officer.submit(`${made.at}/items`, { ...asRows(fourParts), more: 'on' })
    expect(more.$('tbody.line')).toHaveLength(14)
    expect(await db.transferItem.count({ where: { transferId: made.id } })).toBe(4)
  })
})

describe('ARC-23: certificates go straight into the safe', () => {
  it('named, counted and compared by three; nowhere but a separate room; their own ledger', async () => {
    await stand('2026-02-13 10:00')
    const made = await begin(team, { endedOn: '2026-02-13', fileKind: 'general' })
    const deed = { title: '不动产权证原件', type: 'certificate', pages: '2', copies: '1', certificate: 'on' }
    const copy = { title: '客户未取的合同', pages: '5', attachment: 'on' }
    await team.officer.submit(`${made.at}/items`, asRows([deed, copy]))
    const bare = await team.officer.submit(`${made.at}/handing-over`)
    expect(words(bare, '.errors')).toMatch(/是权证，要写明权证名称、权证号、权利人.*ARC-23/u)
    const named = { ...deed, certKind: '不动产权证', certNumber: '桃源 2026-0007', certOwner: '蓬莱客栈' }
    await handOn(team, made, [named, copy])
    expect(await stateOf(made.id)).toBe('checked')
    const all = await asListed(made.id)
    const { 'rows.1.same': _same, ...unticked } = all
    const compared = await team.archivist.post(`${made.at}/taking`, {
      ...(await team.archivist.fieldsOf(`${made.at}/taking`)),
      ...unticked,
      sign: 'on',
    })
    expect(compared.text).toContain('还没有核对名称和权证号')
    const wrong = await team.archivist.submit(`${made.at}/taking`, { ...all, safe: `${room} 1-1-1`, sign: 'on' })
    expect(words(wrong, '.errors')).toMatch(/必须放进单独的库房.*ARC-23/u)
    const taken = await team.archivist.submit(`${made.at}/taking`, { ...all, safe: `${safe} 1-1-1`, sign: 'on' })
    expect(words(taken, '#notice')).toContain('1 项，权证 1 件')
    const [item] = await db.archiveItem.findMany({
      where: { customerId: made.customer.id },
      include: { certificate: true },
    })
    expect([item!.important, item!.certificate?.owner, item!.certificate?.quantity]).toEqual([true, '蓬莱客栈', 1])
    // The customer's uncollected copy goes along without a number.
    expect(await db.archiveItem.count({ where: { customerId: made.customer.id } })).toBe(1)
    expect(words(taken, 'main')).toContain('附件（不编号）')
  })
})
