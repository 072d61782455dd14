import { readFile } from 'node:fs/promises'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { raise } from '../alerts/commands.ts'
import { change, reading } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { askFor } from '../jobs/queue.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import type { Download, Upload } from '../web/route.ts'
import type { Finding, Outcome } from './findings.ts'
import { fileOf, headIn, headOfTrail, type Head, type KnownHead } from './head.ts'
import { lastChecks, toldRoles, type Kept } from './queries.ts'
import { sealTrail } from './sealing.ts'

/** Asks for a check in the background; with a head that was exported earlier, its end is checked, too. */
export async function askForCheck(actor: Actor, upload: Upload | null): Promise<void> {
  const head = upload && upload.size > 0 ? await headFrom(upload) : null
  await change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'audit.verify')) throw new Forbidden('audit.verify')
    await askFor(tx, 'audit.verify', head ? { head } : {}, { key: head ? `head:${head.hash}` : 'asked' })
    await audit('trail.check_asked', 'trail', head ? { after: { head: head.n } } : {})
  })
}

async function headFrom({ path }: Upload): Promise<Head> {
  const head = headIn(await readFile(path, 'utf8'))
  if (typeof head === 'object') return head
  throw new Refused([{ rule: 'AUD-02', reason: `sealing:refused.${head}`, field: 'head' }])
}

/** The end of the chain as a file; what is written up to now is sealed before. */
export async function exportHead(actor: Actor, now: Date): Promise<Download> {
  await sealTrail()
  const head = await headOfTrail()
  if (!head) throw new Refused([{ rule: 'AUD-02', reason: 'sealing:refused.empty' }])
  await reading(actor, 'trail.head_exported', 'trail', { after: { n: head.n, hash: head.hash } })
  return { type: 'application/json', fileName: `trail-head-${head.n}.json`, body: Buffer.from(fileOf(head, now)) }
}

/** Keeps what a check found, and tells of what is not as it was, once for each new finding. */
export async function recordCheck(actor: Actor, outcome: Outcome, head: KnownHead | null, now: Date): Promise<void> {
  const { findings, ...counts } = outcome
  const kept: Partial<Kept> = {
    ...counts,
    ...(findings.length > 0 ? { findings } : {}),
    ...(head ? { head: { n: head.n, hash: head.hash } } : {}),
  }
  const [before] = await lastChecks(1)
  const known = likeness(before?.findings ?? []) === likeness(findings)
  await change(actor, async (tx, audit) => {
    await audit('trail.checked', 'trail', { after: kept })
    if (outcome.places === 0 || known) return
    const once = `check:${now.toISOString()}`
    await raise(tx, audit, { kind: 'trail_broken', once, detail: { places: outcome.places } }, now)
    await tellOf(tx, outcome.places, now)
  })
}

/** The database keeps the fields of an object in an order of its own. */
const likeness = (findings: Finding[]) =>
  JSON.stringify(findings.map(({ kind, n, seal, until, ids }) => [kind, n, seal, until, ids]))

async function tellOf(tx: Tx, places: number, now: Date): Promise<void> {
  const guards = await tx.staff.findMany({
    where: { state: 'active', grants: { some: { role: { in: [...toldRoles] } } } },
    select: { id: true },
  })
  const notices = guards.map(({ id }) => ({
    to: id,
    kind: 'trail.broken' as const,
    rule: 'AUD-04',
    subject: 'trail',
    href: '/audit/seals',
    params: { places },
    urgent: true,
  }))
  await notify(tx, notices, now)
}
