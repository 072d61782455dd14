import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { db } from '../db.ts'
import { latestHandover } from '../handovers/queries.ts'
import { leftWith, thingNames, totalOf, type Left } from '../handovers/things.ts'
import type { Person } from './queries.ts'

/** Before an account is closed: what is still with the person, how much of it, and who can hand it on (ACC-02). */
export async function closingPage(actor: Actor, person: Person, now: Date) {
  const t = translate[actor.language]
  const [left, handover] = await Promise.all([leftWith(db, person.id, now), latestHandover(person.id)])
  const n = totalOf(left)
  const open = handover?.state === 'open' ? handover.number : null
  return {
    person: { name: person.name, number: person.number },
    left: leftRows(left, t),
    problem: problemOf(n, open, t),
    handover: open && may(actor, 'handovers.view', placeOf(person)) ? open : null,
    mayStart: !open && n > 0 && may(actor, 'handovers.run', placeOf(person)),
    mayAsk: !open && n > 0,
    ready: n === 0 && open === null,
    maySuspend: mayEver(actor, 'staff.suspend') && person.state === 'active',
  }
}

const placeOf = ({ departmentId }: Person) => ({ ownerId: null, departmentId, regionId: null })

const leftRows = (left: Left, t: Translate) =>
  thingNames
    .filter((thing) => left[thing] > 0)
    .map((thing) => ({ label: t(`handovers:thing.${thing}`), value: t('handovers:count', { n: left[thing] }) }))

function problemOf(n: number, open: string | null, t: Translate): string | null {
  if (n > 0) return t('handovers:closing.left', { n })
  return open ? t('handovers:closing.open', { number: open }) : null
}

/** The same in one line, for the page of the person. */
export async function closingLine(actor: Actor, person: Person, now: Date) {
  const t = translate[actor.language]
  const [left, handover] = await Promise.all([leftWith(db, person.id, now), latestHandover(person.id)])
  if (person.state === 'disabled' && totalOf(left) === 0) return null
  if (handover?.state === 'open') {
    const text = t('handovers:closing.open', { number: handover.number })
    const word = t('handovers:closing.toHandover', { number: handover.number })
    const act = may(actor, 'handovers.view', placeOf(person)) && { href: `/handovers/${handover.number}`, word }
    return { text, tone: 'warn', rule: { id: 'ACC-02' }, ...(act ? { act } : {}) }
  }
  if (totalOf(left) > 0) return { text: t('staff:owned', { n: totalOf(left) }), rule: { id: 'ACC-02' } }
  if (handover?.state !== 'done') return null
  return { text: t('handovers:closable', { number: handover.number }), tone: 'ok', rule: { id: 'ACC-02' } }
}
