import { log } from '../web/log.ts'
import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { ask } from '../db.ts'
import { dueAgain, mostTries } from '../mail/letters.ts'
import { NotDelivered, type Letter, type Outlet } from '../mail/transport.ts'

export type Delivered = { sent: number; failed: number }
type Taken = Letter & { attempts: number; staffId: bigint }

/**
 * Sends what waits, one letter after another. Each is taken before it is sent, and by one process alone: until its pause
 * has passed nobody else tries it. A process that dies between the server's answer and our mark leaves it to be sent a
 * second time, under the same message id; it is never lost.
 */
export async function deliver(outlet: Outlet, open: boolean, now: () => Date): Promise<Delivered> {
  const count: Delivered = { sent: 0, failed: 0 }
  for (let letter = await take(open, now()); letter; letter = await take(open, now())) {
    const failure = await failureOf(outlet, letter)
    if (failure === null) {
      await ask`update mail set state = 'sent', sent_at = ${now()}, failure = null where id = ${letter.id}`
      count.sent++
      continue
    }
    await putBack(letter, failure)
    count.failed++
    // The others would fail too, each after a long wait, and use up their tries.
    if (!failure.startsWith('address')) break
  }
  return count
}

/**
 * Outside office hours only what is urgent, and what somebody asked for just now, goes out (CAL-02). To the address the
 * person has by now: whoever left since the letter was made gets nothing.
 */
async function take(open: boolean, now: Date): Promise<Taken | undefined> {
  const due = Array.from({ length: mostTries }, (_, tries) => dueAgain(tries, new Date(0)).getTime())
  const [letter] = await ask<Taken>`
    update mail set attempts = attempts + 1, tried_at = ${now}::timestamptz, address = s.email
    from staff s where s.id = mail.staff_id and mail.id = (
      select mail.id from mail join staff r on r.id = mail.staff_id and r.state = 'active' and r.email is not null
      where mail.state = 'waiting' and attempts < ${mostTries}::int
        and (tried_at is null or tried_at <= ${now}::timestamptz
          - make_interval(secs => (${due}::float8[])[attempts + 1] / 1000))
        and (${open}::boolean or exists (select from notice n where n.mail_id = mail.id and n.urgent)
          or not exists (select from notice n where n.mail_id = mail.id))
      order by mail.id limit 1 for update of mail skip locked)
    returning mail.id, mail.staff_id as "staffId", mail.address, mail.title, mail.body, mail.attempts`
  return letter
}

async function failureOf(outlet: Outlet, letter: Letter): Promise<string | null> {
  try {
    await outlet.send(letter)
    return null
  } catch (error) {
    if (!(error instanceof NotDelivered)) throw error
    log.warn({ mail: String(letter.id), failure: error.message }, 'a mail was not delivered')
    return error.message
  }
}

async function putBack({ id, staffId, attempts }: Taken, failure: string): Promise<void> {
  if (attempts < mostTries) {
    await ask`update mail set failure = ${failure} where id = ${id} and state = 'waiting'`
    return
  }
  await change(system, async (tx, audit) => {
    await tx.mail.update({ where: { id }, data: { state: 'failed', failure }, select: { id: true } })
    await audit('mail.given_up', `staff:${staffId}`, { after: { attempts, failure } })
  })
}
