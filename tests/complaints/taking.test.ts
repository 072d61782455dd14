import { expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { signIn } from '../support/browser.ts'
import { theCast } from '../support/make.ts'

it('CMP-12, CMP-13, CMP-14: the clocks run from receipt, and the list is due when the first of them is', async () => {
  const complaint = await aComplaint()
  const clocks = await db.deadline.findMany({
    where: { subject: `complaint:${complaint.id}` },
    orderBy: { dueAt: 'asc' },
  })
  expect(clocks.map(({ kind }) => kind).toSorted()).toEqual([
    'complaint.contact',
    'complaint.done',
    'complaint.first_result',
    'complaint.progress',
  ])
  expect((await complaintNow(complaint)).dueAt).toEqual(clocks[0]!.dueAt)
})

it('CMP-03: whom it is about has no such complaint', async () => {
  const { dept_head, cs_manager } = await theCast()
  const complaint = await aComplaint({ accused: [dept_head.id] })
  expect((await (await signIn(cs_manager)).visit(`/complaints/${complaint.number}`)).status).toBe(200)
  expect((await (await signIn(dept_head)).visit(`/complaints/${complaint.number}`)).status).toBe(404)
})
