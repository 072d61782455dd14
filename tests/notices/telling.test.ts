import { beforeAll, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { keysOf, translate } from '../../src/i18n.ts'
import { notify, type NewNotice } from '../../src/notices/commands.ts'
import { kindOf, noticeKinds, wordOf, type NoticeKind } from '../../src/notices/kinds.ts'
import { letterOf } from '../../src/notices/letter.ts'
import { sentenceOf } from '../../src/notices/sentences.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

const at = new Date('2026-11-23T02:00:00Z')
let people: Cast
beforeAll(async () => {
  people = await theCast()
})

const tell = (notices: NewNotice[], now = at) =>
  change(system, async (tx, audit) => {
    await notify(tx, notices, now)
    await audit('mail.made', 'notices', { after: { test: true } })
  })

const assigned = (to: Person, more: Partial<NewNotice> = {}): NewNotice => ({
  to: to.id,
  kind: 'customer.assigned',
  subject: 'customer:1',
  href: '/customers/K2026000001',
  params: { by: '江问渠', number: 'K2026000001' },
  ...more,
})
const noticesOf = (person: Person) => db.notice.findMany({ where: { staffId: person.id }, orderBy: { id: 'asc' } })

async function withAddress(): Promise<Person> {
  const person = await make.staff([{ role: 'sales' }])
  await pool.query('update staff set email = $2 where id = $1', [person.id, `s${person.id}@yunsan.example`])
  return person
}

async function deadline(): Promise<bigint> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into deadline (kind, subject, rule, amount, unit, started_at, due_at, soon_at)
     values ('task.due', 'task:' || gen_random_uuid(), 'CAL-02', 1, 'moment', $1, $1, $1) returning id`,
    [at],
  )
  return BigInt(rows[0]!.id)
}

describe('notify', () => {
  it('thousands in one statement, in the order given', async () => {
    const person = await make.staff()
    const many = Array.from({ length: 3000 }, (_, n) => assigned(person, { params: { by: '江', number: `K${n}` } }))
    await tell(many)
    const kept = await noticesOf(person)
    expect(kept).toHaveLength(3000)
    expect(kept.map(({ params }) => (params as { number: string }).number)).toEqual(
      many.map(({ params }) => params!['number']),
    )
    expect(kept[0]).toMatchObject({ at, readAt: null, mailBy: null, mailId: null, urgent: false })
  })

  it('CAL-02: a step of a deadline is told to a person once, whoever sweeps and however often', async () => {
    const [one, other] = [await make.staff(), await make.staff()]
    const deadlineId = await deadline()
    const step = (to: Person, at: string, kind: NoticeKind = 'deadline.escalated'): NewNotice => ({
      ...assigned(to, { kind, deadlineId }),
      params: { what: '核实', number: 'K2026000001', due: '2026-11-24', owner: '陆停云', ...(at ? { step: at } : {}) },
    })
    await Promise.all(Array.from({ length: 6 }, () => tell([step(one, '1'), step(one, '2'), step(other, '1')])))
    await Promise.all(Array.from({ length: 3 }, () => tell([step(one, '', 'deadline.soon')])))
    expect(await noticesOf(one)).toHaveLength(3)
    expect(await noticesOf(other)).toHaveLength(1)
    await tell([step(one, '', 'deadline.overdue')])
    expect(await noticesOf(one)).toHaveLength(4)
  })

  it('mail follows the person’s choice, then the kind’s default, and needs an address', async () => {
    const [none, usual, digest, never] = [
      await make.staff(),
      await withAddress(),
      await withAddress(),
      await withAddress(),
    ]
    const choose = (person: Person, mail: string) =>
      pool.query(`insert into notice_choice values ($1, 'customer.assigned', $2::mail_choice)`, [person.id, mail])
    await choose(digest, 'digest')
    await choose(never, 'none')
    await tell([none, usual, digest, never].map((person) => assigned(person)))
    const ways = await Promise.all([none, usual, digest, never].map(noticesOf))
    expect(ways.map(([notice]) => notice?.mailBy)).toEqual([null, 'each', 'digest', null])
  })

  it('who has left is told nothing; urgent is only what may be', async () => {
    const gone = await make.staff()
    await pool.query(`update staff set state = 'disabled' where id = $1`, [gone.id])
    const person = await make.staff()
    await tell([assigned(gone), assigned(person, { urgent: true })])
    expect(await noticesOf(gone)).toEqual([])
    expect(await noticesOf(person)).toMatchObject([{ urgent: false }])
  })

  it('a notice without what its sentence needs is a mistake of ours', async () => {
    await expect(tell([assigned(people.sales, { params: { by: '江' } })])).rejects.toThrow('without number')
  })
})

describe('sentences', () => {
  const params = (kind: NoticeKind) =>
    Object.fromEntries(kindOf(kind).needs.map((name) => [name, name === 'number' ? 'K2026000001' : `(${name})`]))

  it.each(noticeKinds)('%s reads whole in both languages, with what it needs', (kind) => {
    for (const language of ['zh', 'en'] as const) {
      const sentence = sentenceOf(language, { kind, params: params(kind) }, null)
      expect(sentence).not.toMatch(/[{}]|—|undefined/)
      for (const name of kindOf(kind).needs) expect(sentence).toContain(name === 'number' ? 'K2026000001' : `(${name})`)
      expect(translate[language](`notices:kind.${wordOf(kind)}`)).not.toBe('')
    }
  })

  it('every sentence belongs to a kind', () => {
    const words = keysOf('zh').flatMap((key) => /^notices:(?:say|kind)\.(.*?)(?:_many)?$/.exec(key)?.[1] ?? [])
    expect([...new Set(words)].toSorted()).toEqual(noticeKinds.map(wordOf).toSorted())
  })

  it('inside the house the name stands beside the number, if the reader may see it; a word is in the reader’s language', () => {
    const told = {
      kind: 'deadline.soon',
      params: { what: { word: 'notices:kind.task_given' as const }, number: 'K1', due: '2026-11-24' },
    }
    expect(sentenceOf('zh', told, new Map([['K1', '广寒宫']]))).toBe('交给我的任务将到期：K1 广寒宫，2026-11-24 到期')
    expect(sentenceOf('en', told, new Map())).toBe('Task assigned to me: K1 is due soon, by 2026-11-24')
    const task = { kind: 'task.given', params: { by: '江', number: 'T1', due: '明天', title: '给蓬莱回电' } }
    expect(sentenceOf('zh', task, new Map())).toContain('T1 给蓬莱回电')
    expect(sentenceOf('zh', task, null)).not.toContain('蓬莱')
  })

  it('a kind of another release says what it can', () => {
    expect(sentenceOf('zh', { kind: 'moon.full', params: {} }, null)).toBe('moon.full')
  })
})

describe('letters', () => {
  const item = (n: number, kind: NoticeKind = 'customer.assigned') => ({
    kind,
    href: `/customers/K${n}`,
    params: { by: '江问渠', number: `K${n}`, what: '核实', due: '2026-11-24', title: '蓬莱仙境', step: '1' },
  })
  const lu = { name: '陆停云', language: 'zh' as const }

  it('one thing is its own title; several are grouped, counted, the first twenty listed', () => {
    expect(letterOf(lu, [item(1)], 'each', 'https://kehu.example').title).toBe('[客户管理] 江问渠 把客户 K1 分配给你')
    const many = [...Array.from({ length: 25 }, (_, n) => item(n)), item(99, 'deadline.soon')]
    const { title, body } = letterOf(lu, many, 'digest', 'https://kehu.example')
    expect(title).toBe('[客户管理] 通知汇总：26 条')
    expect(body).toContain('客户分配给我（25 条）')
    expect(body.match(/https:\/\/kehu\.example\/customers\/K/g)).toHaveLength(21)
    expect(body).toContain('还有 5 条')
    expect(body).toContain('https://kehu.example/notices')
  })

  it('carries numbers and no names; without a public address it names the way inside', () => {
    const { body } = letterOf(lu, [item(1), item(2)], 'each', undefined)
    expect(body).not.toMatch(/蓬莱|https?:/)
    expect(body).toContain('/customers/K1')
  })

  it('reads in the recipient’s language', () => {
    const { title, body } = letterOf({ name: 'Lu', language: 'en' }, [item(1)], 'each', undefined)
    expect(title).toContain('江问渠 assigned customer K1 to you')
    expect(body).toMatch(/^Lu,/)
  })
})
