import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { pool, type Tx } from '../db.ts'
import { deviceOf } from '../lib/devices.ts'
import { notify } from '../notices/commands.ts'
import { log } from '../web/log.ts'
import type { Device } from '../web/route.ts'
import { raise } from './commands.ts'

/**
 * AUD-04: somebody has signed in with this browser. A person's first one is taken as it is; of another one not seen
 * before the guards are told, and the person, who alone knows whose it is. Signing in never fails by it.
 */
export async function meetDevice(actor: Actor, device: Device, now: Date): Promise<void> {
  try {
    const known = await pool.query('update staff_device set last_at = $3 where staff_id = $1 and hash = $2', [
      actor.id,
      device.hash,
      now,
    ])
    if (known.rowCount === 0) await addDevice(actor, device, now)
  } catch (err) {
    log.error({ err }, 'a device was not noted')
  }
}

async function addDevice(actor: Actor, { hash, agent }: Device, now: Date): Promise<void> {
  const { form: _, ...who } = actor
  const name = agent ? deviceOf(agent) : '—'
  await change(who, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for update`
    const others = await tx.staffDevice.count({ where: { staffId: actor.id } })
    const added = await tx.$executeRaw`
      insert into staff_device (staff_id, hash, agent, first_at, last_at)
      values (${actor.id}, ${hash}, ${agent}, ${now}::timestamptz, ${now}::timestamptz) on conflict do nothing`
    await audit('device.added', `staff:${actor.id}`, { after: { device: name } })
    if (added === 0 || others === 0) return
    const detail = { device: name, ip: addressOf(actor) }
    await raise(tx, audit, { kind: 'new_device', staffId: actor.id, once: `${actor.id}:${hash}`, detail }, now)
    await tellOwner(tx, actor, detail, now)
  })
}

const addressOf = ({ origin }: Actor) => origin.ip?.replace(/^::ffff:/, '') ?? '—'

function tellOwner(tx: Tx, { id }: Actor, params: { device: string; ip: string }, now: Date): Promise<void> {
  const kind = 'device.new' as const
  return notify(
    tx,
    [{ to: id, kind, rule: 'AUD-04', subject: `staff:${id}`, href: '/profile', params, urgent: true }],
    now,
  )
}
