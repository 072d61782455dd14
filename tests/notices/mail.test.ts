import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { forgetCalendar } from '../../src/calendar/queries.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { NotDelivered, outletOf, type Letter, type Outlet } from '../../src/mail/transport.ts'
import { notify, type NewNotice } from '../../src/notices/commands.ts'
import { digest, sendMails } from '../../src/notices/jobs.ts'
import type { Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { mailServer, opened } from '../support/smtp.ts'

const monday = '2026-11-23T10:00:00+08:00'
const [saturday, madeUp, holiday] = ['2026-12-05', '2026-12-12', '2026-12-10']

/** The clock stands where it is put, so that the job and what it asks agree. */
const stand = (moment: string) => {
  moveClock(() => new Date(moment))
  return now()
}
beforeAll(async () => {
  await theCast()
  await pool.query(
    `insert into calendar_day (day, origin, working, name)
     values ($1, 'company', true, '试补班'), ($2, 'company', false, '试放假')`,
    [madeUp, holiday],
  )
  forgetCalendar()
})
afterAll(async () => {
  await pool.query(`delete from calendar_day where day = any($1)`, [[madeUp, holiday]])
  forgetCalendar()
})
// Whatever earlier files left waiting is not these tests' business.
beforeEach(async () => {
  await pool.query('update notice set mail_by = null where mail_id is null')
  await pool.query(`update mail set state = 'sent' where state = 'waiting'`)
})
afterEach(() => moveClock(() => new Date()))

async function somebody(language = 'zh'): Promise<Person & { address: string }> {
  const person = await make.staff([{ role: 'sales' }])
  const address = `s${person.id}@yunsan.example`
  await pool.query('update staff set email = $2, language = $3::language where id = $1', [person.id, address, language])
  return { ...person, address }
}

const tell = (notices: NewNotice[]) =>
  change(system, async (tx, audit) => {
    await notify(tx, notices, now())
    await audit('mail.made', 'notices', { after: { test: true } })
  })
let serial = 0
const assigned = (to: Person): NewNotice => {
  const number = `K2026${String(++serial).padStart(6, '0')}`
  return {
    to: to.id,
    kind: 'customer.assigned',
    subject: 'customer:1',
    href: `/customers/${number}`,
    params: { by: '江问渠', number },
  }
}
const soon = (to: Person): NewNotice => ({
  ...assigned(to),
  kind: 'deadline.soon',
  params: { what: '核实', number: 'K2026000001', due: '2026-11-24' },
})
const locked = (to: Person): NewNotice => ({
  ...assigned(to),
  kind: 'account.locked',
  params: { number: 'C00001', tries: 5, minutes: 15 },
  urgent: true,
})

function box(send: (letter: Letter) => Promise<void> = async () => {}) {
  const letters: Letter[] = []
  const outlet: Outlet = {
    kind: 'smtp',
    send: async (letter) => {
      await send(letter)
      letters.push(letter)
    },
  }
  return {
    letters,
    outlet,
    to: (person: { address: string }) => letters.filter(({ address }) => address === person.address),
  }
}
const mailOf = (person: Person) => db.mail.findMany({ where: { staffId: person.id }, orderBy: { id: 'asc' } })

describe('at once', () => {
  it('what came together is one letter each; a second run sends nothing twice', async () => {
    stand(monday)
    const [one, other] = [await somebody(), await somebody('en')]
    await tell([assigned(one), assigned(one), assigned(other)])
    const { letters, outlet, to } = box()
    expect(await sendMails(now(), outlet)).toEqual({ made: 2, sent: 2, failed: 0 })
    expect(await sendMails(now(), outlet)).toEqual({ made: 0, sent: 0, failed: 0 })
    expect(letters).toHaveLength(2)
    expect(to(one)[0]!.title).toBe('[客户管理] 2 条通知')
    expect(to(other)[0]!.title).toContain('assigned customer')
    expect(await mailOf(one)).toMatchObject([{ state: 'sent', attempts: 1, failure: null, sentAt: now() }])
    const notices = await db.notice.findMany({ where: { staffId: one.id } })
    expect(new Set(notices.map(({ mailId }) => mailId))).toEqual(new Set([(await mailOf(one))[0]!.id]))
  })

  it('CAL-01: in office hours only; a made-up Saturday is one of them, a holiday is not', async () => {
    const person = await somebody()
    const { letters, outlet } = box()
    for (const closed of ['2026-11-23T23:50:00+08:00', `${saturday}T10:00:00+08:00`, `${holiday}T10:00:00+08:00`]) {
      stand(closed)
      await tell([assigned(person)])
      await sendMails(now(), outlet)
      expect(letters).toEqual([])
    }
    stand(`${madeUp}T10:00:00+08:00`)
    await sendMails(now(), outlet)
    expect(letters).toHaveLength(1)
    expect(letters[0]!.title).toContain('3 条')
  })

  it('CAL-02: what is urgent goes at any hour, and alone', async () => {
    const person = await somebody()
    const { letters, outlet } = box()
    stand('2026-11-24T03:00:00+08:00')
    await tell([assigned(person), locked(person)])
    await sendMails(now(), outlet)
    expect(letters.map(({ title }) => title)).toEqual([expect.stringContaining('已锁定 15 分钟')])
  })

  it('what was read meanwhile is not mailed, nor to whoever has left or has no address any more', async () => {
    stand(monday)
    const [reader, leaver, without] = [await somebody(), await somebody(), await somebody()]
    await tell([reader, leaver, without].map(assigned))
    await pool.query('update notice set read_at = $2 where staff_id = $1', [reader.id, now()])
    await pool.query(`update staff set state = 'disabled' where id = $1`, [leaver.id])
    await pool.query('update staff set email = null where id = $1', [without.id])
    expect(await sendMails(now(), box().outlet)).toEqual({ made: 0, sent: 0, failed: 0 })
    expect(await db.notice.count({ where: { staffId: reader.id, mailBy: { not: null } } })).toBe(0)
  })

  it('without a server nothing is made, and nothing piles up for the day there is one', async () => {
    stand(monday)
    const person = await somebody()
    await tell([assigned(person)])
    expect(await sendMails(now(), null)).toEqual({ made: 0, sent: 0, failed: 0 })
    expect(await sendMails(now(), box().outlet)).toEqual({ made: 0, sent: 0, failed: 0 })
    expect(await db.notice.count({ where: { staffId: person.id } })).toBe(1)
  })
})

describe('digest', () => {
  it('one each working day, with everything that waits; it leaves in office hours', async () => {
    const person = await somebody()
    const { letters, outlet } = box()
    stand(`${holiday}T09:00:00+08:00`)
    await tell([soon(person), soon(person)])
    expect(await digest(now(), outlet)).toEqual({ made: 0 })
    stand('2026-12-11T07:00:00+08:00')
    expect(await digest(now(), outlet)).toEqual({ made: 1 })
    expect(await sendMails(now(), outlet)).toEqual({ made: 0, sent: 0, failed: 0 })
    await tell([soon(person)])
    stand('2026-12-11T14:00:00+08:00')
    expect(await digest(now(), outlet)).toEqual({ made: 0 })
    await sendMails(now(), outlet)
    expect(letters.map(({ title }) => title)).toEqual(['[客户管理] 通知汇总：2 条'])
    stand(`${madeUp}T09:00:00+08:00`)
    expect(await digest(now(), outlet)).toEqual({ made: 1 })
  })

  it('is not sent one by one, and two at once make one', async () => {
    stand('2026-11-25T09:00:00+08:00')
    const person = await somebody()
    await tell([soon(person)])
    const { outlet } = box()
    expect(await sendMails(now(), outlet)).toMatchObject({ made: 0 })
    const made = await Promise.all(Array.from({ length: 4 }, () => digest(now(), outlet)))
    expect(made.reduce((sum, one) => sum + one.made, 0)).toBe(1)
    expect(await mailOf(person)).toHaveLength(1)
  })
})

describe('the outbox', () => {
  it('many senders at once send each letter once', async () => {
    stand(monday)
    const people = await Promise.all(Array.from({ length: 8 }, () => somebody()))
    await tell(people.map(assigned))
    const { letters, outlet } = box(() => new Promise((done) => setTimeout(done, 10)))
    const runs = await Promise.all(Array.from({ length: 5 }, () => sendMails(now(), outlet)))
    expect(runs.reduce((sum, { sent }) => sum + sent, 0)).toBe(8)
    expect(letters.map(({ address }) => address).toSorted()).toEqual(people.map(({ address }) => address).toSorted())
  })

  it('a failure waits longer each time; after five it is given up, and says why', async () => {
    const person = await somebody()
    stand(monday)
    await tell([assigned(person)])
    let tries = 0
    const { outlet } = box(async () => {
      tries++
      throw new NotDelivered('login 535')
    })
    const at = (minutes: number) => stand(new Date(new Date(monday).getTime() + minutes * 60_000).toISOString())
    expect(await sendMails(at(0), outlet)).toEqual({ made: 1, sent: 0, failed: 1 })
    expect(await mailOf(person)).toMatchObject([{ state: 'waiting', attempts: 1, failure: 'login 535' }])
    for (const [minutes, expected] of [
      [4, 1],
      [5, 2],
      [19, 2],
      [20, 3],
      [80, 4],
      [319, 4],
      [320, 5],
      [1500, 5],
    ] as const) {
      await sendMails(at(minutes), outlet)
      expect([minutes, tries]).toEqual([minutes, expected])
    }
    expect(await mailOf(person)).toMatchObject([{ state: 'failed', attempts: 5, failure: 'login 535' }])
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `staff:${person.id}`, action: 'mail.given_up' },
    })
    expect(line.after).toEqual({ attempts: 5, failure: 'login 535' })
  })

  it('while the server is down, one letter tries it in a run; a refused address stops no other', async () => {
    const people = [await somebody(), await somebody(), await somebody()]
    stand(monday)
    await tell(people.map(assigned))
    const down = box(async () => {
      throw new NotDelivered('timeout')
    })
    expect(await sendMails(now(), down.outlet)).toEqual({ made: 3, sent: 0, failed: 1 })
    const choosy = box(async ({ address }) => {
      if (address === people[1]!.address) throw new NotDelivered('address 550')
    })
    expect(await sendMails(now(), choosy.outlet)).toEqual({ made: 0, sent: 1, failed: 1 })
    expect(choosy.to(people[2]!)).toHaveLength(1)
  })

  it('works again when the server does', async () => {
    const person = await somebody()
    stand(monday)
    await tell([assigned(person)])
    let down = true
    const { letters, outlet } = box(async () => {
      if (down) throw new NotDelivered('refused')
    })
    await sendMails(now(), outlet)
    down = false
    stand('2026-11-23T10:06:00+08:00')
    await sendMails(now(), outlet)
    expect(letters).toHaveLength(1)
    expect(await mailOf(person)).toMatchObject([{ state: 'sent', attempts: 2, failure: null }])
  })

  it('ACC-02: whoever leaves before a letter went out gets none; a new address counts for what waits', async () => {
    const [leaver, mover] = [await somebody(), await somebody()]
    stand(monday)
    await tell([leaver, mover].map(assigned))
    const down = box(async () => {
      throw new NotDelivered('address 450')
    })
    expect(await sendMails(now(), down.outlet)).toEqual({ made: 2, sent: 0, failed: 2 })
    await pool.query(`update staff set state = 'disabled' where id = $1`, [leaver.id])
    await pool.query('update staff set email = $2 where id = $1', [mover.id, `neu-${mover.address}`])
    stand('2026-11-23T10:06:00+08:00')
    const { letters, outlet } = box()
    expect(await sendMails(now(), outlet)).toEqual({ made: 0, sent: 1, failed: 0 })
    expect(letters.map(({ address }) => address)).toEqual([`neu-${mover.address}`])
    expect(await mailOf(leaver)).toMatchObject([{ state: 'failed', attempts: 1, failure: 'left' }])
  })

  it('a sender that dies leaves the letter to be sent once more, not at once', async () => {
    const person = await somebody()
    stand(monday)
    await tell([assigned(person)])
    const { letters, outlet } = box()
    const dying = box(async () => {
      throw new Error('killed')
    })
    await expect(sendMails(now(), dying.outlet)).rejects.toThrow('killed')
    await sendMails(now(), outlet)
    expect(letters).toEqual([])
    stand('2026-11-23T10:05:00+08:00')
    await sendMails(now(), outlet)
    expect(letters).toHaveLength(1)
  })

  it('reaches a real server: from a name with a line break to a clean header', async () => {
    const server = await mailServer()
    const person = await somebody()
    stand(monday)
    const evil = assigned(person)
    await tell([{ ...evil, params: { ...evil.params, by: '江\r\nBcc: eve@example.com\r\n\r\n' } }])
    await sendMails(now(), outletOf(server.outlet))
    server.close()
    expect(server.received).toHaveLength(1)
    const { headers, subject, text } = opened(server.received[0]!)
    expect(server.received[0]!.to).toEqual([person.address])
    expect(headers.map(([name]) => name)).not.toContain('bcc')
    expect(subject).toContain('把客户 K2026')
    expect(text).toContain(person.name)
  })
})
