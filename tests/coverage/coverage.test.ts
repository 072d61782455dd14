import { beforeAll, describe, expect, it } from 'vitest'
import { coverageQuery } from '../../src/coverage/forms.ts'
import { coverageFor, dueCustomers, everyDue, sharesFor } from '../../src/coverage/queries.ts'
import { coverageRules, dueOn, figuresOf, type Facts } from '../../src/coverage/rules.ts'
import { change } from '../../src/audit/change.ts'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { daysOfMonth, monthAfter, monthOf } from '../../src/lib/months.ts'
import { regulationAt } from '../../src/regulations/in-force.ts'
import { contacted } from '../../src/visits/contacted.ts'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

type Made = Facts & { number: string; id: bigint; name: string }
let sales: Person
const made: Made[] = []
const today = dateText(now())
const back = (days: number) => new Date(now().getTime() - days * 86_400_000)

let seed = 61
const random = (n: number) => (seed = (seed * 16_807) % 2_147_483_647) % n

beforeAll(async () => {
  await theCast()
  sales = await make.staff([{ role: 'sales', department: '城东营业部' }])
  for (let n = 0; n < 40; n++) made.push(await aCustomer())
}, 30_000)

async function aCustomer(more: Partial<Facts> = {}): Promise<Made> {
  const { id, number, name } = await make.customer({ ownerId: sales.id })
  const facts: Facts = {
    grade: ([null, 'A', 'A', 'B', 'C'] as const)[random(5)]!,
    contactedOn: random(4) === 0 ? null : dateText(back(random(460))),
    managerContactedOn: random(3) === 0 ? null : dateText(back(random(200))),
    createdOn: dateText(back(460 + random(100))),
    ...more,
  }
  await pool.query(
    `update customer set grade = $2::customer_grade, contacted_on = $3, manager_contacted_on = $4,
       created_at = ($5::date + interval '12 hours') at time zone 'Asia/Shanghai', life = 'potential' where id = $1`,
    [id, facts.grade, facts.contactedOn, facts.managerContactedOn, facts.createdOn],
  )
  return { ...facts, id, number, name }
}

const query = (more: Record<string, string>) => coverageQuery.parse({ owner: sales.number, ...more })
async function listed(more: Record<string, string>, act: 'coverage.view' = 'coverage.view') {
  const { general_manager } = await theCast()
  const found: { number: string; dueOn: string }[] = []
  for await (const { number, dueOn } of everyDue(await actorOf(general_manager), query(more), now(), act))
    found.push({ number, dueOn })
  return found
}

describe('VIS-10, REL-01: the list is the rule', () => {
  it.each(['anybody', 'manager'] as const)('SQL finds whom the rule names, by whom: %s', async (by) => {
    await under({ 'relations.grade_a_by': by }, async () => {
      const figures = figuresOf(await regulationAt(now()))
      expect(figures.gradeABy).toBe(by)
      for (const rule of coverageRules)
        for (const span of ['over', 'month', 'covered', 'all'] as const) {
          const monthEnd = daysOfMonth(monthOf(now())).at(-1)!
          const wanted = made.flatMap((one) => {
            const due = dueOn(one, figures).find((found) => found.rule === rule)
            if (!due) return []
            const inSpan = {
              over: due.dueOn < today,
              month: due.dueOn <= monthEnd,
              covered: due.dueOn >= today,
              all: true,
            }
            return inSpan[span] ? [{ number: one.number, dueOn: due.dueOn }] : []
          })
          const found = await listed({ rule, span })
          expect(found.length, `${rule} ${span}`).toBe(wanted.length)
          expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(
            new Set(wanted.map((one) => JSON.stringify(one))),
          )
          expect(found.map((one) => one.dueOn)).toEqual(found.map((one) => one.dueOn).toSorted())
        }
    })
  })

  it('VIS-10: pages by keyset hold every customer once, forwards and back', async () => {
    const actor = await actorOf(sales)
    const first = await coverageFor(actor, query({ rule: 'yearly', span: 'all' }), now())
    const last = first.rows.at(-1)!
    const second = await coverageFor(
      actor,
      query({ rule: 'yearly', span: 'all', after: `${last.basis}.${last.id}` }),
      now(),
    )
    const numbers = [...first.rows, ...second.rows].map(({ number }) => number)
    expect(numbers).toHaveLength(made.length)
    expect(new Set(numbers)).toEqual(new Set(made.map(({ number }) => number)))
    const again = second.rows[0]!
    const before = await coverageFor(
      actor,
      query({ rule: 'yearly', span: 'all', before: `${again.basis}.${again.id}` }),
      now(),
    )
    expect(before.rows.map(({ number }) => number)).toEqual(first.rows.map(({ number }) => number))
    expect(first).toMatchObject({ earlier: false, later: true, count: made.length })
  })

  it('VIS-10: shares count what the lists hold', async () => {
    const actor = await actorOf(sales)
    for (const rule of coverageRules) {
      const [share] = (await sharesFor(actor, rule, now())).people
      const all = await listed({ rule, span: 'all' })
      const over = await listed({ rule, span: 'over' })
      expect({ all: share?.all ?? 0, over: share?.over ?? 0 }).toEqual({ all: all.length, over: over.length })
    }
  })

  it('VIS-10, VIS-01: a plan is offered who is due by the end of its month; not what only a manager can do', async () => {
    const figures = figuresOf(await regulationAt(now()))
    const month = monthOf(now())
    const by = daysOfMonth(month).at(-1)!
    const found = await dueCustomers(await actorOf(sales), month, 100, now())
    const wanted = made.filter((one) => dueOn(one, figures).some((due) => due.rule !== 'manager' && due.dueOn <= by))
    expect(new Set(found.map(({ number }) => number))).toEqual(new Set(wanted.map(({ number }) => number)))
    expect(found.flatMap(({ due }) => due.map(({ rule }) => rule))).not.toContain('manager')
  })
})

