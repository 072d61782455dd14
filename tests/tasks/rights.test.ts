import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { createTask } from '../../src/tasks/commands.ts'
import { taskPolicy } from '../../src/tasks/policy.ts'
import { taskFor, type Task } from '../../src/tasks/queries.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

const now = new Date('2026-11-23T02:00:00Z')
let people: Cast
let task: Task
let others: Task
let giver: Actor

// Given by a salesperson to the front desk of 城东营业部, about a customer in 东区一片; `others` lies in another department.
beforeAll(async () => {
  people = await theCast()
  const person = await make.staff([{ role: 'sales' }])
  giver = await actorOf(person)
  const customer = await make.customer({ ownerId: giver.id, region: '东区一片' })
  const fields = { title: '回电', note: null, dueOn: '2026-11-25' }
  const give = async (owner: string, about: string | null) =>
    taskFor(giver, await createTask(giver, { ...fields, owner, customer: about }, now))
  task = await give(people.front_desk.number, customer.number)
  others = await give(people.cs_manager.number, null)
})

const acts = ['view', 'finish', 'handOn', 'withdraw', 'correct'] as const
const allowed = (who: Actor, of: Task) => acts.filter((act) => taskPolicy[act](who, of)).join(' ')

describe('PPL-01: who may do what with a task', () => {
  const settles = 'view finish handOn withdraw'
  // One line for each role: the task of the front desk in 城东营业部, and the cs_manager's in 客户服务部.
  const table: Record<string, [string, string]> = {
    front_desk: [settles, ''],
    sales: ['', ''],
    dept_head: [settles, ''],
    area_manager: [settles, ''],
    archivist: ['', ''],
    info_supervisor: ['', ''],
    cs_manager: [settles, settles],
    finance: ['', ''],
    logistics: ['', ''],
    sales_director: [settles, settles],
    general_manager: [settles, settles],
    auditor: ['view', 'view'],
    security_admin: ['', ''],
    system_admin: ['', ''],
    nobody: ['', ''],
  }

  it.each(Object.entries(table))('%s', async (role, [first, second]) => {
    const who = await actorOf(people[role as keyof Cast])
    expect([allowed(who, task), allowed(who, others)]).toEqual([first, second])
  })

  it('its giver sees it, corrects it, hands it on and takes it back, but does not finish it', () => {
    expect(allowed(giver, task)).toBe('view handOn withdraw correct')
  })

  it('sees exactly the tasks the list and the address show', async () => {
    for (const role of Object.keys(table)) {
      const who = await actorOf(people[role as keyof Cast])
      for (const one of [task, others]) {
        const found = await taskFor(who, one.number).catch(() => null)
        expect(found !== null, `${role} ${one.title}`).toBe(taskPolicy.view(who, one))
      }
    }
  })
})
