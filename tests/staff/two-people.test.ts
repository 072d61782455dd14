import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { roles } from '../../src/staff/forms.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { makeDelegation } from '../../src/delegations/commands.ts'
import { actingFor } from '../../src/delegations/queries.ts'
import { dateText } from '../../src/lib/dates.ts'
import { disableStaff } from '../../src/staff/commands.ts'
import { grantRole } from '../../src/staff/roles.ts'
import { revokeRole } from '../../src/staff/revoking.ts'
import { decideAs, requestAbout } from '../support/approvals.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

const wide = { scope: 'company', departmentId: null, regionId: null } as const
let people: Cast
beforeAll(async () => {
  people = await theCast()
})

const ask = async (person: Person, role: Role, by = people.security_admin) =>
  grantRole(await actorOf(by), person.id, { role, ...wide }, now())
const request = (person: Person) => requestAbout('role.grant', `staff:${person.id}`)
const held = async (person: Person) =>
  (await db.roleGrant.findMany({ where: { staffId: person.id }, orderBy: { id: 'asc' } })).map(({ role }) => role)

describe('PPL-02: a powerful role takes two people', () => {
  it.each(roles)('%s', async (role) => {
    const person = await make.staff([])
    const number = await ask(person, role)
    const powerful = ['general_manager', 'sales_director', 'auditor', 'security_admin', 'system_admin'].includes(role)
    expect(number === null).toBe(!powerful)
    expect(await held(person)).toEqual(powerful ? [] : [role])
  })

  it('given when the general manager agrees, in the trail of both, and the sessions end', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const browser = await signIn(person)
    const number = await ask(person, 'sales_director')
    expect((await request(person)).number).toBe(number)
    expect(await decideAs(people.general_manager, await request(person), { verdict: 'approve' })).toBe('approved')
    expect(await held(person)).toEqual(['sales', 'sales_director'])
    const lines = await db.auditEntry.findMany({ where: { subject: `staff:${person.id}` }, orderBy: { id: 'asc' } })
    const told = lines.map(({ action, actorName }) => `${action} ${actorName}`)
    expect(told).toContain(`approval.filed ${people.security_admin.name}`)
    expect(told).toContain(`approval.approved ${people.general_manager.name}`)
    expect(lines.find(({ action }) => action === 'role.granted')!.after).toMatchObject({ request: number })
    expect((await browser.visit('/')).url).toContain('/sign-in')
  })

  it('neither who asked, nor whom it is for, nor anybody else agrees', async () => {
    const chief = await make.staff([{ role: 'sales' }])
    await ask(chief, 'general_manager')
    const asked = await request(chief)
    const refused = (person: Person) => refusalOf(decideAs(person, asked, { verdict: 'approve' }))
    expect(await refused(people.security_admin)).toEqual(['PPL-02 approvals:refused.own'])
    expect(await refused(chief)).toEqual(['PPL-02 approvals:refused.own'])
    for (const role of ['system_admin', 'auditor', 'sales_director', 'dept_head'] as const)
      expect(await refused(people[role])).toEqual(['APR-01 approvals:refused.notYours'])
    expect(await held(chief)).toEqual(['sales'])
  })

  it('a role that excludes it, given meanwhile, makes the request void', async () => {
    const person = await make.staff([])
    await ask(person, 'auditor')
    const asked = await request(person)
    await ask(person, 'sales')
    expect(await decideAs(people.general_manager, asked, { verdict: 'approve' })).toBe('void')
    expect(await held(person)).toEqual(['sales'])
    expect((await request(person)).state).toBe('void')
  })

  it('who has left meanwhile is given nothing', async () => {
    const person = await make.staff([])
    await ask(person, 'auditor')
    const asked = await request(person)
    await disableStaff(await actorOf(people.system_admin), person.id, now())
    expect(await decideAs(people.general_manager, asked, { verdict: 'approve' })).toBe('void')
    expect(await held(person)).toEqual([])
  })

  it('of twenty who ask at once one has asked; taking a role away needs nobody else', async () => {
    const person = await make.staff([])
    const answers = await Promise.all(Array.from({ length: 20 }, () => refusalOf(ask(person, 'auditor'))))
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    for (const answer of answers.filter((one) => one !== null))
      expect(answer).toEqual(['APR-01 approvals:refused.waitingAlready'])
    await decideAs(people.general_manager, await request(person), { verdict: 'approve' })
    const grant = await db.roleGrant.findFirstOrThrow({ where: { staffId: person.id } })
    await revokeRole(await actorOf(people.security_admin), person.id, grant.id, now())
    expect(await held(person)).toEqual([])
  })

  it('PPL-02: whoever loses the last role is no deputy any more, nor has one: the next role may exclude it', async () => {
    const lender = await make.staff([{ role: 'sales_director' }])
    const deputy = await make.staff([{ role: 'dept_head' }, { role: 'finance' }])
    const wish = { to: deputy.number, kinds: ['customer.key_fields' as const], reason: null }
    const today = dateText(now())
    await makeDelegation(await actorOf(lender), { ...wish, fromOn: today, untilOn: today }, now())
    expect(await actingFor(deputy.id, now())).toHaveLength(1)
    const revoke = async (role: Role) => {
      const grant = await db.roleGrant.findFirstOrThrow({ where: { staffId: deputy.id, role } })
      await revokeRole(await actorOf(people.security_admin), deputy.id, grant.id, now())
    }
    await revoke('finance')
    expect(await actingFor(deputy.id, now())).toHaveLength(1)
    await revoke('dept_head')
    expect(await actingFor(deputy.id, now())).toEqual([])
    expect(await db.notice.count({ where: { staffId: lender.id, kind: 'delegation.ended' } })).toBe(1)
  })

  it('the page says that it waits for a second person, and where', async () => {
    const person = await make.staff([])
    const guard = await signIn(people.security_admin)
    const page = await guard.submit(`/staff/${person.number}/roles`, { role: 'auditor', scope: 'company' })
    const { number } = await request(person)
    expect(page.$('#notice').text()).toContain(number)
    expect(page.$('.callout').text()).toContain('待批：审计')
    expect(page.$(`.callout a[href="/approvals/${number}"]`)).toHaveLength(1)
  })
})