describe('VIS-10: on the page', () => {
  it('VIS-10, REL-01: the sales person sees the own, with the last contact and what to do; a contact takes it off the list', async () => {
    const due = await aCustomer({ grade: 'A', contactedOn: dateText(back(90)), managerContactedOn: today })
    const browser = await signIn(sales)
    const page = await browser.visit('/coverage?span=over')
    const row = page.$(`a[href="/customers/${due.number}"]`).closest('tr')
    expect(row.text()).toContain(dateText(back(90)))
    expect(row.text()).toMatch(/逾期 \d+ 天/)
    expect(row.find(`a[href="/contact-records/new?customer=${due.number}&formal=on"]`).text()).toBe('记录联系')
    // VIS-01: no plan is begun yet, and the customer that was chosen is kept on the way to it.
    const begin = row.find(`a[href="/visits/plans/new?customer=${due.number}"]`)
    expect(begin.text()).toBe('排入计划')
    const form = await browser.visit(begin.attr('href')!)
    expect([form.$('[name=customer]').val(), form.$('.lede').text()]).toEqual([
      due.number,
      expect.stringContaining(due.name),
    ])
    const outside = { month: monthAfter(monthOf(now()), 1), customer: due.number, day: '2020-01-06' }
    const refused = await browser.submit('/visits/plans/new', outside, begin.attr('href')!)
    expect([refused.status, refused.$('[name=customer]').val()]).toEqual([422, due.number])
    const begun = await browser.submit('/visits/plans/new', { ...outside, day: '' }, begin.attr('href')!)
    expect(begun.$('.plan-lines').text()).toContain(due.name)
    const { sales: actor } = { sales: await actorOf(sales) }
    await change(actor, async (tx, audit) => {
      await contacted(tx, [due.id], today, false)
      await audit('contact_record.added', `customer:${due.id}`)
    })
    const after = await browser.visit('/coverage?span=over')
    expect(after.$(`a[href="/customers/${due.number}"]`)).toHaveLength(0)
    const share = await browser.visit('/coverage/share?rule=yearly')
    const figure = share.$('table').last().find('tbody tr').first()
    expect(figure.text()).toContain(sales.name)
    const href = figure.find('td a').first().attr('href')!
    const count = Number(figure.find('td a').first().text())
    const opened = await browser.visit(href)
    expect(opened.$('.pager').text()).toContain(`${count} 个客户`)
  })

  it('VIS-10: lost and void customers are left out; other departments’ customers are not seen', async () => {
    const [lost] = [await aCustomer({ grade: 'A', contactedOn: dateText(back(300)) })]
    await pool.query(`update customer set life = 'lost' where id = $1`, [lost.id])
    expect((await listed({ rule: 'grade_a', span: 'all' })).map(({ number }) => number)).not.toContain(lost.number)
    const other = await make.staff([{ role: 'sales', department: '城西营业部' }])
    const found = await coverageFor(await actorOf(other), query({ rule: 'yearly', span: 'all' }), now())
    expect(found.rows).toEqual([])
  })
})
