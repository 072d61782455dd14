import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { config } from '../config.ts'
import { ask, type Tx } from '../db.ts'
import type { Language } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'
import { letterOf, type Item } from './letter.ts'

/** People served in one transaction; the rest come in the next. */
const inOne = 200
const mostOfPerson = 1000

type Row = Item & { id: bigint; to: bigint; name: string; address: string; language: Language }
type Draft = { to: string; address: string; title: string; body: string; notices: string[] }

/** Thrown so that a transaction that found nothing to do leaves no line. */
class NothingToDo extends Error {}

/** What has been read meanwhile needs no mail, nor does whoever has no address any more or has left. */
export async function forgetUnmailable(all: boolean): Promise<void> {
  await ask`
    update notice set mail_by = null from staff s
    where mail_by is not null and mail_id is null and s.id = notice.staff_id
      and (${all}::boolean or notice.read_at is not null or s.email is null or s.state <> 'active')`
  await ask`
    update mail set state = 'failed', failure = 'left' from staff s
    where mail.state = 'waiting' and s.id = mail.staff_id and (s.email is null or s.state <> 'active')`
}

/** Answers how many letters were made. `open`: otherwise only of what is urgent. */
export function gatherEach(now: Date, open: boolean): Promise<number> {
  return untilDone(
    (tx) => tx.$queryRaw<{ staff_id: bigint }[]>`
    select distinct staff_id from notice
    where mail_by is not null and mail_id is null and (urgent or (${open}::boolean and mail_by = 'each'))
    order by staff_id limit ${inOne}`,
    (tx, people) => waitingEach(tx, people, open),
    'each',
    now,
  )
}

/** Only of people who have had no digest since the day began. */
export function gatherDigests(now: Date, since: Date): Promise<number> {
  return untilDone(
    (tx) => tx.$queryRaw<{ staff_id: bigint }[]>`
    select distinct n.staff_id from notice n
    where n.mail_by = 'digest' and n.mail_id is null and not exists (
      select from mail m join notice told on told.mail_id = m.id and told.mail_by = 'digest' and not told.urgent
      where m.staff_id = n.staff_id and m.made_at >= ${since}::timestamptz)
    order by n.staff_id limit ${inOne}`,
    waitingDigest,
    'digest',
    now,
  )
}

type People = (tx: Tx) => Promise<{ staff_id: bigint }[]>
type Waiting = (tx: Tx, people: bigint[]) => Promise<Row[]>

async function untilDone(people: People, waiting: Waiting, form: 'each' | 'digest', now: Date): Promise<number> {
  for (let made = 0; ;) {
    const more = await once(people, waiting, form, now)
    if (more === 0) return made
    made += more
  }
}

/** Letters and the marks on their notices stand together or not at all. */
async function once(people: People, waiting: Waiting, form: 'each' | 'digest', now: Date): Promise<number> {
  try {
    return await change(system, async (tx, audit) => {
      const found = await people(tx)
      const drafts = draftsOf(
        found.length
          ? await waiting(
              tx,
              found.map(({ staff_id }) => staff_id),
            )
          : [],
        form,
      )
      if (drafts.length === 0) throw new NothingToDo()
      await store(tx, drafts, now)
      const notices = drafts.reduce((sum, { notices }) => sum + notices.length, 0)
      await audit('mail.made', 'notices', { after: { form, mails: drafts.length, notices } })
      return drafts.length
    })
  } catch (error) {
    if (error instanceof NothingToDo) return 0
    throw error
  }
}

// Whoever gathers at the same moment waits for these rows, and then finds them taken.
const waitingEach = (tx: Tx, people: bigint[], open: boolean) => tx.$queryRaw<Row[]>`
  select n.id, n.kind, n.params, n.href, s.id as "to", s.name, s.email as address, s.language::text
  from notice n join staff s on s.id = n.staff_id
  where s.id = any(${people}::bigint[]) and s.email is not null
    and n.mail_by is not null and n.mail_id is null and (n.urgent or (${open}::boolean and n.mail_by = 'each'))
  order by s.id, n.id for update of n`

const waitingDigest: Waiting = (tx, people) => tx.$queryRaw<Row[]>`
  select n.id, n.kind, n.params, n.href, s.id as "to", s.name, s.email as address, s.language::text
  from notice n join staff s on s.id = n.staff_id
  where s.id = any(${people}::bigint[]) and s.email is not null and n.mail_by = 'digest' and n.mail_id is null
  order by s.id, n.id for update of n`

function draftsOf(rows: Row[], form: 'each' | 'digest'): Draft[] {
  const people = new Map<bigint, Row[]>()
  for (const row of rows) {
    const own = people.get(row.to)
    if (!own) people.set(row.to, [row])
    else if (own.length < mostOfPerson) own.push(row)
  }
  return [...people.values()].map((own) => {
    const { to, address } = own[0]!
    const items = own.map((row) => ({ ...row, params: row.params as Params }))
    return {
      to: String(to),
      address,
      ...letterOf(own[0]!, items, form, config.publicUrl),
      notices: own.map(({ id }) => String(id)),
    }
  })
}

async function store(tx: Tx, drafts: Draft[], now: Date): Promise<void> {
  await tx.$executeRaw`
    with drafts as (
      select nextval('mail_id_seq') as id, d.* from json_to_recordset(${JSON.stringify(drafts)}::json)
        as d("to" bigint, address text, title text, body text, notices bigint[])),
    made as (
      insert into mail (id, staff_id, address, title, body, made_at)
      select id, "to", address, title, body, ${now}::timestamptz from drafts)
    update notice set mail_id = drafts.id from drafts where notice.id = any(drafts.notices)`
}
